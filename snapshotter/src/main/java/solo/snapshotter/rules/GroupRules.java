package solo.snapshotter.rules;

import java.util.ArrayList;
import java.util.List;
import solo.kube.model.EventNote;
import solo.kube.model.Retry;
import solo.kube.model.VolumeGroupSnapshot;
import solo.kube.model.VolumeGroupSnapshot.Status;
import solo.kube.model.VolumeGroupSnapshotContent;
import solo.snapshotter.model.Finding;
import solo.snapshotter.model.GroupDecision;
import solo.snapshotter.model.GroupEffect;
import solo.snapshotter.model.GroupEffect.LookForContent;
import solo.snapshotter.model.GroupEffect.Mark;
import solo.snapshotter.model.GroupEffect.SaveStatus;
import solo.snapshotter.model.GroupNames;
import solo.snapshotter.model.GroupReason;
import solo.snapshotter.model.GroupReason.ContentMissing;
import solo.snapshotter.model.GroupReason.NotTakenYet;
import solo.snapshotter.model.GroupReason.SourceMalformed;
import solo.snapshotter.model.GroupView;
import solo.snapshotter.model.SnapshotSettings;
import solo.snapshotter.model.SnapshotView.Asked;

/** What has to be done about a VolumeGroupSnapshot? (snapshot-controller, syncGroupSnapshot.) */
public final class GroupRules {
    private GroupRules() {}

    public static GroupDecision decide(GroupView view, SnapshotSettings settings) {
        VolumeGroupSnapshot group = view.group();
        VolumeGroupSnapshot.Source source = group.source();
        if (group.meta().deleting()) {
            return GroupDeletion.decide(view);
        }
        if ((source.selector() == null) == (source.contentName() == null)) {
            return GroupDecision.waiting(new SourceMalformed());
        }
        return source.contentName() == null
                ? TakenOfClaims.decide(view, settings)
                : ImportedGroup.decide(view, source.contentName());
    }

    /** True if the content's reference is to this very group. */
    public static boolean boundTo(VolumeGroupSnapshot group, VolumeGroupSnapshotContent content) {
        return group.key().equals(content.group()) && group.uid().equals(content.groupUid());
    }

    /** That a content is missing is told only when the API server says so, too. */
    static GroupDecision missing(GroupView view, String name) {
        return view.contentNotFound() == Asked.NOT_YET
                ? GroupDecision.run(new LookForContent(name))
                : GroupDecision.waiting(new ContentMissing(name));
    }

    /** Finalizer, members and status of a group whose content is in order. It is ready when all members are there. */
    static GroupDecision follow(GroupView view, VolumeGroupSnapshotContent content) {
        VolumeGroupSnapshot group = view.group();
        List<GroupEffect> effects = new ArrayList<>();
        if (!group.meta().hasFinalizer(GroupNames.BOUND)) {
            effects.add(new Mark(List.of(GroupNames.BOUND), null));
        }
        Status before = group.status() == null ? Status.EMPTY : group.status();
        if (before.boundContentName() == null) {
            Status bound = new Status(content.key().name(), before.creationTime(), Boolean.FALSE, before.error());
            effects.add(new SaveStatus(bound, List.of()));
        }
        if (!effects.isEmpty()) {
            return new GroupDecision.Run(effects);
        }
        if (!group.ready()) {
            switch (GroupMembers.next(view, content)) {
                case Finding.Refused<List<GroupEffect>, GroupReason>(GroupReason reason) -> {
                    return GroupDecision.waiting(reason);
                }
                case Finding.Found<List<GroupEffect>, GroupReason>(List<GroupEffect> steps) -> effects.addAll(steps);
            }
        }
        if (!effects.isEmpty()) {
            return new GroupDecision.Run(effects);
        }
        Status status = StatusOf.group(group.status(), content);
        if (!status.equals(group.status())) {
            return GroupDecision.run(new SaveStatus(status, news(group, before, status)));
        }
        String error = content.status() == null || content.status().error() == null
                ? null
                : content.status().error().message();
        return content.ready()
                ? GroupDecision.done()
                : new GroupDecision.Wait(new NotTakenYet(content.key().name(), error), Retry.onChange());
    }

    private static List<EventNote> news(VolumeGroupSnapshot group, Status before, Status now) {
        List<EventNote> news = new ArrayList<>();
        if (before.creationTime() == null && now.creationTime() != null) {
            news.add(EventNote.normal(
                    "GroupSnapshotCreated",
                    "GroupSnapshot " + group.key() + " was successfully created by the CSI driver."));
        }
        if (!group.ready() && Boolean.TRUE.equals(now.readyToUse())) {
            news.add(EventNote.normal("GroupSnapshotReady", "GroupSnapshot " + group.key() + " is ready to use."));
        }
        return news;
    }
}
