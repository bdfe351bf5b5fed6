package solo.driver.state;

/** How far a volume has come. Only a ready volume exists for callers; the others are intentions to finish or undo. */
public enum Phase {
    /** The backend may have begun. Undone at start: nobody was ever told that the volume exists. */
    CREATING,
    READY,
    /** The backend may have begun. Finished at start. */
    DELETING
}
