package solo.resizer.rules;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import solo.kube.model.ObjectKey;
import solo.kube.model.ObjectMeta;
import solo.kube.model.PersistentVolumeClaim;
import solo.kube.model.PersistentVolumeClaim.Condition;
import solo.kube.model.PersistentVolumeClaim.ModifyVolumeStatus;
import solo.kube.model.PersistentVolumeClaim.Spec;
import solo.kube.model.PersistentVolumeClaim.Status;
import solo.kube.model.Quantity;
import solo.resizer.model.ExpansionStatus;
import solo.resizer.model.ModifyState;

/** Claims for rules: bound to {@code pv}, and otherwise as a test says. */
final class Claims {
    private Claims() {}

    /** A claim in the middle of an expansion; {@code wanted} in Gi, {@code allocated} 0 for none. */
    static PersistentVolumeClaim growing(int wanted, int allocated, ExpansionStatus status, boolean pendingCondition) {
        return claim(
                new Spec(null, List.of("ReadWriteOnce"), null, gib(wanted), false, "pv", null, null, null),
                new Status(
                        "Bound",
                        gib(1),
                        allocated == 0 ? null : gib(allocated),
                        status == ExpansionStatus.NONE ? null : status.text(),
                        null,
                        null,
                        pendingCondition
                                ? List.of(new Condition("FileSystemResizePending", "True", null, null))
                                : List.of()));
    }

    /** A claim in the middle of a modification; empty names are absent. */
    static PersistentVolumeClaim changing(String wanted, String current, ModifyState state, String target) {
        return claim(
                new Spec(null, List.of("ReadWriteOnce"), null, gib(1), false, "pv", null, null, orNull(wanted)),
                new Status(
                        "Bound",
                        gib(1),
                        null,
                        null,
                        orNull(current),
                        state == ModifyState.NONE ? null : new ModifyVolumeStatus(state.text(), orNull(target)),
                        List.of()));
    }

    static PersistentVolumeClaim claim(Spec spec, Status status) {
        return new PersistentVolumeClaim(
                new ObjectMeta(new ObjectKey("ns", "data"), "uid-1", "7", null, null, List.of(), Map.of(), Map.of()),
                spec,
                status);
    }

    static Quantity gib(long gib) {
        return Quantity.ofBytes(gib << 30);
    }

    private static @Nullable String orNull(String name) {
        return name.isEmpty() ? null : name;
    }
}
