package solo.provisioner.model;

import java.util.Set;

/** What a look at the driver's list came to. */
public sealed interface Suspicion {

    /** A claim may explain any of it: nothing can be said now. */
    record Unclear() implements Suspicion {}

    /**
     * @param unexplained handles that nothing in the cluster explains now
     * @param suspects those of them that nothing explained when it was looked at before either
     */
    record Looked(Set<String> unexplained, Set<String> suspects) implements Suspicion {
        public Looked {
            unexplained = Set.copyOf(unexplained);
            suspects = Set.copyOf(suspects);
        }
    }
}
