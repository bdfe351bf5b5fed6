package solo.simulation;

/** Something that could happen next; {@code what} and {@code about} name it in the list of steps. */
public record Move(String what, Object about, Runnable doing) {}
