package solo.snapshotter.rules;

import java.util.ArrayList;
import java.util.List;
import solo.csi.model.Secrets;
import solo.kube.model.Actor;
import solo.kube.model.SecretReference;
import solo.kube.model.VolumeGroupSnapshotContent;
import solo.kube.model.VolumeGroupSnapshotContent.Member;
import solo.snapshotter.model.GroupAnswer;
import solo.snapshotter.model.GroupAnswer.Call;
import solo.snapshotter.model.GroupContentDecision;
import solo.snapshotter.model.GroupContentEffect;
import solo.snapshotter.model.GroupContentEffect.ClearStatus;
import solo.snapshotter.model.GroupContentEffect.Delete;
import solo.snapshotter.model.GroupContentEffect.ReadSecret;
import solo.snapshotter.model.GroupContentEffect.Release;
import solo.snapshotter.model.GroupContentReason.NotDeleted;
import solo.snapshotter.model.GroupContentView;
import solo.snapshotter.model.GroupNames;
import solo.snapshotter.model.SecretAnswer;
import solo.snapshotter.model.SnapshotNames;

/** What has to happen before the content of a group that may go is gone? Its class is not needed for it. */
final class GroupContentDeletion {
    private GroupContentDeletion() {}

    static GroupContentDecision decide(GroupContentView view) {
        VolumeGroupSnapshotContent content = view.content();
        String handle = content.handle();
        if (handle == null || !content.deletionPolicy().equals(SnapshotNames.DELETE)) {
            return release(content);
        }
        return switch (view.driver()) {
            case GroupAnswer.Deleted() -> deleted(content);
            case GroupAnswer.Refused(var call, var error)
            when call == Call.DELETE ->
                GroupContentDecision.waiting(
                        new NotDeleted("Failed to delete group snapshot", error.goText(), Actor.DRIVER));
            case GroupAnswer.NotAsked(), GroupAnswer.Taken _, GroupAnswer.Refused _ -> delete(view, handle);
        };
    }

    private static GroupContentDecision delete(GroupContentView view, String handle) {
        List<String> snapshots = snapshots(view.content());
        return switch (SnapshotSecrets.noted(view.content())) {
            case SecretReference.None() -> GroupContentDecision.run(new Delete(handle, snapshots, Secrets.NONE));
            case SecretReference.Bad(var why) -> unreadable(why);
            case SecretReference.Named(var key) ->
                switch (view.secret()) {
                    case SecretAnswer.NotAsked() -> GroupContentDecision.run(new ReadSecret(key));
                    case SecretAnswer.Read(var secrets) ->
                        GroupContentDecision.run(new Delete(handle, snapshots, secrets));
                    // A Secret that is gone would hold the content for ever; the driver says whether it needs it.
                    case SecretAnswer.Missing _ ->
                        GroupContentDecision.run(new Delete(handle, snapshots, Secrets.NONE));
                    case SecretAnswer.Unreadable(var why) -> unreadable(why);
                };
        };
    }

    /** All members, as CSI wants it. Where nobody knows any the driver is asked all the same: only it can tell. */
    private static List<String> snapshots(VolumeGroupSnapshotContent content) {
        VolumeGroupSnapshotContent.Handles handles = content.source().handles();
        return content.members().isEmpty() && handles != null
                ? handles.snapshots()
                : content.members().stream().map(Member::snapshotHandle).toList();
    }

    private static GroupContentDecision unreadable(String why) {
        return GroupContentDecision.waiting(
                new NotDeleted("Failed to get snapshot credentials", why, Actor.ADMINISTRATOR));
    }

    private static GroupContentDecision deleted(VolumeGroupSnapshotContent content) {
        List<GroupContentEffect> effects = new ArrayList<>();
        // With the last finalizer the object is gone; only one that others hold is still read by anybody.
        if (content.meta().finalizers().stream().anyMatch(one -> !one.equals(GroupNames.CONTENT_BOUND))) {
            effects.add(new ClearStatus());
        }
        if (content.meta().hasFinalizer(GroupNames.CONTENT_BOUND)) {
            effects.add(new Release());
        }
        return new GroupContentDecision.Run(effects);
    }

    private static GroupContentDecision release(VolumeGroupSnapshotContent content) {
        return content.meta().hasFinalizer(GroupNames.CONTENT_BOUND)
                ? GroupContentDecision.run(new Release())
                : GroupContentDecision.done();
    }
}
