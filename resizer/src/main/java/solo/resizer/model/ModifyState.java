package solo.resizer.model;

import org.jspecify.annotations.Nullable;
import solo.kube.model.PersistentVolumeClaim.ModifyVolumeStatus;

/** status.modifyVolumeStatus.status of a claim (KEP-3751). */
public enum ModifyState {
    /** No modification, or the last one is done. */
    NONE(""),
    /** The class does not exist yet. */
    PENDING("Pending"),
    IN_PROGRESS("InProgress"),
    /** The driver called the class's parameters invalid. */
    INFEASIBLE("Infeasible"),
    /** A value of a newer Kubernetes. */
    UNKNOWN("?");

    private final String text;

    ModifyState(String text) {
        this.text = text;
    }

    /** As the API spells it. */
    public String text() {
        return text;
    }

    public static ModifyState of(@Nullable ModifyVolumeStatus status) {
        if (status == null) {
            return NONE;
        }
        for (ModifyState state : values()) {
            if (state != NONE && state.text.equals(status.status())) {
                return state;
            }
        }
        return UNKNOWN;
    }
}
