package solo.csi.model;

/** When volumes can grow; CSI's PluginCapability.VolumeExpansion.Type. */
public enum VolumeExpansion {
    ONLINE(1),
    OFFLINE(2);

    private final int number;

    VolumeExpansion(int number) {
        this.number = number;
    }

    /** The number on the wire. */
    public int number() {
        return number;
    }
}
