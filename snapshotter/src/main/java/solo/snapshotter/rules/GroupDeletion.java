package solo.snapshotter.rules;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import solo.kube.model.ObjectKey;
import solo.kube.model.Retry;
import solo.kube.model.VolumeGroupSnapshot;
import solo.kube.model.VolumeGroupSnapshotContent;
import solo.kube.model.VolumeSnapshot;
import solo.snapshotter.model.GroupDecision;
import solo.snapshotter.model.GroupEffect;
import solo.snapshotter.model.GroupEffect.DeleteContent;
import solo.snapshotter.model.GroupEffect.DeleteMember;
import solo.snapshotter.model.GroupEffect.LetContentGo;
import solo.snapshotter.model.GroupEffect.LookForContent;
import solo.snapshotter.model.GroupEffect.LookForMembers;
import solo.snapshotter.model.GroupEffect.Release;
import solo.snapshotter.model.GroupNames;
import solo.snapshotter.model.GroupReason.ContentGoing;
import solo.snapshotter.model.GroupReason.StillRestored;
import solo.snapshotter.model.GroupView;
import solo.snapshotter.model.GroupView.SeenMember;
import solo.snapshotter.model.SnapshotNames;
import solo.snapshotter.model.SnapshotView.Asked;

/**
 * What has to happen before a group that is being deleted can go? All its members are asked to go, whatever the policy,
 * then its content by the policy. The members wait for the group.
 */
final class GroupDeletion {
    private GroupDeletion() {}

    static GroupDecision decide(GroupView view) {
        VolumeGroupSnapshot group = view.group();
        if (!group.meta().hasFinalizer(GroupNames.BOUND)) {
            return GroupDecision.done();
        }
        GroupView.Restore restored = view.restored();
        if (restored != null) {
            return GroupDecision.waiting(new StillRestored(restored.snapshot(), group.key(), restored.claim()));
        }
        VolumeGroupSnapshotContent content = view.content();
        if (content == null && mayExist(view)) {
            return GroupDecision.run(new LookForContent(GroupNames.contentOf(group)));
        }
        List<ObjectKey> unknown = view.members().stream()
                .filter(one -> one.snapshot() == null && one.snapshotNotFound() == Asked.NOT_YET)
                .map(SeenMember::key)
                .toList();
        if (!unknown.isEmpty()) {
            return GroupDecision.run(new LookForMembers(unknown));
        }
        List<GroupEffect> effects = new ArrayList<>();
        members(view).filter(one -> !one.meta().deleting()).forEach(one -> effects.add(new DeleteMember(one)));
        return content != null && GroupRules.boundTo(group, content)
                ? withContent(content, effects)
                : released(effects);
    }

    /** Its content may have been made a moment ago, by another process, and not have been told of. */
    private static boolean mayExist(GroupView view) {
        VolumeGroupSnapshot.Status status = view.group().status();
        return view.contentNotFound() == Asked.NOT_YET
                && view.group().source().contentName() == null
                && (status == null || status.boundContentName() == null);
    }

    /** Those that the cache finds by their owner, and those that only the API server could have told of. */
    private static Stream<VolumeSnapshot> members(GroupView view) {
        return Stream.concat(
                view.owned().stream(),
                view.members().stream()
                        .map(SeenMember::snapshot)
                        .flatMap(Stream::ofNullable)
                        .filter(one -> one.groupOwner() != null
                                && one.groupOwner().uid().equals(view.group().uid()))
                        .filter(one -> view.owned().stream()
                                .noneMatch(owned -> owned.key().equals(one.key()))));
    }

    private static GroupDecision withContent(VolumeGroupSnapshotContent content, List<GroupEffect> effects) {
        if (content.meta().annotation(GroupNames.BEING_DELETED) == null) {
            effects.add(new LetContentGo(content));
        }
        if (!content.deletionPolicy().equals(SnapshotNames.DELETE)) {
            return released(effects);
        }
        if (!content.meta().deleting()) {
            effects.add(new DeleteContent(content));
        }
        return effects.isEmpty()
                ? new GroupDecision.Wait(new ContentGoing(content.key().name()), Retry.onChange())
                : new GroupDecision.Run(effects);
    }

    private static GroupDecision released(List<GroupEffect> effects) {
        effects.add(new Release(List.of(GroupNames.BOUND)));
        return new GroupDecision.Run(effects);
    }
}
