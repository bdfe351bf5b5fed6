package solo.it.up;

import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What becomes of one of our CRDs in a cluster that may have it from upstream. */
sealed interface CrdPlan {

    /** All that Solo's controllers read and write; what else a CRD serves is for other clients. */
    String NEEDED = "v1";

    /** The cluster has none of that name. */
    record Make() implements CrdPlan {}

    /** The cluster's own is as good, and is left as it is. */
    record Leave() implements CrdPlan {}

    /** The cluster's own is not enough. It may hold objects, and whoever brought it must change it. */
    record Refuse(String sentence) implements CrdPlan {}

    static CrdPlan of(CustomResourceDefinition ours, @Nullable CustomResourceDefinition there) {
        if (there == null) {
            return new Make();
        }
        List<String> served = served(there);
        if (served.contains(NEEDED)) {
            return new Leave();
        }
        String name = ours.getMetadata().getName();
        return new Refuse("the cluster's CRD " + name + " does not serve version " + NEEDED + ", which Solo needs, but "
                + (served.isEmpty() ? "none" : String.join(" and ", served) + " only")
                + "; update it from where it came, or delete it if no object of its kind is needed any more, then start"
                + " again");
    }

    private static List<String> served(CustomResourceDefinition crd) {
        return crd.getSpec().getVersions().stream()
                .filter(version -> version.getServed())
                .map(version -> version.getName())
                .toList();
    }
}
