package solo.provisioner.model;

import java.util.Set;

/**
 * What a look at the driver's list came to.
 *
 * @param unexplained handles that nothing in the cluster explains now
 * @param twice those of them that nothing explained when it was looked at before either
 * @param suspects how many of {@code twice} at least no claim can explain: each claim that may have a volume coming has one
 *     at most, and nobody knows which
 */
public record Suspicion(Set<String> unexplained, Set<String> twice, int suspects) {
    public Suspicion {
        unexplained = Set.copyOf(unexplained);
        twice = Set.copyOf(twice);
    }
}
