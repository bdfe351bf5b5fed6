package solo.resizer.model;

import java.util.List;

/**
 * One cell of the expansion table.
 *
 * @param next the claim's status afterwards
 * @param steps what has to be written, in this order; the status changes with the last of them
 * @param memory what the process keeps in mind
 */
public record Transition(ExpansionStatus next, List<Step> steps, Recollection memory) {
    public Transition {
        steps = List.copyOf(steps);
    }

    /** What an expansion writes. */
    public enum Step {
        MARK_IN_PROGRESS,
        GROW_VOLUME,
        MARK_NODE_PENDING,
        MARK_FINISHED,
        MARK_FAILED
    }

    /** What happens to {@link ExpansionMemory}. */
    public enum Recollection {
        KEPT,
        FORGOTTEN,
        /** The last failure was final. */
        FINAL,
        /** Final, and the same size is not asked again for a while. */
        FINAL_HELD,
        /** Final, and not to be asked again while a pod uses the volume. */
        FINAL_IN_USE,
        /** It may still come. */
        UNCERTAIN
    }
}
