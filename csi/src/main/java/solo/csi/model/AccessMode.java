package solo.csi.model;

/** From how many places a volume is used, and how; CSI's VolumeCapability.AccessMode.Mode with its numbers. */
public enum AccessMode {
    SINGLE_NODE_WRITER(1),
    SINGLE_NODE_READER_ONLY(2),
    MULTI_NODE_READER_ONLY(3),
    MULTI_NODE_SINGLE_WRITER(4),
    MULTI_NODE_MULTI_WRITER(5),
    /** One pod; needs the driver's SINGLE_NODE_MULTI_WRITER capability. */
    SINGLE_NODE_SINGLE_WRITER(6),
    /** Several pods of one node; needs the driver's SINGLE_NODE_MULTI_WRITER capability. */
    SINGLE_NODE_MULTI_WRITER(7);

    private final int number;

    AccessMode(int number) {
        this.number = number;
    }

    public int number() {
        return number;
    }
}
