package solo.snapshotter.model;

import solo.csi.model.Secrets;
import solo.kube.model.ObjectKey;
import solo.kube.model.VolumeSnapshotContent.Status;

/**
 * One step with a content. Each is safe to repeat; after any of them the process may die and the next reconcile goes on
 * from what the cluster holds.
 */
public sealed interface ContentEffect {

    /** Its answer becomes part of the view. */
    record ReadSecret(ObjectKey secret) implements ContentEffect {}

    /**
     * Before each CreateSnapshot: from now on the content stays until the driver has given a definite answer. Goes wrong if
     * the content is not any more what was seen; then the driver is not asked.
     */
    record MarkBeingCreated() implements ContentEffect {}

    /** CreateSnapshot; its answer, also a refusal, becomes part of the view. */
    record Take(TakeRequest request) implements ContentEffect {}

    /** ListSnapshots with this one id; its answer, also a refusal, becomes part of the view. */
    record LookUp(String handle, Secrets secrets) implements ContentEffect {}

    record SaveStatus(Status status) implements ContentEffect {}

    record UnmarkBeingCreated() implements ContentEffect {}

    /** DeleteSnapshot; its answer, also a refusal, becomes part of the view. */
    record Delete(String handle, Secrets secrets) implements ContentEffect {}

    /** For a content that others still hold on to: nobody may take its snapshot for one that exists. */
    record ClearStatus() implements ContentEffect {}

    /** Takes our finalizer off; usually the content is gone with it. */
    record Release() implements ContentEffect {}
}
