package solo.snapshotter.rules;

import solo.kube.model.VolumeGroupSnapshot;
import solo.kube.model.VolumeGroupSnapshotContent;
import solo.snapshotter.model.GroupDecision;
import solo.snapshotter.model.GroupEffect.Bind;
import solo.snapshotter.model.GroupReason.ContentMisbound;
import solo.snapshotter.model.GroupReason.ContentMismatch;
import solo.snapshotter.model.GroupView;

/** When is a group bound to a content that somebody has made beforehand? When each names the other. */
final class ImportedGroup {
    private ImportedGroup() {}

    static GroupDecision decide(GroupView view, String contentName) {
        VolumeGroupSnapshot group = view.group();
        VolumeGroupSnapshotContent content = view.content();
        if (content == null) {
            return GroupRules.missing(view, contentName);
        }
        if (content.source().handles() == null) {
            return GroupDecision.waiting(new ContentMismatch(
                    "VolumeGroupSnapshotContent is dynamically provisioned while expecting a pre-provisioned one"));
        }
        boolean free = content.groupUid().isEmpty();
        if (!group.key().equals(content.group()) || !(free || content.groupUid().equals(group.uid()))) {
            return GroupDecision.waiting(new ContentMisbound(contentName));
        }
        boolean classMissing = content.className() == null && group.className() != null;
        return free || classMissing
                ? GroupDecision.run(new Bind(content, group.className()))
                : GroupRules.follow(view, content);
    }
}
