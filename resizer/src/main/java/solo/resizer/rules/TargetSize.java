package solo.resizer.rules;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import solo.kube.model.PersistentVolumeClaim;
import solo.kube.model.Quantity;
import solo.resizer.model.ExpansionMemory.LastFailure;
import solo.resizer.model.ExpansionStatus;
import solo.resizer.model.ResizerNames;
import solo.resizer.model.ResizingDriver.Expansion;

/**
 * Which size has to be asked for now? Not always the one the user wants: what may still be going on has to end first
 * (external-resizer, expandAndRecover).
 */
public final class TargetSize {
    private TargetSize() {}

    /** A size to ask for, or the insight that the controller has nothing to do. */
    public sealed interface Target {
        record Ask(Quantity size) implements Target {}

        record LeaveToNode() implements Target {}
    }

    /** {@code wanted} is more than the claim has. */
    public static Target of(
            PersistentVolumeClaim claim,
            Quantity wanted,
            Quantity ofVolume,
            LastFailure lastFailure,
            Expansion expansion) {
        ExpansionStatus status = ExpansionStatus.of(claim.status().allocatedStorageStatus());
        Quantity allocated = claim.status().allocatedStorage();
        Quantity unfinished = Objects.requireNonNullElse(allocated, wanted);
        return ofVolume.compareTo(wanted) < 0
                ? volumeTooSmall(status, wanted, ofVolume, unfinished, lastFailure)
                : volumeLargeEnough(claim, status, wanted, allocated, expansion);
    }

    private static Target volumeTooSmall(
            ExpansionStatus status, Quantity wanted, Quantity ofVolume, Quantity unfinished, LastFailure lastFailure) {
        return switch (status) {
            case NODE_INFEASIBLE -> new Target.Ask(unfinished);
            // The node finishes the size before this one first.
            case NODE_PENDING, NODE_IN_PROGRESS ->
                ofVolume.compareTo(unfinished) >= 0 ? new Target.LeaveToNode() : new Target.Ask(unfinished);
            case CONTROLLER_IN_PROGRESS -> new Target.Ask(lastFailure == LastFailure.FINAL ? wanted : unfinished);
            case NONE, CONTROLLER_INFEASIBLE, UNKNOWN -> new Target.Ask(wanted);
        };
    }

    private static Target volumeLargeEnough(
            PersistentVolumeClaim claim,
            ExpansionStatus status,
            Quantity wanted,
            @Nullable Quantity allocated,
            Expansion expansion) {
        Quantity unfinished = Objects.requireNonNullElse(allocated, wanted);
        return switch (status) {
            case NODE_PENDING, NODE_IN_PROGRESS -> new Target.LeaveToNode();
            // Asked again, so that the kubelet may try again.
            case NODE_INFEASIBLE -> new Target.Ask(expansion == Expansion.CONTROLLER ? unfinished : wanted);
            // The volume grew, but the claim was not told.
            case CONTROLLER_IN_PROGRESS, CONTROLLER_INFEASIBLE -> new Target.Ask(unfinished);
            case NONE, UNKNOWN -> {
                if (status == ExpansionStatus.NONE && allocated != null) {
                    yield new Target.Ask(allocated);
                }
                // An API server that does not keep these fields, Kubernetes before 1.32.
                yield Conditions.isTrue(claim, ResizerNames.FILE_SYSTEM_RESIZE_PENDING)
                        ? new Target.LeaveToNode()
                        : new Target.Ask(wanted);
            }
        };
    }
}
