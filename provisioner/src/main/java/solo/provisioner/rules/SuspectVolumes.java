package solo.provisioner.rules;

import java.util.HashSet;
import java.util.Set;
import solo.provisioner.model.SuspectsView;
import solo.provisioner.model.Suspicion;

/** Which volumes that the driver holds does no PersistentVolume and no claim explain? A suspicion, never a proof. */
public final class SuspectVolumes {

    private SuspectVolumes() {}

    public static Suspicion of(SuspectsView view) {
        Set<String> unexplained = new HashSet<>(view.listed());
        unexplained.removeAll(view.named());
        unexplained.removeAll(view.answered());
        Set<String> twice = new HashSet<>(unexplained);
        twice.retainAll(view.earlier());
        return new Suspicion(unexplained, twice, Math.max(0, twice.size() - view.open()));
    }
}
