package solo.snapshotter.model;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import solo.kube.model.Node;
import solo.kube.model.ObjectKey;
import solo.kube.model.PersistentVolume;
import solo.kube.model.PersistentVolumeClaim;
import solo.kube.model.VolumeSnapshot;
import solo.kube.model.VolumeSnapshotClass;
import solo.kube.model.VolumeSnapshotContent;

/**
 * Everything a decision about one VolumeSnapshot may look at.
 *
 * @param claim the claim it is taken of, null if there is none
 * @param volume the PersistentVolume of that claim
 * @param snapshotClass the class it names, null if it names none or there is none
 * @param defaults all classes that are the default of their driver, while it has neither class nor content
 * @param content the content it names or is bound to, else the one that is made for it; null if there is none
 * @param contentNotFound what the API server said when it was asked for that content
 * @param group the group it is part of, or is to be
 * @param restores claims that are still to be filled from it, once it is being deleted
 * @param nodes all nodes, only where contents tell theirs and one is to be made
 */
public record SnapshotView(
        VolumeSnapshot snapshot,
        @Nullable PersistentVolumeClaim claim,
        @Nullable PersistentVolume volume,
        @Nullable VolumeSnapshotClass snapshotClass,
        List<VolumeSnapshotClass> defaults,
        @Nullable VolumeSnapshotContent content,
        Asked contentNotFound,
        GroupOfSnapshot group,
        List<ObjectKey> restores,
        List<Node> nodes,
        Instant now) {

    public SnapshotView {
        defaults = List.copyOf(defaults);
        restores = List.copyOf(restores);
        nodes = List.copyOf(nodes);
    }

    /** Whether the absence of an object is only the cache's word. */
    public enum Asked {
        NOT_YET,
        CERTAIN
    }
}
