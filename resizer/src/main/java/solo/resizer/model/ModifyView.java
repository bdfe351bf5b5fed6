package solo.resizer.model;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import solo.csi.model.DriverError;
import solo.kube.model.PersistentVolume;
import solo.kube.model.PersistentVolumeClaim;
import solo.kube.model.VolumeAttributesClass;

/**
 * Everything a decision about one claim's VolumeAttributesClass may look at.
 *
 * @param volume null if there is none of the name that the claim is bound to
 * @param classes those of the classes that the claim names which exist, by name
 * @param now by the monotonic clock
 */
public record ModifyView(
        PersistentVolumeClaim claim,
        @Nullable PersistentVolume volume,
        Map<String, VolumeAttributesClass> classes,
        ModifyMemory memory,
        Duration now,
        SecretAnswer secret,
        Answer answer) {

    public ModifyView {
        classes = Map.copyOf(classes);
    }

    /** What became of this reconcile's attempt. */
    public sealed interface Answer {
        record NotAsked() implements Answer {}

        record Modified(String target) implements Answer {}

        record Refused(String target, DriverError error) implements Answer {}

        /** The claim says how it ended; {@code reason} is there if it ended badly. */
        record Recorded(Optional<ModifyReason> reason) implements Answer {}
    }

    public ModifyView with(PersistentVolumeClaim newer) {
        return new ModifyView(newer, volume, classes, memory, now, secret, answer);
    }

    public ModifyView with(PersistentVolume newer) {
        return new ModifyView(claim, newer, classes, memory, now, secret, answer);
    }

    public ModifyView with(SecretAnswer given) {
        return new ModifyView(claim, volume, classes, memory, now, given, answer);
    }

    public ModifyView with(Answer given) {
        return new ModifyView(claim, volume, classes, memory, now, secret, given);
    }
}
