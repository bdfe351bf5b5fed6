package solo.snapshotter.model;

import java.util.List;
import org.jspecify.annotations.Nullable;
import solo.kube.model.EventNote;
import solo.kube.model.ObjectKey;
import solo.kube.model.VolumeGroupSnapshot.Status;
import solo.kube.model.VolumeGroupSnapshotContent;
import solo.kube.model.VolumeSnapshot;
import solo.kube.model.VolumeSnapshotContent;

/**
 * One step with a VolumeGroupSnapshot. Each is safe to repeat; after any of them the process may die and the next
 * reconcile goes on from what the cluster holds.
 */
public sealed interface GroupEffect {

    /** Our finalizers and, where it names none, the class, in one write. */
    record Mark(List<String> finalizers, @Nullable String className) implements GroupEffect {
        public Mark {
            finalizers = List.copyOf(finalizers);
        }
    }

    /** One that is there already is as good: its answer becomes part of the view. */
    record CreateContent(NewGroupContent content) implements GroupEffect {}

    /** Asks the API server for a content that the cache does not have; the answer becomes part of the view. */
    record LookForContent(String name) implements GroupEffect {}

    /** Makes an imported content this group's. */
    record Bind(
            VolumeGroupSnapshotContent content, @Nullable String className) implements GroupEffect {}

    /** {@code news}: events that are sent once it is saved. */
    record SaveStatus(Status status, List<EventNote> news) implements GroupEffect {
        public SaveStatus {
            news = List.copyOf(news);
        }
    }

    /** The VolumeSnapshot of one volume; one that is there already is as good. */
    record CreateMember(NewMember member) implements GroupEffect {}

    /** Its content, bound from birth; one that is there already is as good. */
    record CreateMemberContent(NewContent content) implements GroupEffect {}

    /** The VolumeSnapshot was lost and made anew. */
    record RebindMember(VolumeSnapshotContent content, VolumeSnapshot member) implements GroupEffect {}

    /** What the driver said of one snapshot when it took the group. */
    record SaveMemberContent(VolumeSnapshotContent content, VolumeSnapshotContent.Status status)
            implements GroupEffect {}

    /** Tells a VolumeSnapshot of its content and its group. */
    record SaveMember(VolumeSnapshot member, VolumeSnapshot.Status status) implements GroupEffect {}

    /** Asks the API server for members that the cache does not have; the answers become part of the view. */
    record LookForMembers(List<ObjectKey> members) implements GroupEffect {
        public LookForMembers {
            members = List.copyOf(members);
        }
    }

    record DeleteMember(VolumeSnapshot member) implements GroupEffect {}

    /** Tells the driver's side that the content may go. */
    record LetContentGo(VolumeGroupSnapshotContent content) implements GroupEffect {}

    record DeleteContent(VolumeGroupSnapshotContent content) implements GroupEffect {}

    /** Takes our finalizers off; usually the group is gone with them. */
    record Release(List<String> finalizers) implements GroupEffect {
        public Release {
            finalizers = List.copyOf(finalizers);
        }
    }
}
