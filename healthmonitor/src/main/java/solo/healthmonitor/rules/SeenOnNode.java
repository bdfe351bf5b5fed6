package solo.healthmonitor.rules;

import java.util.ArrayList;
import java.util.List;
import solo.healthmonitor.model.VolumeHealth;
import solo.healthmonitor.model.VolumeHealth.Problem;

/** The driver's two halves about one volume: what the node half says is added, and marked, unless it is known already. */
public final class SeenOnNode {

    private SeenOnNode() {}

    public static VolumeHealth added(VolumeHealth controller, List<Problem> node) {
        List<Problem> all = new ArrayList<>(controller.problems());
        for (Problem seen : node) {
            boolean known = all.stream()
                    .anyMatch(problem -> problem.severity() == seen.severity()
                            && problem.reason().equals(seen.reason()));
            if (!known) {
                all.add(new Problem(
                        seen.severity(),
                        seen.reason(),
                        seen.message().isEmpty() ? "as its node sees it" : "as its node sees it, " + seen.message()));
            }
        }
        return new VolumeHealth(all);
    }
}
