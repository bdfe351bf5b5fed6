package solo.snapshotter.rules;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import solo.kube.model.ObjectReference;
import solo.kube.model.PersistentVolume;
import solo.kube.model.VolumeGroupSnapshot;
import solo.kube.model.VolumeGroupSnapshotContent;
import solo.kube.model.VolumeSnapshot;
import solo.kube.model.VolumeSnapshotContent;
import solo.snapshotter.model.Finding;
import solo.snapshotter.model.GroupEffect;
import solo.snapshotter.model.GroupEffect.CreateMember;
import solo.snapshotter.model.GroupEffect.CreateMemberContent;
import solo.snapshotter.model.GroupEffect.RebindMember;
import solo.snapshotter.model.GroupEffect.SaveMember;
import solo.snapshotter.model.GroupEffect.SaveMemberContent;
import solo.snapshotter.model.GroupNames;
import solo.snapshotter.model.GroupReason;
import solo.snapshotter.model.GroupReason.MemberGoing;
import solo.snapshotter.model.GroupReason.MemberOfAnother;
import solo.snapshotter.model.GroupView;
import solo.snapshotter.model.GroupView.SeenMember;
import solo.snapshotter.model.NewContent;
import solo.snapshotter.model.NewMember;
import solo.snapshotter.model.SnapshotNames;

/**
 * What is still to be done for the members of a group that the driver has taken? Each gets its VolumeSnapshot, then its
 * content, which is bound from birth, then what the driver said of it. Each is only the next step of that member.
 */
final class GroupMembers {
    private GroupMembers() {}

    /** Nothing if all members are as they should be, or if the group was imported: then they are imported, too. */
    static Finding<List<GroupEffect>, GroupReason> next(GroupView view, VolumeGroupSnapshotContent content) {
        List<GroupEffect> steps = new ArrayList<>();
        if (content.handle() == null || content.source().handles() != null) {
            return Finding.found(steps);
        }
        for (SeenMember member : view.members()) {
            GroupReason reason = next(view, content, member, steps);
            if (reason != null) {
                return Finding.refused(reason);
            }
        }
        return Finding.found(steps);
    }

    private static @Nullable GroupReason next(
            GroupView view, VolumeGroupSnapshotContent group, SeenMember member, List<GroupEffect> steps) {
        VolumeSnapshot snapshot = member.snapshot();
        VolumeSnapshotContent content = member.content();
        if (snapshot == null) {
            steps.add(new CreateMember(snapshot(view.group(), group, member)));
            return null;
        }
        if (snapshot.groupOwner() == null
                || !snapshot.groupOwner().uid().equals(view.group().uid())) {
            return new MemberOfAnother("VolumeSnapshot " + snapshot.key());
        }
        if (content == null) {
            steps.add(new CreateMemberContent(content(group, member, snapshot)));
            return null;
        }
        if (!snapshot.key().equals(content.snapshot())
                || !member.told().volumeHandle().equals(content.source().volumeHandle())) {
            return new MemberOfAnother("VolumeSnapshotContent " + content.key());
        }
        if (!snapshot.uid().equals(content.snapshotUid())) {
            if (content.meta().deleting()) {
                return new MemberGoing(content.key().name());
            }
            steps.add(new RebindMember(content, snapshot));
            return null;
        }
        VolumeSnapshotContent.Status told = StatusOf.member(content.status(), member.told(), group);
        if (!told.equals(content.status())) {
            steps.add(new SaveMemberContent(content, told));
        }
        VolumeSnapshot.Status status = snapshot.status() == null ? VolumeSnapshot.Status.EMPTY : snapshot.status();
        if (status.boundContentName() == null || status.groupName() == null) {
            steps.add(new SaveMember(
                    snapshot,
                    new VolumeSnapshot.Status(
                            content.key().name(),
                            status.creationTime(),
                            Boolean.TRUE.equals(status.readyToUse()),
                            status.restoreSize(),
                            status.error(),
                            view.group().key().name())));
        }
        return null;
    }

    private static NewMember snapshot(
            VolumeGroupSnapshot group, VolumeGroupSnapshotContent content, SeenMember member) {
        PersistentVolume volume = member.volume();
        PersistentVolume.ClaimRef claim = volume == null ? null : volume.claimRef();
        List<String> finalizers = new ArrayList<>(List.of(SnapshotNames.IN_GROUP, SnapshotNames.AS_SOURCE));
        if (content.deletionPolicy().equals(SnapshotNames.DELETE)) {
            finalizers.add(SnapshotNames.BOUND);
        }
        return new NewMember(
                member.key(),
                new ObjectReference(
                        "groupsnapshot.storage.k8s.io/v1", "VolumeGroupSnapshot", group.key(), group.uid(), ""),
                // One of another namespace is not the volume that this group's user meant.
                claim == null || !claim.key().namespace().equals(group.key().namespace())
                        ? ""
                        : claim.key().name(),
                finalizers);
    }

    /** The mark of a member stands on it from the first moment, so that nobody takes a snapshot for it. */
    private static NewContent content(VolumeGroupSnapshotContent group, SeenMember member, VolumeSnapshot snapshot) {
        Map<String, String> annotations = new LinkedHashMap<>();
        annotations.put(SnapshotNames.IN_GROUP_CONTENT, String.valueOf(group.handle()));
        copy(group, GroupNames.SECRET_NAME, SnapshotNames.SECRET_NAME, annotations);
        copy(group, GroupNames.SECRET_NAMESPACE, SnapshotNames.SECRET_NAMESPACE, annotations);
        String node = group.meta().labels().get(SnapshotNames.MANAGED_BY);
        PersistentVolume volume = member.volume();
        return new NewContent(
                GroupNames.memberContent(group.groupUid(), member.told().volumeHandle()),
                new ObjectReference(
                        "snapshot.storage.k8s.io/v1",
                        "VolumeSnapshot",
                        snapshot.key(),
                        snapshot.uid(),
                        snapshot.meta().resourceVersion()),
                null,
                group.driver(),
                group.deletionPolicy(),
                member.told().volumeHandle(),
                volume == null ? null : volume.volume().volumeMode(),
                List.of(SnapshotNames.CONTENT_BOUND),
                annotations,
                node == null ? Map.of() : Map.of(SnapshotNames.MANAGED_BY, node));
    }

    /** Members are looked up with the Secret that the group is taken with, whose template only the group can fill in. */
    private static void copy(
            VolumeGroupSnapshotContent group, String from, String to, Map<String, String> annotations) {
        String value = group.meta().annotation(from);
        if (value != null) {
            annotations.put(to, value);
        }
    }
}
