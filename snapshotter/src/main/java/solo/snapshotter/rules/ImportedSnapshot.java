package solo.snapshotter.rules;

import solo.kube.model.VolumeSnapshot;
import solo.kube.model.VolumeSnapshotContent;
import solo.snapshotter.model.SnapshotDecision;
import solo.snapshotter.model.SnapshotEffect.Bind;
import solo.snapshotter.model.SnapshotReason.ContentMisbound;
import solo.snapshotter.model.SnapshotReason.ContentMismatch;
import solo.snapshotter.model.SnapshotSettings;
import solo.snapshotter.model.SnapshotView;

/** When is a snapshot bound to a content that somebody has made beforehand? When each names the other. */
final class ImportedSnapshot {
    private ImportedSnapshot() {}

    static SnapshotDecision decide(SnapshotView view, String contentName) {
        VolumeSnapshot snapshot = view.snapshot();
        VolumeSnapshotContent content = view.content();
        if (content == null) {
            return SnapshotRules.missing(view, contentName);
        }
        if (content.source().snapshotHandle() == null) {
            return SnapshotDecision.waiting(new ContentMismatch(
                    "VolumeSnapshotContent is dynamically provisioned while expecting a pre-provisioned one"));
        }
        boolean free = content.snapshotUid().isEmpty();
        if (!snapshot.key().equals(content.snapshot())
                || !(free || content.snapshotUid().equals(snapshot.uid()))) {
            return SnapshotDecision.waiting(new ContentMisbound(contentName));
        }
        boolean classMissing = content.className() == null && snapshot.className() != null;
        return free || classMissing
                ? SnapshotDecision.run(new Bind(content, snapshot.className()))
                : SnapshotRules.follow(view, content, SnapshotSettings.DEFAULT);
    }
}
