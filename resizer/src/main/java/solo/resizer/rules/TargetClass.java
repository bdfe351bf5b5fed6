package solo.resizer.rules;

import org.jspecify.annotations.Nullable;
import solo.kube.model.PersistentVolumeClaim;
import solo.kube.model.PersistentVolumeClaim.ModifyVolumeStatus;
import solo.resizer.model.ModifyChoice;
import solo.resizer.model.ModifyMemory.LastFailure;
import solo.resizer.model.ModifyState;

/**
 * Which class should the volume be changed to now? Going back to the class it had is a change like any other; only what
 * may be half applied has to end first (external-resizer, modify).
 */
public final class TargetClass {
    private TargetClass() {}

    public static ModifyChoice of(PersistentVolumeClaim claim, LastFailure lastFailure) {
        ModifyVolumeStatus status = claim.status().modifyVolume();
        ModifyState state = ModifyState.of(status);
        String wanted = orEmpty(claim.spec().volumeAttributesClassName());
        if (state == ModifyState.NONE && wanted.equals(orEmpty(claim.status().currentVolumeAttributesClassName()))) {
            return new ModifyChoice.Nothing();
        }
        boolean inProgress = state == ModifyState.IN_PROGRESS;
        if (wanted.isEmpty() && !inProgress) {
            return new ModifyChoice.Stop();
        }
        boolean uncertain = inProgress && lastFailure != LastFailure.FINAL;
        return uncertain || wanted.isEmpty()
                ? new ModifyChoice.GoOn(status == null ? "" : orEmpty(status.target()))
                : new ModifyChoice.Start(wanted);
    }

    private static String orEmpty(@Nullable String name) {
        return name == null ? "" : name;
    }
}
