package solo.snapshotter.model;

import java.util.List;
import solo.csi.model.Secrets;
import solo.kube.model.ObjectKey;
import solo.kube.model.VolumeGroupSnapshotContent.Status;

/**
 * One step with the content of a group. Each is safe to repeat; after any of them the process may die and the next
 * reconcile goes on from what the cluster holds.
 */
public sealed interface GroupContentEffect {

    /** Its answer becomes part of the view. */
    record ReadSecret(ObjectKey secret) implements GroupContentEffect {}

    /**
     * Before each CreateVolumeGroupSnapshot: from now on the content stays until the driver has given a definite answer.
     * Goes wrong if the content is not any more what was seen; then the driver is not asked.
     */
    record MarkBeingCreated() implements GroupContentEffect {}

    /** CreateVolumeGroupSnapshot; its answer, also a refusal, becomes part of the view. */
    record Take(GroupTakeRequest request) implements GroupContentEffect {}

    /** GetVolumeGroupSnapshot; its answer, also a refusal, becomes part of the view. */
    record Get(String handle, List<String> snapshots, Secrets secrets) implements GroupContentEffect {
        public Get {
            snapshots = List.copyOf(snapshots);
        }
    }

    record SaveStatus(Status status) implements GroupContentEffect {}

    record UnmarkBeingCreated() implements GroupContentEffect {}

    /** DeleteVolumeGroupSnapshot; its answer, also a refusal, becomes part of the view. */
    record Delete(String handle, List<String> snapshots, Secrets secrets) implements GroupContentEffect {
        public Delete {
            snapshots = List.copyOf(snapshots);
        }
    }

    /** For a content that others still hold on to: nobody may take its group for one that exists. */
    record ClearStatus() implements GroupContentEffect {}

    /** Takes our finalizer off; usually the content is gone with it. */
    record Release() implements GroupContentEffect {}
}
