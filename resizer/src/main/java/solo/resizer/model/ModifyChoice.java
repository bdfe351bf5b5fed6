package solo.resizer.model;

/** Which class, if any, the volume should be changed to now. */
public sealed interface ModifyChoice {

    /** The volume has the class that is wanted. */
    record Nothing() implements ModifyChoice {}

    /** Nobody wants a class any more, and none is being applied. */
    record Stop() implements ModifyChoice {}

    /** Go on with the class that may already be half applied, whatever the user wants by now. */
    record GoOn(String target) implements ModifyChoice {}

    /** Change to the class that the user wants. */
    record Start(String target) implements ModifyChoice {}
}
