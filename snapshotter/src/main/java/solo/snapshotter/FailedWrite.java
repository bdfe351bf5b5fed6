package solo.snapshotter;

import org.jspecify.annotations.Nullable;
import solo.kube.model.EventNote;
import solo.kube.model.ObjectKey;
import solo.snapshotter.model.SnapshotEffect;

/** How is a write called that the API server did not take? Events have snapshot-controller's reasons. */
final class FailedWrite {
    private FailedWrite() {}

    static String text(SnapshotEffect effect) {
        return switch (effect) {
            case SnapshotEffect.Mark _ -> "Failed to check and update snapshot: ";
            case SnapshotEffect.ProtectClaim _ -> "could not add the finalizer of the claim: ";
            case SnapshotEffect.CreateContent _ -> "could not create the VolumeSnapshotContent: ";
            case SnapshotEffect.LookForContent _ -> "could not read the VolumeSnapshotContent: ";
            case SnapshotEffect.LookForGroup _ -> "could not read the VolumeGroupSnapshot: ";
            case SnapshotEffect.JoinGroup _ -> "could not make the VolumeGroupSnapshot the owner of the snapshot: ";
            case SnapshotEffect.Bind _ -> "Snapshot failed to bind VolumeSnapshotContent, ";
            case SnapshotEffect.SaveStatus _ -> "Snapshot status update failed, ";
            case SnapshotEffect.LetContentGo _ -> "could not mark the VolumeSnapshotContent as being deleted: ";
            case SnapshotEffect.DeleteContent _ -> "could not delete the VolumeSnapshotContent: ";
            case SnapshotEffect.Release _ -> "could not remove the finalizers of the snapshot: ";
        };
    }

    static @Nullable EventNote event(SnapshotEffect effect, ObjectKey snapshot, String why) {
        return switch (effect) {
            case SnapshotEffect.Mark _ -> EventNote.warning("SnapshotFinalizerError", text(effect) + why);
            case SnapshotEffect.CreateContent _ ->
                EventNote.warning(
                        "CreateSnapshotContentFailed",
                        "Error creating volume snapshot content object for snapshot " + snapshot + ": " + why + ".");
            case SnapshotEffect.Bind _ -> EventNote.warning("SnapshotBindFailed", text(effect) + why);
            case SnapshotEffect.SaveStatus _ -> EventNote.warning("SnapshotStatusUpdateFailed", text(effect) + why);
            case SnapshotEffect.DeleteContent _ ->
                EventNote.warning("SnapshotContentObjectDeleteError", "Failed to delete snapshot content API object");
            case SnapshotEffect.ProtectClaim _,
                    SnapshotEffect.LookForContent _,
                    SnapshotEffect.LookForGroup _,
                    SnapshotEffect.JoinGroup _,
                    SnapshotEffect.LetContentGo _,
                    SnapshotEffect.Release _ -> null;
        };
    }
}
