package solo.snapshotter;

import java.util.List;
import java.util.stream.Stream;
import solo.kube.Cluster;
import solo.kube.Kinds;
import solo.kube.model.ObjectKey;
import solo.kube.model.PersistentVolumeClaim;
import solo.kube.model.Projected;
import solo.kube.model.VolumeSnapshot;

/** The claims that are still to be filled from a snapshot, of any namespace and by either data source field. */
final class SnapshotRestores {
    private SnapshotRestores() {}

    static List<ObjectKey> of(VolumeSnapshot snapshot, Cluster cluster) {
        return cluster
                .store(Kinds.CLAIM)
                .byIndex(Kinds.CLAIM_BY_SOURCE, Kinds.source("VolumeSnapshot", snapshot.key()))
                .stream()
                .filter(claim -> claim.pending() && !claim.meta().deleting())
                .map(Projected::key)
                .sorted()
                .toList();
    }

    /** The snapshots that a claim is filled from. */
    static Stream<ObjectKey> sources(PersistentVolumeClaim claim) {
        return claim.dataSources()
                .filter(source -> source.kind().equals("VolumeSnapshot"))
                .map(source -> source.in(claim.key().namespace()))
                .distinct();
    }
}
