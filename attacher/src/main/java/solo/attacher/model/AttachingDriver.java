package solo.attacher.model;

import solo.csi.model.ControllerCapability;
import solo.csi.model.DriverCapabilities;
import solo.kube.model.Finalizers;

/**
 * The driver whose attachments we serve.
 *
 * @param name VolumeAttachment.spec.attacher and the driver's name in CSINode
 * @param defaultFsType for volumes that name no file system; empty lets the driver choose
 * @param errorCodes whether attachError carries the gRPC number (gate MutableCSINodeAllocatableCount)
 */
public record AttachingDriver(
        String name, DriverCapabilities capabilities, String defaultFsType, ErrorCodes errorCodes) {

    /** status.attachError.errorCode exists since Kubernetes 1.34; older API servers drop it. */
    public enum ErrorCodes {
        RECORDED,
        LEFT_OUT
    }

    /** On VolumeAttachments: a driver call is owed. On PersistentVolumes: an attachment may still need it. */
    public String finalizer() {
        return Finalizers.attacher(name);
    }

    public boolean can(ControllerCapability capability) {
        return capabilities.has(capability);
    }
}
