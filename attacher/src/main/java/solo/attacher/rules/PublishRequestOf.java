package solo.attacher.rules;

import static java.util.Objects.requireNonNull;

import solo.attacher.model.AttachView;
import solo.attacher.model.AttachedVolume;
import solo.attacher.model.AttachingDriver;
import solo.attacher.model.AttachmentReason;
import solo.attacher.model.AttachmentReason.AccessModesRefused;
import solo.attacher.model.AttachmentReason.VolumeDeleting;
import solo.attacher.model.AttachmentReason.VolumeReplaced;
import solo.attacher.model.Finding;
import solo.attacher.model.PublishRequest;
import solo.csi.model.AccessMode;
import solo.csi.model.AccessModes;
import solo.csi.model.AccessModes.Mapping;
import solo.csi.model.AccessModes.SingleNode;
import solo.csi.model.ControllerCapability;
import solo.csi.model.Secrets;
import solo.csi.model.VolumeCapability;
import solo.kube.model.CsiSource;
import solo.kube.model.VolumeAttachment;
import solo.kube.model.VolumeSpec;

/** What is ControllerPublishVolume asked for, but for the secrets? Or the first reason why it cannot be asked. */
final class PublishRequestOf {
    private PublishRequestOf() {}

    static Finding<PublishRequest> of(AttachView view, AttachingDriver driver) {
        return switch (AttachmentSource.spec(view)) {
            case Finding.Refused<VolumeSpec>(AttachmentReason reason) -> Finding.refused(reason);
            case Finding.Found<VolumeSpec>(VolumeSpec spec) -> {
                CsiSource csi = requireNonNull(spec.csi());
                if (view.volume() != null && view.volume().meta().deleting()) {
                    yield Finding.refused(new VolumeDeleting(AttachmentSource.volumeName(view)));
                }
                if (replaced(view, csi, driver)) {
                    yield Finding.refused(new VolumeReplaced(AttachmentSource.volumeName(view), csi.volumeHandle()));
                }
                yield request(view, spec, csi, driver);
            }
        };
    }

    // Publishing it here would detach it under the feet of the attachment that Kubernetes makes for it.
    private static boolean replaced(AttachView view, CsiSource csi, AttachingDriver driver) {
        VolumeAttachment attachment = view.attachment();
        AttachedVolume remembered = RememberedVolume.of(attachment);
        return attachment.volumeName() != null
                && (AttachmentName.disproves(attachment, csi.volumeHandle())
                        || (remembered != null
                                && !remembered.handle().equals(csi.volumeHandle())
                                && attachment.meta().hasFinalizer(driver.finalizer())));
    }

    private static Finding<PublishRequest> request(
            AttachView view, VolumeSpec spec, CsiSource csi, AttachingDriver driver) {
        AccessMode mode;
        switch (AccessModes.together(spec.accessModes(), SingleNode.of(driver.capabilities()))) {
            case Mapping.Refused(String why) -> {
                return Finding.refused(new AccessModesRefused(why));
            }
            case Mapping.Mapped(var modes) -> mode = modes.getFirst();
        }
        return switch (NodeIdOf.attaching(view, driver.name())) {
            case Finding.Refused<String>(AttachmentReason reason) -> Finding.refused(reason);
            case Finding.Found<String>(String nodeId) ->
                Finding.found(new PublishRequest(
                        RememberedVolume.of(csi),
                        nodeId,
                        capability(spec, csi, mode, driver),
                        // CSI: false unless the driver has PUBLISH_READONLY.
                        csi.readOnly() && driver.can(ControllerCapability.PUBLISH_READONLY),
                        csi.volumeAttributes(),
                        Secrets.NONE));
        };
    }

    private static VolumeCapability capability(
            VolumeSpec spec, CsiSource csi, AccessMode mode, AttachingDriver driver) {
        if (spec.block()) {
            return VolumeCapability.block(mode);
        }
        String fsType = csi.fsType() == null || csi.fsType().isEmpty() ? driver.defaultFsType() : csi.fsType();
        return VolumeCapability.mount(mode, fsType, spec.mountOptions());
    }
}
