package solo.kube;

import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import solo.kube.Kind.Resource;
import solo.kube.Kind.Scope;
import solo.kube.model.CsiNode;
import solo.kube.model.CsiSource;
import solo.kube.model.Node;
import solo.kube.model.PersistentVolume;
import solo.kube.model.PersistentVolumeClaim;
import solo.kube.model.Secret;
import solo.kube.model.StorageClass;
import solo.kube.model.VolumeAttachment;
import solo.kube.model.VolumeAttributesClass;

/** The kinds that more than one controller reads, with their indexes: one cache of each serves the whole process. */
public final class Kinds {

    /** The claim with this uid. */
    public static final Index<PersistentVolumeClaim> CLAIM_BY_UID = new Index<>("uid", claim -> List.of(claim.uid()));

    /** Claims that ask for this class. */
    public static final Index<PersistentVolumeClaim> CLAIM_BY_CLASS =
            new Index<>("class", claim -> List.of(claim.className()));

    /** Volumes by {@link #handle}. */
    public static final Index<PersistentVolume> VOLUME_BY_HANDLE =
            new Index<>("handle", volume -> optional(handleOf(volume.csi())));

    /** Volumes made for the claim with this uid. */
    public static final Index<PersistentVolume> VOLUME_BY_CLAIM = new Index<>(
            "claim",
            volume -> volume.claimRef() == null
                    ? List.of()
                    : List.of(volume.claimRef().uid()));

    /** Attachments of the PersistentVolume of this name. */
    public static final Index<VolumeAttachment> ATTACHMENT_BY_VOLUME =
            new Index<>("volume", attachment -> optional(attachment.volumeName()));

    /** Nodes on which the driver of this name is registered. */
    public static final Index<CsiNode> CSI_NODE_BY_DRIVER =
            new Index<>("driver", node -> node.drivers().keySet());

    public static final Kind<PersistentVolumeClaim> CLAIM = new Kind<>(
            new Resource("", "v1", "persistentvolumeclaims", "PersistentVolumeClaim", Scope.NAMESPACED),
            PersistentVolumeClaim::of,
            List.of(CLAIM_BY_UID, CLAIM_BY_CLASS));

    public static final Kind<PersistentVolume> VOLUME = new Kind<>(
            new Resource("", "v1", "persistentvolumes", "PersistentVolume", Scope.CLUSTER),
            PersistentVolume::of,
            List.of(VOLUME_BY_HANDLE, VOLUME_BY_CLAIM));

    public static final Kind<StorageClass> STORAGE_CLASS = new Kind<>(
            new Resource("storage.k8s.io", "v1", "storageclasses", "StorageClass", Scope.CLUSTER),
            StorageClass::of,
            List.of());

    public static final Kind<Node> NODE =
            new Kind<>(new Resource("", "v1", "nodes", "Node", Scope.CLUSTER), Node::of, List.of());

    public static final Kind<CsiNode> CSI_NODE = new Kind<>(
            new Resource("storage.k8s.io", "v1", "csinodes", "CSINode", Scope.CLUSTER),
            CsiNode::of,
            List.of(CSI_NODE_BY_DRIVER));

    public static final Kind<VolumeAttachment> ATTACHMENT = new Kind<>(
            new Resource("storage.k8s.io", "v1", "volumeattachments", "VolumeAttachment", Scope.CLUSTER),
            VolumeAttachment::of,
            List.of(ATTACHMENT_BY_VOLUME));

    public static final Kind<VolumeAttributesClass> ATTRIBUTES_CLASS = new Kind<>(
            new Resource("storage.k8s.io", "v1", "volumeattributesclasses", "VolumeAttributesClass", Scope.CLUSTER),
            VolumeAttributesClass::of,
            List.of());

    public static final Kind<Secret> SECRET =
            new Kind<>(new Resource("", "v1", "secrets", "Secret", Scope.NAMESPACED), Secret::of, List.of());

    private Kinds() {}

    /** The value under which {@link #VOLUME_BY_HANDLE} finds a driver's volume. */
    public static String handle(String driver, String volumeHandle) {
        return driver + "^" + volumeHandle;
    }

    private static @Nullable String handleOf(@Nullable CsiSource csi) {
        return csi == null ? null : handle(csi.driver(), csi.volumeHandle());
    }

    private static Collection<String> optional(@Nullable String value) {
        return value == null ? List.of() : List.of(value);
    }
}
