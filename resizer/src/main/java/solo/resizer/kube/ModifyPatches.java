package solo.resizer.kube;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import solo.csi.model.DriverError;
import solo.kube.model.Patch;
import solo.kube.model.PersistentVolumeClaim;
import solo.resizer.model.ModifyState;
import solo.resizer.model.ResizerNames;

/**
 * What a modification writes to a claim's status and to its PersistentVolume. All are refused when the claim has changed
 * meanwhile, because conditions that we do not know of could not be taken away.
 */
public final class ModifyPatches {
    private static final String STATUS = "modifyVolumeStatus";

    private ModifyPatches() {}

    /** The target of an earlier attempt stays, and so do its conditions. */
    public static Patch pending(PersistentVolumeClaim claim, Instant now) {
        return new StatusPatch(claim, now)
                .set(STATUS, Map.of("status", ModifyState.PENDING.text()))
                .ifUnchanged();
    }

    public static Patch modifying(PersistentVolumeClaim claim, String target, Instant now) {
        return new StatusPatch(claim, now)
                .set(STATUS, status(ModifyState.IN_PROGRESS, target))
                .probed(ResizerNames.MODIFYING_VOLUME, null, "Modifying volume to \"" + target + "\" is in progress.")
                .ifUnchanged();
    }

    public static Patch failed(
            PersistentVolumeClaim claim, ModifyState state, String target, DriverError error, Instant now) {
        String progress = error.isFinal() ? "failed. Waiting for retry." : "is still in progress.";
        return new StatusPatch(claim, now)
                .set(STATUS, status(state, target))
                .probed(ResizerNames.MODIFYING_VOLUME, null, "Modifying volume to \"" + target + "\" " + progress)
                .probed(ResizerNames.MODIFY_VOLUME_ERROR, error.code().goName(), error.message())
                .ifUnchanged();
    }

    public static Patch modified(PersistentVolumeClaim claim, String target, Instant now) {
        return new StatusPatch(claim, now)
                .set(STATUS, null)
                .set("currentVolumeAttributesClassName", target)
                .without(ResizerNames.MODIFY_CONDITIONS)
                .ifUnchanged();
    }

    public static Patch canceled(PersistentVolumeClaim claim, Instant now) {
        return new StatusPatch(claim, now)
                .without(List.of(ResizerNames.MODIFYING_VOLUME))
                .ifUnchanged();
    }

    public static Patch classOf(String uid, String target) {
        return Patch.strategic(
                Map.of("metadata", Map.of("uid", uid), "spec", Map.of("volumeAttributesClassName", target)));
    }

    private static Map<String, @Nullable Object> status(ModifyState state, String target) {
        return Map.of("status", state.text(), "targetVolumeAttributesClassName", target);
    }
}
