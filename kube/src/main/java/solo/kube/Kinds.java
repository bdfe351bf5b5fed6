package solo.kube;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import solo.kube.Kind.Resource;
import solo.kube.Kind.Scope;
import solo.kube.model.CsiNode;
import solo.kube.model.CsiSource;
import solo.kube.model.Node;
import solo.kube.model.ObjectKey;
import solo.kube.model.PersistentVolume;
import solo.kube.model.PersistentVolumeClaim;
import solo.kube.model.Pod;
import solo.kube.model.ReferenceGrant;
import solo.kube.model.Secret;
import solo.kube.model.StorageClass;
import solo.kube.model.VolumeAttachment;
import solo.kube.model.VolumeAttributesClass;
import solo.kube.model.VolumeGroupSnapshot;
import solo.kube.model.VolumeGroupSnapshotClass;
import solo.kube.model.VolumeGroupSnapshotContent;
import solo.kube.model.VolumeSnapshot;
import solo.kube.model.VolumeSnapshotClass;
import solo.kube.model.VolumeSnapshotContent;

/** The kinds that more than one controller reads, with their indexes: one cache of each serves the whole process. */
public final class Kinds {

    /** The claim with this uid. */
    public static final Index<PersistentVolumeClaim> CLAIM_BY_UID = new Index<>("uid", claim -> List.of(claim.uid()));

    /** Claims that ask for this class. */
    public static final Index<PersistentVolumeClaim> CLAIM_BY_CLASS =
            new Index<>("class", claim -> List.of(claim.className()));

    /** Claims to be filled from an object, by {@link #source}; both data source fields count. */
    public static final Index<PersistentVolumeClaim> CLAIM_BY_SOURCE = new Index<>("source", Kinds::sourcesOf);

    /** Claims that ask for this VolumeAttributesClass, or are being changed to it. */
    public static final Index<PersistentVolumeClaim> CLAIM_BY_ATTRIBUTES_CLASS =
            new Index<>("attributes class", Kinds::attributesClasses);

    /** Claims of a namespace. */
    public static final Index<PersistentVolumeClaim> CLAIM_BY_NAMESPACE =
            new Index<>("namespace", claim -> List.of(claim.key().namespace()));

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

    /** Attachments to the node of this name. */
    public static final Index<VolumeAttachment> ATTACHMENT_BY_NODE =
            new Index<>("node", attachment -> List.of(attachment.nodeName()));

    /** Snapshots to be taken of the claim of this {@code namespace/name}. */
    public static final Index<VolumeSnapshot> SNAPSHOT_BY_CLAIM = new Index<>(
            "claim",
            snapshot ->
                    optional(snapshot.claim() == null ? null : snapshot.claim().toString()));

    /** Snapshots that name this class; under the empty name those that name none. */
    public static final Index<VolumeSnapshot> SNAPSHOT_BY_CLASS =
            new Index<>("class", snapshot -> List.of(snapshot.className() == null ? "" : snapshot.className()));

    /** Snapshots that name the content of this name as their source, or are bound to it. */
    public static final Index<VolumeSnapshot> SNAPSHOT_BY_CONTENT = new Index<>("content", Kinds::contentsOf);

    /** Snapshots of the group of this {@code namespace/name}. */
    public static final Index<VolumeSnapshot> SNAPSHOT_BY_GROUP = new Index<>(
            "group",
            snapshot -> snapshot.groupName() == null
                    ? List.of()
                    : List.of(new ObjectKey(snapshot.key().namespace(), snapshot.groupName()).toString()));

    /** Contents that name this class. */
    public static final Index<VolumeSnapshotContent> CONTENT_BY_CLASS =
            new Index<>("class", content -> optional(content.className()));

    /** Contents whose snapshot was taken with a group, by {@link #handle} of the group. */
    public static final Index<VolumeSnapshotContent> CONTENT_BY_GROUP = new Index<>(
            "group",
            content -> content.status() == null || content.status().groupHandle() == null
                    ? List.of()
                    : List.of(handle(content.driver(), content.status().groupHandle())));

    /** Groups of a namespace. */
    public static final Index<VolumeGroupSnapshot> GROUP_BY_NAMESPACE =
            new Index<>("namespace", group -> List.of(group.key().namespace()));

    /** Groups that name this class; under the empty name those that name none. */
    public static final Index<VolumeGroupSnapshot> GROUP_BY_CLASS =
            new Index<>("class", group -> List.of(group.className() == null ? "" : group.className()));

    /** Groups that name the content of this name as their source, or are bound to it. */
    public static final Index<VolumeGroupSnapshot> GROUP_BY_CONTENT = new Index<>("content", Kinds::contentsOf);

    /** Contents of groups that name this class. */
    public static final Index<VolumeGroupSnapshotContent> GROUP_CONTENT_BY_CLASS =
            new Index<>("class", content -> optional(content.className()));

    /** Contents of groups by {@link #handle}. */
    public static final Index<VolumeGroupSnapshotContent> GROUP_CONTENT_BY_HANDLE = new Index<>(
            "handle",
            content -> content.handle() == null ? List.of() : List.of(handle(content.driver(), content.handle())));

    /** Pods that use the claim of this {@code namespace/name}. */
    public static final Index<Pod> POD_BY_CLAIM = new Index<>(
            "claim",
            pod -> pod.claims().stream()
                    .map(claim -> new ObjectKey(pod.key().namespace(), claim).toString())
                    .toList());

    /** Nodes on which the driver of this name is registered. */
    public static final Index<CsiNode> CSI_NODE_BY_DRIVER =
            new Index<>("driver", node -> node.drivers().keySet());

    public static final Kind<PersistentVolumeClaim> CLAIM = new Kind<>(
            new Resource("", "v1", "persistentvolumeclaims", "PersistentVolumeClaim", Scope.NAMESPACED),
            PersistentVolumeClaim::of,
            List.of(CLAIM_BY_UID, CLAIM_BY_CLASS, CLAIM_BY_SOURCE, CLAIM_BY_ATTRIBUTES_CLASS, CLAIM_BY_NAMESPACE));

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
            List.of(ATTACHMENT_BY_VOLUME, ATTACHMENT_BY_NODE));

    public static final Kind<VolumeAttributesClass> ATTRIBUTES_CLASS = new Kind<>(
            new Resource("storage.k8s.io", "v1", "volumeattributesclasses", "VolumeAttributesClass", Scope.CLUSTER),
            VolumeAttributesClass::of,
            List.of());

    public static final Kind<VolumeSnapshot> SNAPSHOT = new Kind<>(
            new Resource("snapshot.storage.k8s.io", "v1", "volumesnapshots", "VolumeSnapshot", Scope.NAMESPACED),
            VolumeSnapshot::of,
            List.of(SNAPSHOT_BY_CLAIM, SNAPSHOT_BY_CLASS, SNAPSHOT_BY_CONTENT, SNAPSHOT_BY_GROUP));

    public static final Kind<VolumeSnapshotContent> SNAPSHOT_CONTENT = new Kind<>(
            new Resource(
                    "snapshot.storage.k8s.io", "v1", "volumesnapshotcontents", "VolumeSnapshotContent", Scope.CLUSTER),
            VolumeSnapshotContent::of,
            List.of(CONTENT_BY_CLASS, CONTENT_BY_GROUP));

    public static final Kind<VolumeSnapshotClass> SNAPSHOT_CLASS = new Kind<>(
            new Resource(
                    "snapshot.storage.k8s.io", "v1", "volumesnapshotclasses", "VolumeSnapshotClass", Scope.CLUSTER),
            VolumeSnapshotClass::of,
            List.of());

    public static final Kind<VolumeGroupSnapshot> GROUP_SNAPSHOT = new Kind<>(
            new Resource(
                    "groupsnapshot.storage.k8s.io",
                    "v1",
                    "volumegroupsnapshots",
                    "VolumeGroupSnapshot",
                    Scope.NAMESPACED),
            VolumeGroupSnapshot::of,
            List.of(GROUP_BY_NAMESPACE, GROUP_BY_CLASS, GROUP_BY_CONTENT));

    public static final Kind<VolumeGroupSnapshotContent> GROUP_SNAPSHOT_CONTENT = new Kind<>(
            new Resource(
                    "groupsnapshot.storage.k8s.io",
                    "v1",
                    "volumegroupsnapshotcontents",
                    "VolumeGroupSnapshotContent",
                    Scope.CLUSTER),
            VolumeGroupSnapshotContent::of,
            List.of(GROUP_CONTENT_BY_CLASS, GROUP_CONTENT_BY_HANDLE));

    public static final Kind<VolumeGroupSnapshotClass> GROUP_SNAPSHOT_CLASS = new Kind<>(
            new Resource(
                    "groupsnapshot.storage.k8s.io",
                    "v1",
                    "volumegroupsnapshotclasses",
                    "VolumeGroupSnapshotClass",
                    Scope.CLUSTER),
            VolumeGroupSnapshotClass::of,
            List.of());

    /** Grants of a namespace. */
    public static final Index<ReferenceGrant> GRANT_BY_NAMESPACE =
            new Index<>("namespace", grant -> List.of(grant.key().namespace()));

    public static final Kind<ReferenceGrant> REFERENCE_GRANT = new Kind<>(
            new Resource("gateway.networking.k8s.io", "v1beta1", "referencegrants", "ReferenceGrant", Scope.NAMESPACED),
            ReferenceGrant::of,
            List.of(GRANT_BY_NAMESPACE));

    public static final Kind<Secret> SECRET =
            new Kind<>(new Resource("", "v1", "secrets", "Secret", Scope.NAMESPACED), Secret::of, List.of());

    /** Only pods that use claims: of most clusters' pods few do. */
    public static final Kind<Pod> POD = new Kind<>(
                    new Resource("", "v1", "pods", "Pod", Scope.NAMESPACED), Pod::of, List.of(POD_BY_CLAIM))
            .keeping(Pod::usesClaims);

    private Kinds() {}

    /** The value under which a driver's volume, or a driver's group of snapshots, is found. */
    public static String handle(String driver, String volumeHandle) {
        return driver + "^" + volumeHandle;
    }

    /** The value under which {@link #CLAIM_BY_SOURCE} finds the claims to be filled from an object. */
    public static String source(String kind, ObjectKey source) {
        return kind + "^" + source;
    }

    private static Collection<String> sourcesOf(PersistentVolumeClaim claim) {
        return claim.dataSources()
                .map(source -> source(source.kind(), source.in(claim.key().namespace())))
                .distinct()
                .toList();
    }

    private static Collection<String> contentsOf(VolumeSnapshot snapshot) {
        VolumeSnapshot.Status status = snapshot.status();
        return Stream.of(snapshot.source().contentName(), status == null ? null : status.boundContentName())
                .flatMap(Stream::ofNullable)
                .distinct()
                .toList();
    }

    private static Collection<String> contentsOf(VolumeGroupSnapshot group) {
        VolumeGroupSnapshot.Status status = group.status();
        return Stream.of(group.source().contentName(), status == null ? null : status.boundContentName())
                .flatMap(Stream::ofNullable)
                .distinct()
                .toList();
    }

    private static @Nullable String handleOf(@Nullable CsiSource csi) {
        return csi == null ? null : handle(csi.driver(), csi.volumeHandle());
    }

    private static Collection<String> attributesClasses(PersistentVolumeClaim claim) {
        Set<String> classes = new LinkedHashSet<>(optional(claim.spec().volumeAttributesClassName()));
        if (claim.status().modifyVolume() != null) {
            classes.addAll(optional(claim.status().modifyVolume().target()));
        }
        return classes;
    }

    private static Collection<String> optional(@Nullable String value) {
        return value == null ? List.of() : List.of(value);
    }
}
