package solo.snapshotter.rules;

import org.jspecify.annotations.Nullable;
import solo.csi.model.Secrets;
import solo.kube.model.SecretReference;
import solo.kube.model.VolumeSnapshotContent;
import solo.kube.model.VolumeSnapshotContent.Status;
import solo.snapshotter.model.ContentDecision;
import solo.snapshotter.model.ContentEffect.LookUp;
import solo.snapshotter.model.ContentEffect.ReadSecret;
import solo.snapshotter.model.ContentReason.Problem;
import solo.snapshotter.model.ContentView;
import solo.snapshotter.model.SecretAnswer;

/** How is a snapshot looked up that the storage has already? */
final class ContentLookUp {
    private ContentLookUp() {}

    /** The handle of a snapshot that is not ours to take: imported, or taken with a group. Null for all others. */
    static @Nullable String handle(VolumeSnapshotContent content) {
        Status status = content.status();
        if (content.source().snapshotHandle() != null) {
            return status != null && status.snapshotHandle() != null
                    ? status.snapshotHandle()
                    : content.source().snapshotHandle();
        }
        return status != null && status.groupHandle() != null ? status.snapshotHandle() : null;
    }

    static ContentDecision decide(ContentView view, String handle) {
        VolumeSnapshotContent content = view.content();
        return switch (secret(view)) {
            case SecretReference.None() -> ContentDecision.run(new LookUp(handle, Secrets.NONE));
            case SecretReference.Bad(var why) -> noSecret(content, why);
            case SecretReference.Named(var key) ->
                switch (view.secret()) {
                    case SecretAnswer.NotAsked() -> ContentDecision.run(new ReadSecret(key));
                    case SecretAnswer.Read(var secrets) -> ContentDecision.run(new LookUp(handle, secrets));
                    case SecretAnswer.Missing(var why) -> noSecret(content, why);
                    case SecretAnswer.Unreadable(var why) -> noSecret(content, why);
                };
        };
    }

    /** An imported one has the list Secret of its class, one of a group the Secret it was taken with. */
    private static SecretReference secret(ContentView view) {
        VolumeSnapshotContent content = view.content();
        if (content.source().snapshotHandle() == null) {
            return SnapshotSecrets.noted(content);
        }
        if (content.className() == null) {
            return new SecretReference.None();
        }
        return view.snapshotClass() == null
                ? new SecretReference.Bad("failed to get snapshot class " + content.className() + ": not found")
                : SnapshotSecrets.ofListing(
                        view.snapshotClass().parameters(), content.key().name());
    }

    private static ContentDecision noSecret(VolumeSnapshotContent content, String why) {
        return ContentDecision.waiting(ContentCreation.problem(
                content, new Problem.SecretUnusable(content.key().name(), why)));
    }
}
