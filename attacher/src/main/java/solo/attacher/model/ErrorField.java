package solo.attacher.model;

/** The field of a VolumeAttachment's status that tells why attaching or detaching failed. */
public enum ErrorField {
    ATTACH_ERROR("attachError"),
    DETACH_ERROR("detachError");

    private final String text;

    ErrorField(String text) {
        this.text = text;
    }

    /** As the API spells it. */
    public String text() {
        return text;
    }
}
