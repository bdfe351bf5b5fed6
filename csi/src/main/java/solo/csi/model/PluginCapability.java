package solo.csi.model;

/** What the driver as a whole can do; CSI's PluginCapability.Service.Type. */
public enum PluginCapability {
    CONTROLLER_SERVICE(1),
    VOLUME_ACCESSIBILITY_CONSTRAINTS(2),
    GROUP_CONTROLLER_SERVICE(3),
    SNAPSHOT_METADATA_SERVICE(4),
    SNAPSHOT_ACCESSIBILITY_CONSTRAINTS(5);

    private final int number;

    PluginCapability(int number) {
        this.number = number;
    }

    /** The number on the wire. */
    public int number() {
        return number;
    }
}
