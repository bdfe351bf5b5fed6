package solo.snapshotter.rules;

import java.util.ArrayList;
import java.util.List;
import solo.kube.model.VolumeGroupSnapshot;
import solo.kube.model.VolumeGroupSnapshotContent;
import solo.snapshotter.model.Finding;
import solo.snapshotter.model.GroupDecision;
import solo.snapshotter.model.GroupEffect;
import solo.snapshotter.model.GroupEffect.CreateContent;
import solo.snapshotter.model.GroupEffect.Mark;
import solo.snapshotter.model.GroupNames;
import solo.snapshotter.model.GroupReason;
import solo.snapshotter.model.GroupReason.ContentMisbound;
import solo.snapshotter.model.GroupReason.ContentMismatch;
import solo.snapshotter.model.GroupView;
import solo.snapshotter.model.NewGroupContent;
import solo.snapshotter.model.SnapshotSettings;

/** How does a group of claims come to its content? Its name is the group's uid, so it is made once. */
final class TakenOfClaims {
    private TakenOfClaims() {}

    static GroupDecision decide(GroupView view, SnapshotSettings settings) {
        VolumeGroupSnapshot group = view.group();
        VolumeGroupSnapshotContent content = view.content();
        if (content == null) {
            VolumeGroupSnapshot.Status status = group.status();
            // It was taken once. Whatever became of it, a new one would not be what the user has.
            return status != null && status.boundContentName() != null && status.creationTime() != null
                    ? GroupRules.missing(view, status.boundContentName())
                    : create(view, settings);
        }
        String name = content.key().name();
        if (content.source().handles() != null) {
            return GroupDecision.waiting(new ContentMismatch("VolumeGroupSnapshotContent " + name
                    + " is pre-provisioned while expecting a dynamically provisioned one"));
        }
        return GroupRules.boundTo(group, content)
                ? GroupRules.follow(view, content)
                : GroupDecision.waiting(new ContentMisbound(name));
    }

    private static GroupDecision create(GroupView view, SnapshotSettings settings) {
        NewGroupContent content;
        switch (GroupContentToCreate.of(view, settings)) {
            case Finding.Refused<NewGroupContent, GroupReason>(GroupReason reason) -> {
                return GroupDecision.waiting(reason);
            }
            case Finding.Found<NewGroupContent, GroupReason>(NewGroupContent found) -> content = found;
        }
        VolumeGroupSnapshot group = view.group();
        List<GroupEffect> effects = new ArrayList<>();
        // The finalizer first: a group that could go unnoticed from here on would leave its content behind.
        List<String> finalizers = group.meta().hasFinalizer(GroupNames.BOUND) ? List.of() : List.of(GroupNames.BOUND);
        if (!finalizers.isEmpty() || group.className() == null) {
            effects.add(new Mark(finalizers, group.className() == null ? content.className() : null));
        }
        effects.add(new CreateContent(content));
        return new GroupDecision.Run(effects);
    }
}
