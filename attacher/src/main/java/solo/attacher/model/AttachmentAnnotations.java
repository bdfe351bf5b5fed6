package solo.attacher.model;

/** Annotations on VolumeAttachments: one as external-attacher writes it, the others our own. */
public final class AttachmentAnnotations {

    /** The driver's name for the node, so that a node that is gone can still be detached from. */
    public static final String NODE_ID = "csi.alpha.kubernetes.io/node-id";

    /** The driver's name for the volume, so that a volume whose PersistentVolume is gone can still be detached. */
    public static final String VOLUME_HANDLE = "solo.csi/volume-handle";

    /** {@code namespace/name} of the Secret that goes with {@link #VOLUME_HANDLE}. */
    public static final String PUBLISH_SECRET = "solo.csi/publish-secret";

    /** Any new value means: try now instead of waiting for the backoff. */
    public static final String RETRY_NOW = "solo.csi/retry-now";

    private AttachmentAnnotations() {}
}
