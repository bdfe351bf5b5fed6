package solo.resizer.model;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import solo.csi.model.DriverError;
import solo.kube.model.PersistentVolume;
import solo.kube.model.PersistentVolumeClaim;
import solo.kube.model.Quantity;

/**
 * Everything a decision about one claim's size may look at.
 *
 * @param volume null if there is none of the name that the claim is bound to
 * @param pods whether a pod that is not over uses the claim
 * @param now by the monotonic clock
 */
public record ExpansionView(
        PersistentVolumeClaim claim,
        @Nullable PersistentVolume volume,
        ExpansionMemory memory,
        Pods pods,
        Duration now,
        SecretAnswer secret,
        Answer answer) {

    /** Who uses the claim. Without {@code --handle-volume-inuse-error} nobody looks, and nobody seems to. */
    public enum Pods {
        NONE,
        SOME
    }

    /** Whether the kubelet has to do its part. */
    public enum NodeExpansion {
        NEEDED,
        NOT_NEEDED
    }

    /** What became of this reconcile's attempt. */
    public sealed interface Answer {
        record NotAsked() implements Answer {}

        /** The claim was told; an API server that does not keep the fields must not make us tell it again. */
        record Marked(Quantity size) implements Answer {}

        record Expanded(Quantity size, NodeExpansion node) implements Answer {}

        record Refused(Quantity size, DriverError error) implements Answer {}

        /** The claim says how it ended; {@code reason} is there if it ended badly. */
        record Recorded(Optional<ExpansionReason> reason) implements Answer {}
    }

    public ExpansionView with(PersistentVolumeClaim newer) {
        return new ExpansionView(newer, volume, memory, pods, now, secret, answer);
    }

    public ExpansionView with(PersistentVolume newer) {
        return new ExpansionView(claim, newer, memory, pods, now, secret, answer);
    }

    public ExpansionView with(SecretAnswer given) {
        return new ExpansionView(claim, volume, memory, pods, now, given, answer);
    }

    public ExpansionView with(Answer given) {
        return new ExpansionView(claim, volume, memory, pods, now, secret, given);
    }
}
