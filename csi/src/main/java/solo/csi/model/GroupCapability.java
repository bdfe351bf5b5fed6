package solo.csi.model;

/** What the group controller can do; CSI's GroupControllerServiceCapability.RPC.Type. */
public enum GroupCapability {
    CREATE_DELETE_GET_VOLUME_GROUP_SNAPSHOT(1);

    private final int number;

    GroupCapability(int number) {
        this.number = number;
    }

    /** The number on the wire. */
    public int number() {
        return number;
    }
}
