package solo.snapshotter.rules;

import java.util.ArrayList;
import java.util.List;
import solo.csi.model.Secrets;
import solo.kube.model.Actor;
import solo.kube.model.SecretReference;
import solo.kube.model.VolumeSnapshotContent;
import solo.snapshotter.model.ContentDecision;
import solo.snapshotter.model.ContentEffect;
import solo.snapshotter.model.ContentEffect.ClearStatus;
import solo.snapshotter.model.ContentEffect.Delete;
import solo.snapshotter.model.ContentEffect.ReadSecret;
import solo.snapshotter.model.ContentEffect.Release;
import solo.snapshotter.model.ContentReason.NotDeleted;
import solo.snapshotter.model.ContentView;
import solo.snapshotter.model.DriverAnswer;
import solo.snapshotter.model.DriverAnswer.Call;
import solo.snapshotter.model.SecretAnswer;
import solo.snapshotter.model.SnapshotNames;

/** What has to happen before a content that may go is gone? Its class is not needed for it. */
final class ContentDeletion {
    private ContentDeletion() {}

    static ContentDecision decide(ContentView view) {
        VolumeSnapshotContent content = view.content();
        String handle = content.snapshotHandle();
        boolean owed = handle != null
                && content.deletionPolicy().equals(SnapshotNames.DELETE)
                && content.status() != null
                && content.status().groupHandle() == null;
        if (!owed || handle == null) {
            return release(content);
        }
        return switch (view.driver()) {
            case DriverAnswer.Deleted() -> deleted(content);
            case DriverAnswer.Refused(var call, var error)
            when call == Call.DELETE ->
                ContentDecision.waiting(new NotDeleted("Failed to delete snapshot", error.goText(), Actor.DRIVER));
            case DriverAnswer.NotAsked(), DriverAnswer.Taken _, DriverAnswer.Unknown _, DriverAnswer.Refused _ ->
                delete(view, handle);
        };
    }

    private static ContentDecision delete(ContentView view, String handle) {
        return switch (SnapshotSecrets.noted(view.content())) {
            case SecretReference.None() -> ContentDecision.run(new Delete(handle, Secrets.NONE));
            case SecretReference.Bad(var why) -> unreadable(why);
            case SecretReference.Named(var key) ->
                switch (view.secret()) {
                    case SecretAnswer.NotAsked() -> ContentDecision.run(new ReadSecret(key));
                    case SecretAnswer.Read(var secrets) -> ContentDecision.run(new Delete(handle, secrets));
                    // A Secret that is gone would hold the content for ever; the driver says whether it needs it.
                    case SecretAnswer.Missing _ -> ContentDecision.run(new Delete(handle, Secrets.NONE));
                    case SecretAnswer.Unreadable(var why) -> unreadable(why);
                };
        };
    }

    private static ContentDecision unreadable(String why) {
        return ContentDecision.waiting(new NotDeleted("Failed to get snapshot credentials", why, Actor.ADMINISTRATOR));
    }

    private static ContentDecision deleted(VolumeSnapshotContent content) {
        List<ContentEffect> effects = new ArrayList<>();
        // With the last finalizer the object is gone; only one that others hold is still read by anybody.
        if (content.meta().finalizers().stream().anyMatch(one -> !one.equals(SnapshotNames.CONTENT_BOUND))) {
            effects.add(new ClearStatus());
        }
        if (content.meta().hasFinalizer(SnapshotNames.CONTENT_BOUND)) {
            effects.add(new Release());
        }
        return new ContentDecision.Run(effects);
    }

    private static ContentDecision release(VolumeSnapshotContent content) {
        return content.meta().hasFinalizer(SnapshotNames.CONTENT_BOUND)
                ? ContentDecision.run(new Release())
                : ContentDecision.done();
    }
}
