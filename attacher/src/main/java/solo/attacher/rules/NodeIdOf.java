package solo.attacher.rules;

import org.jspecify.annotations.Nullable;
import solo.attacher.model.AttachView;
import solo.attacher.model.AttachmentAnnotations;
import solo.attacher.model.AttachmentReason.DriverNotOnNode;
import solo.attacher.model.AttachmentReason.NodeUnknown;
import solo.attacher.model.Finding;
import solo.kube.model.CsiNode;
import solo.kube.model.VolumeAttachment;

/** How does the driver call the node? */
final class NodeIdOf {
    private NodeIdOf() {}

    /** Only what the driver has registered will do: an old annotation may name a node that was made anew. */
    static Finding<String> attaching(AttachView view, String driver) {
        return registered(view.attachment(), view.node(), driver);
    }

    /** The registration, else what was noted when the volume was attached: the node may be gone for good. */
    static Finding<String> detaching(VolumeAttachment attachment, @Nullable CsiNode node, String driver) {
        Finding<String> registered = registered(attachment, node, driver);
        String noted = attachment.meta().annotation(AttachmentAnnotations.NODE_ID);
        return registered instanceof Finding.Refused<String> && noted != null ? Finding.found(noted) : registered;
    }

    private static Finding<String> registered(VolumeAttachment attachment, @Nullable CsiNode node, String driver) {
        if (node == null) {
            return Finding.refused(new NodeUnknown(attachment.nodeName()));
        }
        CsiNode.Registration registration = node.driver(driver);
        return registration == null
                ? Finding.refused(new DriverNotOnNode(attachment.nodeName(), driver))
                : Finding.found(registration.nodeId());
    }
}
