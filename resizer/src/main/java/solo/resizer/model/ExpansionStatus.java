package solo.resizer.model;

import org.jspecify.annotations.Nullable;

/** status.allocatedResourceStatuses.storage of a claim (KEP-1790): how far an expansion has come. */
public enum ExpansionStatus {
    /** Nothing is going on. */
    NONE(""),
    CONTROLLER_IN_PROGRESS("ControllerResizeInProgress"),
    CONTROLLER_INFEASIBLE("ControllerResizeInfeasible"),
    /** The controller is done, the kubelet is next. */
    NODE_PENDING("NodeResizePending"),
    NODE_IN_PROGRESS("NodeResizeInProgress"),
    NODE_INFEASIBLE("NodeResizeInfeasible"),
    /** A value of a newer Kubernetes. */
    UNKNOWN("?");

    private final String text;

    ExpansionStatus(String text) {
        this.text = text;
    }

    /** As the API spells it. */
    public String text() {
        return text;
    }

    public static ExpansionStatus of(@Nullable String text) {
        if (text == null) {
            return NONE;
        }
        for (ExpansionStatus status : values()) {
            if (status.text.equals(text)) {
                return status;
            }
        }
        return UNKNOWN;
    }
}
