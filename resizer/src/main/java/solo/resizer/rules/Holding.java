package solo.resizer.rules;

import java.time.Duration;
import java.util.Objects;
import solo.kube.model.PersistentVolumeClaim;
import solo.kube.model.Quantity;
import solo.resizer.model.ExpansionMemory;
import solo.resizer.model.ExpansionMemory.Held;
import solo.resizer.model.ExpansionMemory.InUse;
import solo.resizer.model.ExpansionMemory.LastFailure;
import solo.resizer.model.ResizerNames;
import solo.resizer.model.Transition.Recollection;

/** What is kept in mind between two attempts, and for how long it holds. */
public final class Holding {
    private Holding() {}

    /** A size that the driver called infeasible is not asked again for a while, unless somebody says "now". */
    static boolean holds(Held held, Quantity size, PersistentVolumeClaim claim, Duration now) {
        return held.size().compareTo(size) == 0
                && held.until().compareTo(now) > 0
                && Objects.equals(held.retryNow(), claim.meta().annotation(ResizerNames.RETRY_NOW));
    }

    public static ExpansionMemory after(
            ExpansionMemory memory,
            Recollection recollection,
            PersistentVolumeClaim claim,
            Quantity size,
            Duration until) {
        return switch (recollection) {
            case KEPT -> memory;
            case FORGOTTEN, UNCERTAIN -> ExpansionMemory.NONE;
            case FINAL -> new ExpansionMemory(LastFailure.FINAL, InUse.NOT_SEEN, null);
            case FINAL_IN_USE -> new ExpansionMemory(LastFailure.FINAL, InUse.SEEN, null);
            case FINAL_HELD ->
                new ExpansionMemory(
                        LastFailure.FINAL,
                        InUse.NOT_SEEN,
                        new Held(size, until, claim.meta().annotation(ResizerNames.RETRY_NOW)));
        };
    }
}
