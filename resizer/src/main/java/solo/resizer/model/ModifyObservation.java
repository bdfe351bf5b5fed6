package solo.resizer.model;

import solo.csi.model.DriverError;

/** What can happen to a modification, as seen by the controller. */
public enum ModifyObservation {
    /** The class is about to be asked for. */
    STARTS,
    /** The class that is wanted does not exist. */
    CLASS_MISSING,
    MODIFIED,
    /** INVALID_ARGUMENT. */
    INFEASIBLE,
    /** Any other code after which nothing goes on. */
    FINAL,
    /** A code after which it may still be applied. */
    UNCERTAIN,
    /** Nobody wants a class any more. */
    CANCELED;

    public static ModifyObservation of(DriverError error) {
        return switch (error.afterModifyVolume()) {
            case INFEASIBLE -> INFEASIBLE;
            case FINAL -> FINAL;
            case UNCERTAIN -> UNCERTAIN;
        };
    }
}
