package solo.snapshotter.model;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import solo.kube.model.VolumeGroupSnapshot;

/** Finalizers, annotations and names of group snapshots, spelled as external-snapshotter spells them. */
public final class GroupNames {

    /** On a VolumeGroupSnapshot: its content has to go first. */
    public static final String BOUND = "groupsnapshot.storage.kubernetes.io/volumegroupsnapshot-bound-protection";

    /** On a VolumeGroupSnapshotContent: what the driver holds has to go first. */
    public static final String CONTENT_BOUND =
            "groupsnapshot.storage.kubernetes.io/volumegroupsnapshotcontent-bound-protection";

    /** On a VolumeGroupSnapshotContent: CreateVolumeGroupSnapshot may be under way, so it must not go. */
    public static final String BEING_CREATED = "groupsnapshot.storage.kubernetes.io/volumegroupsnapshot-being-created";

    /** On a VolumeGroupSnapshotContent: its VolumeGroupSnapshot is being deleted, so what the driver holds may go. */
    public static final String BEING_DELETED = "groupsnapshot.storage.kubernetes.io/volumegroupsnapshot-being-deleted";

    /** On a VolumeGroupSnapshotContent: the Secret for taking the group and for deleting it. */
    public static final String SECRET_NAME = "groupsnapshot.storage.kubernetes.io/deletion-secret-name";

    public static final String SECRET_NAMESPACE = "groupsnapshot.storage.kubernetes.io/deletion-secret-namespace";

    private static final String MEMBER = "snapshot-";
    private static final String MEMBER_CONTENT = "snapcontent-";

    private GroupNames() {}

    /** The content that a group names or is bound to, else the one that is made for it. */
    public static String contentOf(VolumeGroupSnapshot group) {
        if (group.source().contentName() != null) {
            return group.source().contentName();
        }
        VolumeGroupSnapshot.Status status = group.status();
        return status == null || status.boundContentName() == null ? content(group.uid()) : status.boundContentName();
    }

    /** The VolumeGroupSnapshotContent that is made for the VolumeGroupSnapshot with this uid. */
    public static String content(String groupUid) {
        return "groupsnapcontent-" + groupUid;
    }

    /** The VolumeSnapshot of one volume of a group. */
    public static String member(String groupUid, String volumeHandle) {
        return MEMBER + hash(groupUid, volumeHandle);
    }

    public static String memberContent(String groupUid, String volumeHandle) {
        return MEMBER_CONTENT + hash(groupUid, volumeHandle);
    }

    /** The content of a member: both are called alike. */
    static String memberContent(String member) {
        return member.startsWith(MEMBER) ? MEMBER_CONTENT + member.substring(MEMBER.length()) : member;
    }

    private static String hash(String groupUid, String volumeHandle) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256")
                            .digest((groupUid + volumeHandle).getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }
}
