package solo.snapshotter.model;

import java.util.List;
import org.jspecify.annotations.Nullable;
import solo.kube.model.EventNote;
import solo.kube.model.ObjectKey;
import solo.kube.model.PersistentVolumeClaim;
import solo.kube.model.VolumeGroupSnapshot;
import solo.kube.model.VolumeSnapshot.Status;
import solo.kube.model.VolumeSnapshotContent;

/**
 * One step with a VolumeSnapshot. Each is safe to repeat; after any of them the process may die and the next reconcile
 * goes on from what the cluster holds.
 */
public sealed interface SnapshotEffect {

    /** Our finalizers and, where it names none, the class, in one write. */
    record Mark(List<String> finalizers, @Nullable String className) implements SnapshotEffect {
        public Mark {
            finalizers = List.copyOf(finalizers);
        }
    }

    /** The claim stays until its snapshot is taken. */
    record ProtectClaim(PersistentVolumeClaim claim) implements SnapshotEffect {}

    /** One that is there already is as good: its answer becomes part of the view. */
    record CreateContent(NewContent content) implements SnapshotEffect {}

    /** Asks the API server for a content that the cache does not have; the answer becomes part of the view. */
    record LookForContent(String name) implements SnapshotEffect {}

    /** Asks the API server for a group that the cache does not have; the answer becomes part of the view. */
    record LookForGroup(ObjectKey group) implements SnapshotEffect {}

    /** Makes the group the owner of a snapshot that was imported with it. */
    record JoinGroup(VolumeGroupSnapshot group) implements SnapshotEffect {}

    /** Makes an imported content this snapshot's. */
    record Bind(VolumeSnapshotContent content, @Nullable String className) implements SnapshotEffect {}

    /** {@code news}: events that are sent once it is saved. */
    record SaveStatus(Status status, List<EventNote> news) implements SnapshotEffect {
        public SaveStatus {
            news = List.copyOf(news);
        }
    }

    /** Tells a driver's side elsewhere that the content may go. */
    record LetContentGo(VolumeSnapshotContent content) implements SnapshotEffect {}

    record DeleteContent(VolumeSnapshotContent content) implements SnapshotEffect {}

    /** Takes our finalizers off; usually the snapshot is gone with them. */
    record Release(List<String> finalizers) implements SnapshotEffect {
        public Release {
            finalizers = List.copyOf(finalizers);
        }
    }
}
