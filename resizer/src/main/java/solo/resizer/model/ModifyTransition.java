package solo.resizer.model;

import java.util.List;

/**
 * One cell of the modification table.
 *
 * @param next the claim's state afterwards
 * @param steps what has to be written, in this order; the state changes with the last of them
 * @param memory what the process keeps in mind
 */
public record ModifyTransition(ModifyState next, List<Step> steps, Recollection memory) {
    public ModifyTransition {
        steps = List.copyOf(steps);
    }

    /** What a modification writes. */
    public enum Step {
        MARK_MODIFYING,
        MARK_PENDING,
        RECORD_CLASS,
        MARK_MODIFIED,
        MARK_FAILED,
        CANCEL
    }

    /** What happens to {@link ModifyMemory}. */
    public enum Recollection {
        KEPT,
        FORGOTTEN,
        /** The last failure was final. */
        FINAL,
        /** Final, and the same class is not asked for again for a while. */
        FINAL_HELD,
        /** It may still be applied. */
        UNCERTAIN
    }
}
