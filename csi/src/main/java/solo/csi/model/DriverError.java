package solo.csi.model;

import java.util.Set;

/**
 * A driver's refusal, and the one place that says what its gRPC code means for each operation. Sources: the error
 * tables of external-provisioner (checkError), external-attacher and external-resizer (isFinalError, infeasible
 * codes) and external-snapshotter (isCSIFinalError).
 */
public record DriverError(Code code, String message) {
    private static final Set<Code> MAY_STILL_HAPPEN =
            Set.of(Code.CANCELED, Code.DEADLINE_EXCEEDED, Code.UNAVAILABLE, Code.RESOURCE_EXHAUSTED, Code.ABORTED);
    private static final Set<Code> NO_SUCH_SIZE = Set.of(Code.INVALID_ARGUMENT, Code.OUT_OF_RANGE, Code.NOT_FOUND);

    /** The text that Go prints and that users of the Go sidecars search for. */
    public String goText() {
        return "rpc error: code = " + code.goName() + " desc = " + message;
    }

    /**
     * Final: the operation has not happened and is not going on in the background. Not final: it may still succeed
     * on its own, so it must be repeated until a final answer, or be undone. This is the rule of attacher, resizer
     * and snapshotter; CreateVolume has its own, {@link #afterCreateVolume}.
     */
    public boolean isFinal() {
        return !MAY_STILL_HAPPEN.contains(code);
    }

    /** What a failed CreateVolume means for the claim. */
    public enum AfterCreateVolume {
        /** No volume exists; try again after the back-off, or forget it when the claim is gone. */
        FINAL,
        /** As final, and the request itself is at fault: hold the claim back for minutes rather than seconds. */
        INFEASIBLE,
        /** A volume may come into being: repeat until a final answer, even when the claim is gone. */
        IN_BACKGROUND,
        /** No volume exists, and another node may do better: give the claim back to the scheduler. */
        RESCHEDULE
    }

    /** Whether a claim can be moved to another node: the driver has topology, and the scheduler chose a node. */
    public enum Elsewhere {
        POSSIBLE,
        IMPOSSIBLE
    }

    /** Here RESOURCE_EXHAUSTED is final, unlike everywhere else: the driver has looked and found no room. */
    public AfterCreateVolume afterCreateVolume(Elsewhere elsewhere) {
        if (code == Code.RESOURCE_EXHAUSTED) {
            return elsewhere == Elsewhere.POSSIBLE ? AfterCreateVolume.RESCHEDULE : AfterCreateVolume.FINAL;
        }
        if (code == Code.INVALID_ARGUMENT) {
            return AfterCreateVolume.INFEASIBLE;
        }
        return isFinal() ? AfterCreateVolume.FINAL : AfterCreateVolume.IN_BACKGROUND;
    }

    /** What a failed ControllerExpandVolume means for the claim. */
    public enum AfterExpandVolume {
        /** The size cannot be had: say so in the claim's status and retry rarely. */
        INFEASIBLE,
        /** Not while a pod uses the volume: wait until none does. */
        IN_USE,
        /** Has not happened; a smaller size may be tried instead. */
        FINAL,
        /** May still happen: the size asked for must not change. */
        UNCERTAIN
    }

    public AfterExpandVolume afterExpandVolume() {
        if (NO_SUCH_SIZE.contains(code)) {
            return AfterExpandVolume.INFEASIBLE;
        }
        if (code == Code.FAILED_PRECONDITION) {
            return AfterExpandVolume.IN_USE;
        }
        return isFinal() ? AfterExpandVolume.FINAL : AfterExpandVolume.UNCERTAIN;
    }

    /** What a failed ControllerModifyVolume means for the claim. */
    public enum AfterModifyVolume {
        /** The class's parameters are at fault: say so in the claim's status and retry rarely. */
        INFEASIBLE,
        /** Nothing was applied; another class may be tried instead. */
        FINAL,
        /** May still be applied: the target class must not change. */
        UNCERTAIN
    }

    public AfterModifyVolume afterModifyVolume() {
        if (code == Code.INVALID_ARGUMENT) {
            return AfterModifyVolume.INFEASIBLE;
        }
        return isFinal() ? AfterModifyVolume.FINAL : AfterModifyVolume.UNCERTAIN;
    }

    /** At start a driver that is merely slow is waited for; any other failed Probe is told to the user. */
    public boolean isWorthProbingAgain() {
        return code == Code.DEADLINE_EXCEEDED;
    }

    /** A list call whose page token is no longer valid starts again from the first page. */
    public boolean staleToken() {
        return code == Code.ABORTED;
    }
}
