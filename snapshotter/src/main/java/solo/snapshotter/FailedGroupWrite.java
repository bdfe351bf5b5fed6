package solo.snapshotter;

import org.jspecify.annotations.Nullable;
import solo.kube.model.EventNote;
import solo.kube.model.ObjectKey;
import solo.snapshotter.model.GroupEffect;

/** How is a write for a group called that the API server did not take? Events have snapshot-controller's reasons. */
final class FailedGroupWrite {
    private FailedGroupWrite() {}

    static String text(GroupEffect effect) {
        return switch (effect) {
            case GroupEffect.Mark _ -> "Failed to check and update group snapshot: ";
            case GroupEffect.CreateContent _ -> "could not create the VolumeGroupSnapshotContent: ";
            case GroupEffect.LookForContent _ -> "could not read the VolumeGroupSnapshotContent: ";
            case GroupEffect.Bind _ -> "GroupSnapshot failed to bind VolumeGroupSnapshotContent, ";
            case GroupEffect.SaveStatus _ -> "GroupSnapshot status update failed, ";
            case GroupEffect.CreateMember(var member) -> "could not create VolumeSnapshot " + member.key() + ": ";
            case GroupEffect.CreateMemberContent(var content) ->
                "could not create VolumeSnapshotContent " + content.name() + ": ";
            case GroupEffect.RebindMember(var content, var member) ->
                "could not bind VolumeSnapshotContent " + content.key() + ": ";
            case GroupEffect.SaveMemberContent(var content, var status) ->
                "could not save the status of VolumeSnapshotContent " + content.key() + ": ";
            case GroupEffect.SaveMember(var member, var status) ->
                "could not save the status of VolumeSnapshot " + member.key() + ": ";
            case GroupEffect.LookForMembers _ -> "could not read a VolumeSnapshot of the group: ";
            case GroupEffect.DeleteMember(var member) ->
                "failed to delete snapshot API object " + member.key() + " part of the group snapshot: ";
            case GroupEffect.LetContentGo _ -> "could not mark the VolumeGroupSnapshotContent as being deleted: ";
            case GroupEffect.DeleteContent _ -> "could not delete the VolumeGroupSnapshotContent: ";
            case GroupEffect.Release _ -> "could not remove the finalizer of the group snapshot: ";
        };
    }

    static @Nullable EventNote event(GroupEffect effect, ObjectKey group, String why) {
        return switch (effect) {
            case GroupEffect.Mark _ -> EventNote.warning("GroupSnapshotFinalizerError", text(effect) + why);
            case GroupEffect.CreateContent _ ->
                EventNote.warning(
                        "CreateGroupSnapshotContentFailed",
                        "Error creating volume group snapshot content object for group snapshot " + group + ": " + why
                                + ".");
            case GroupEffect.Bind _ -> EventNote.warning("GroupSnapshotBindFailed", text(effect) + why);
            case GroupEffect.SaveStatus _,
                    GroupEffect.CreateMember _,
                    GroupEffect.CreateMemberContent _,
                    GroupEffect.RebindMember _,
                    GroupEffect.SaveMemberContent _,
                    GroupEffect.SaveMember _ ->
                EventNote.warning("GroupSnapshotStatusUpdateFailed", text(effect) + why);
            case GroupEffect.DeleteMember _ -> EventNote.warning("SnapshotDeleteError", text(effect) + why);
            case GroupEffect.DeleteContent _ ->
                EventNote.warning(
                        "GroupSnapshotContentObjectDeleteError", "Failed to delete group snapshot content API object");
            case GroupEffect.LookForContent _,
                    GroupEffect.LookForMembers _,
                    GroupEffect.LetContentGo _,
                    GroupEffect.Release _ -> null;
        };
    }
}
