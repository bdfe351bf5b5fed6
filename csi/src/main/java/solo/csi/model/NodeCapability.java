package solo.csi.model;

/** What the node half can do; CSI's NodeServiceCapability.RPC.Type. VOLUME_CONDITION is the legacy one of CSI 1.12. */
public enum NodeCapability {
    STAGE_UNSTAGE_VOLUME(1),
    GET_VOLUME_STATS(2),
    EXPAND_VOLUME(3),
    VOLUME_CONDITION(4),
    SINGLE_NODE_MULTI_WRITER(5),
    VOLUME_MOUNT_GROUP(6),
    GET_VOLUME_HEALTH(7),
    GET_STORAGE_HEALTH(8);

    private final int number;

    NodeCapability(int number) {
        this.number = number;
    }

    /** The number on the wire. */
    public int number() {
        return number;
    }
}
