package solo.resizer.model;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import solo.kube.model.EventNote;
import solo.kube.model.ObjectKey;
import solo.kube.model.Quantity;

/**
 * One step of growing a volume. Each is safe to repeat; after any of them the process may die and the next reconcile
 * goes on from what claim and volume say.
 */
public sealed interface ExpansionEffect {

    /** The claim has caught up with its volume: the note of the old size goes. */
    record ForgetOldSize() implements ExpansionEffect {}

    /** The claim says which size is being asked for, and its new status if that changes, before the driver hears of it. */
    record MarkInProgress(Quantity target, Attempt attempt, Optional<ExpansionStatus> status)
            implements ExpansionEffect {}

    /** Whether a size is asked for the first time. */
    enum Attempt {
        FIRST,
        AGAIN
    }

    record Announce(EventNote note) implements ExpansionEffect {}

    /** Reads the Secret; its answer becomes part of the view. */
    record ReadSecret(ObjectKey secret) implements ExpansionEffect {}

    /** ControllerExpandVolume; its answer becomes part of the view. */
    record Expand(ExpandRequest request) implements ExpansionEffect {}

    /** For a driver without ControllerExpandVolume: the size is granted, the node has to make it true. */
    record LeaveToNode(Quantity size) implements ExpansionEffect {}

    /** The PersistentVolume shows its new size; {@code oldSize} is noted beside it unless null. */
    record GrowVolume(Quantity size, @Nullable String oldSize) implements ExpansionEffect {}

    record MarkNodePending() implements ExpansionEffect {}

    record MarkFinished(Quantity size) implements ExpansionEffect {}

    /** The claim shows why it did not grow, and its new status if that changes. */
    record MarkFailed(String message, Optional<ExpansionStatus> status, ExpansionReason reason)
            implements ExpansionEffect {}
}
