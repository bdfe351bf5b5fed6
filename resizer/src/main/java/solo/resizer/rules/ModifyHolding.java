package solo.resizer.rules;

import java.time.Duration;
import solo.kube.model.PersistentVolumeClaim;
import solo.resizer.model.ModifyMemory;
import solo.resizer.model.ModifyMemory.Held;
import solo.resizer.model.ModifyMemory.LastFailure;
import solo.resizer.model.ModifyTransition.Recollection;
import solo.resizer.model.ResizerNames;

/** What is kept in mind of a modification between two attempts. */
public final class ModifyHolding {
    private ModifyHolding() {}

    public static ModifyMemory after(
            ModifyMemory memory,
            Recollection recollection,
            PersistentVolumeClaim claim,
            String target,
            Duration until) {
        return switch (recollection) {
            case KEPT -> memory;
            case FORGOTTEN, UNCERTAIN -> ModifyMemory.NONE;
            case FINAL -> new ModifyMemory(LastFailure.FINAL, null);
            case FINAL_HELD ->
                new ModifyMemory(
                        LastFailure.FINAL, new Held(target, until, claim.meta().annotation(ResizerNames.RETRY_NOW)));
        };
    }
}
