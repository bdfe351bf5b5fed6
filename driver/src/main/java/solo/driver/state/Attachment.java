package solo.driver.state;

/** ControllerPublishVolume took place for a node. */
public record Attachment(String use, Access access) {
    /** CSI's readonly flag. */
    public enum Access {
        READ_WRITE,
        READ_ONLY
    }
}
