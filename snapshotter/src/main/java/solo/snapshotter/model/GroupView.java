package solo.snapshotter.model;

import java.util.List;
import org.jspecify.annotations.Nullable;
import solo.kube.model.Node;
import solo.kube.model.ObjectKey;
import solo.kube.model.PersistentVolume;
import solo.kube.model.PersistentVolumeClaim;
import solo.kube.model.VolumeGroupSnapshot;
import solo.kube.model.VolumeGroupSnapshotClass;
import solo.kube.model.VolumeGroupSnapshotContent;
import solo.kube.model.VolumeSnapshot;
import solo.kube.model.VolumeSnapshotContent;
import solo.snapshotter.model.SnapshotView.Asked;

/**
 * Everything a decision about one VolumeGroupSnapshot may look at.
 *
 * @param groupClass the class it names, null if it names none or there is none
 * @param defaults all classes that are the default of their driver, while it has neither class nor content
 * @param claims those that its selector means, by name, while it has no content
 * @param content the content it names or is bound to, else the one that is made for it; null if there is none
 * @param contentNotFound what the API server said when it was asked for that content
 * @param members for each snapshot that the content tells of
 * @param owned VolumeSnapshots that are of this very group, once it is being deleted
 * @param restored a claim that is still to be filled from one of them, once it is being deleted
 * @param nodes all nodes, only where contents tell theirs and one is to be made
 */
public record GroupView(
        VolumeGroupSnapshot group,
        @Nullable VolumeGroupSnapshotClass groupClass,
        List<VolumeGroupSnapshotClass> defaults,
        List<SelectedClaim> claims,
        @Nullable VolumeGroupSnapshotContent content,
        Asked contentNotFound,
        List<SeenMember> members,
        List<VolumeSnapshot> owned,
        @Nullable Restore restored,
        List<Node> nodes) {

    public GroupView {
        defaults = List.copyOf(defaults);
        claims = List.copyOf(claims);
        members = List.copyOf(members);
        owned = List.copyOf(owned);
        nodes = List.copyOf(nodes);
    }

    /** A claim that is to be part of the group, and its PersistentVolume if there is one. */
    public record SelectedClaim(
            PersistentVolumeClaim claim, @Nullable PersistentVolume volume) {}

    /** Somebody still fills this claim from that snapshot. */
    public record Restore(ObjectKey snapshot, ObjectKey claim) {}

    /**
     * What there is of one member.
     *
     * @param told what the driver said of it
     * @param key of its VolumeSnapshot
     * @param volume the PersistentVolume it was taken of, null if there is none or more than one
     * @param snapshotNotFound what the API server said when it was asked for the VolumeSnapshot
     */
    public record SeenMember(
            VolumeGroupSnapshotContent.Member told,
            ObjectKey key,
            @Nullable VolumeSnapshot snapshot,
            Asked snapshotNotFound,
            @Nullable VolumeSnapshotContent content,
            @Nullable PersistentVolume volume) {}
}
