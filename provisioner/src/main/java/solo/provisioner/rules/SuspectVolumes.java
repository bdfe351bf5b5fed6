package solo.provisioner.rules;

import java.util.HashSet;
import java.util.Set;
import solo.provisioner.model.SuspectsView;
import solo.provisioner.model.Suspicion;
import solo.provisioner.model.Suspicion.Looked;
import solo.provisioner.model.Suspicion.Unclear;

/** Which volumes that the driver holds does no PersistentVolume and no claim explain? A suspicion, never a proof. */
public final class SuspectVolumes {

    private SuspectVolumes() {}

    public static Suspicion of(SuspectsView view) {
        if (view.open() > 0) {
            return new Unclear();
        }
        Set<String> unexplained = new HashSet<>(view.listed());
        unexplained.removeAll(view.named());
        unexplained.removeAll(view.answered());
        Set<String> suspects = new HashSet<>(unexplained);
        suspects.retainAll(view.earlier());
        return new Looked(unexplained, suspects);
    }
}
