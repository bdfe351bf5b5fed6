package solo.csi.model;

/** What the controller half can do; CSI's ControllerServiceCapability.RPC.Type. VOLUME_CONDITION is the legacy one of CSI 1.12. */
public enum ControllerCapability {
    CREATE_DELETE_VOLUME(1),
    PUBLISH_UNPUBLISH_VOLUME(2),
    LIST_VOLUMES(3),
    GET_CAPACITY(4),
    CREATE_DELETE_SNAPSHOT(5),
    LIST_SNAPSHOTS(6),
    CLONE_VOLUME(7),
    PUBLISH_READONLY(8),
    EXPAND_VOLUME(9),
    LIST_VOLUMES_PUBLISHED_NODES(10),
    VOLUME_CONDITION(11),
    GET_VOLUME(12),
    SINGLE_NODE_MULTI_WRITER(13),
    MODIFY_VOLUME(14),
    GET_SNAPSHOT(15),
    GET_VOLUME_HEALTH(16),
    LIST_VOLUME_HEALTH(17);

    private final int number;

    ControllerCapability(int number) {
        this.number = number;
    }

    /** The number on the wire. */
    public int number() {
        return number;
    }
}
