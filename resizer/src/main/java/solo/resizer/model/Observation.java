package solo.resizer.model;

import solo.csi.model.DriverError;

/** What can happen to an expansion, as seen by the controller. */
public enum Observation {
    /** A size is about to be asked for that the claim does not name yet. */
    STARTS,
    /** The size that the claim names is about to be asked for again. */
    STARTS_AGAIN,
    /** The driver has done it, the node is next. */
    EXPANDED_NODE_NEXT,
    /** The driver has done it, and that was all. */
    EXPANDED,
    /** INVALID_ARGUMENT, OUT_OF_RANGE, NOT_FOUND. */
    INFEASIBLE,
    /** FAILED_PRECONDITION. */
    IN_USE,
    /** Any other code after which nothing goes on. */
    FINAL,
    /** A code after which it may still happen. */
    UNCERTAIN;

    public static Observation of(DriverError error) {
        return switch (error.afterExpandVolume()) {
            case INFEASIBLE -> INFEASIBLE;
            case IN_USE -> IN_USE;
            case FINAL -> FINAL;
            case UNCERTAIN -> UNCERTAIN;
        };
    }
}
