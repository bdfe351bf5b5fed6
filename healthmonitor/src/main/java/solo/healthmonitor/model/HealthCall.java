package solo.healthmonitor.model;

/** How a driver is asked for the health of its volumes. */
public enum HealthCall {
    /** ControllerListVolumeHealth; healthy volumes may be missing from the list. */
    LIST_HEALTH,
    /** ControllerGetVolumeHealth for each volume. */
    GET_HEALTH,
    /** CSI 1.12: ListVolumes with a condition for each volume. */
    LIST_CONDITION,
    /** CSI 1.12: ControllerGetVolume with a condition, for each volume. */
    GET_CONDITION,
    /** The driver knows nothing of health. */
    NONE;

    /** Whether one call tells of all volumes. */
    public boolean lists() {
        return this == LIST_HEALTH || this == LIST_CONDITION;
    }
}
