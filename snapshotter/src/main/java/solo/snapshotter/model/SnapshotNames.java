package solo.snapshotter.model;

import solo.kube.model.VolumeSnapshot;

/** Finalizers, annotations and labels of external-snapshotter, spelled as it spells them. */
public final class SnapshotNames {

    /** On a VolumeSnapshot: it may be the source of a claim. */
    public static final String AS_SOURCE = "snapshot.storage.kubernetes.io/volumesnapshot-as-source-protection";

    /** On a VolumeSnapshot: its content has to go first. */
    public static final String BOUND = "snapshot.storage.kubernetes.io/volumesnapshot-bound-protection";

    /** On a VolumeSnapshot of a group: the group has to go first. */
    public static final String IN_GROUP = "snapshot.storage.kubernetes.io/volumesnapshot-in-group-protection";

    /** On a VolumeSnapshotContent: what the driver holds has to go first. */
    public static final String CONTENT_BOUND = "snapshot.storage.kubernetes.io/volumesnapshotcontent-bound-protection";

    /** On a PersistentVolumeClaim: a snapshot is being taken of it. */
    public static final String CLAIM_AS_SOURCE = "snapshot.storage.kubernetes.io/pvc-as-source-protection";

    /** On a VolumeSnapshotContent: CreateSnapshot may be under way, so it must not go. */
    public static final String BEING_CREATED = "snapshot.storage.kubernetes.io/volumesnapshot-being-created";

    /** On a VolumeSnapshotContent: its VolumeSnapshot is being deleted, so what the driver holds may go. */
    public static final String BEING_DELETED = "snapshot.storage.kubernetes.io/volumesnapshot-being-deleted";

    /** On a VolumeSnapshotContent: the Secret for CreateSnapshot and, despite its name, DeleteSnapshot. */
    public static final String SECRET_NAME = "snapshot.storage.kubernetes.io/deletion-secret-name";

    public static final String SECRET_NAMESPACE = "snapshot.storage.kubernetes.io/deletion-secret-namespace";

    /** On a VolumeSnapshotContent that was taken with a group: CreateSnapshot is not for it. */
    public static final String IN_GROUP_CONTENT = "groupsnapshot.storage.k8s.io/volumeGroupSnapshotHandle";

    /** Label of a VolumeSnapshotContent: the node whose driver takes it. */
    public static final String MANAGED_BY = "snapshot.storage.kubernetes.io/managed-by";

    /** The value of the annotations that are only there or not. */
    public static final String YES = "yes";

    /** deletionPolicy: what the driver holds goes with the content. */
    public static final String DELETE = "Delete";

    private SnapshotNames() {}

    /** The content that a snapshot names or is bound to, else the one that is made for it. */
    public static String contentOf(VolumeSnapshot snapshot) {
        if (snapshot.source().contentName() != null) {
            return snapshot.source().contentName();
        }
        VolumeSnapshot.Status status = snapshot.status();
        if (status != null && status.boundContentName() != null) {
            return status.boundContentName();
        }
        return snapshot.groupOwner() == null
                ? content(snapshot.uid())
                : GroupNames.memberContent(snapshot.key().name());
    }

    /** The VolumeSnapshotContent that is made for the VolumeSnapshot with this uid. */
    public static String content(String snapshotUid) {
        return "snapcontent-" + snapshotUid;
    }
}
