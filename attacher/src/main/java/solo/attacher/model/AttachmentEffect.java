package solo.attacher.model;

import java.util.List;
import java.util.Map;
import solo.kube.model.ObjectKey;

/**
 * One step of attaching or detaching. Each is safe to repeat; after any of them the process may die and the next
 * reconcile goes on from what the cluster holds.
 */
public sealed interface AttachmentEffect {

    /** Adds our finalizer to the PersistentVolume, so that it stays while attachments need it. */
    record ProtectVolume(ObjectKey volume, String uid, List<String> seenFinalizers, String finalizer)
            implements AttachmentEffect {}

    /** Reads the Secret; its answer becomes part of the view. */
    record ReadSecret(ObjectKey secret) implements AttachmentEffect {}

    /** Before the driver is called: our finalizer, and all that a detach needs, in one write. */
    record MarkAttachment(List<String> finalizers, Map<String, String> annotations) implements AttachmentEffect {
        public MarkAttachment {
            finalizers = List.copyOf(finalizers);
            annotations = Map.copyOf(annotations);
        }
    }

    /** ControllerPublishVolume; its answer becomes part of the view. */
    record Publish(PublishRequest request) implements AttachmentEffect {}

    record SaveAttached(Map<String, String> publishContext) implements AttachmentEffect {
        public SaveAttached {
            publishContext = Map.copyOf(publishContext);
        }
    }

    /** ListVolumes, for the handle that the attachment's name proves; its answer becomes part of the view. */
    record FindVolume() implements AttachmentEffect {}

    /** ControllerUnpublishVolume; its success becomes part of the view. */
    record Unpublish(UnpublishRequest request) implements AttachmentEffect {}

    /** Takes our finalizer off; usually the attachment is gone with it. */
    record ReleaseAttachment(String finalizer) implements AttachmentEffect {}

    /** For an attachment that others still hold on to: the status says detached. */
    record SaveDetached() implements AttachmentEffect {}
}
