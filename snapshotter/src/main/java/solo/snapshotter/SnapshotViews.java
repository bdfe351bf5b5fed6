package solo.snapshotter;

import java.util.List;
import org.jspecify.annotations.Nullable;
import solo.kube.Clock;
import solo.kube.Cluster;
import solo.kube.Kinds;
import solo.kube.Store;
import solo.kube.model.Node;
import solo.kube.model.ObjectKey;
import solo.kube.model.PersistentVolume;
import solo.kube.model.PersistentVolumeClaim;
import solo.kube.model.VolumeSnapshot;
import solo.kube.model.VolumeSnapshotClass;
import solo.kube.model.VolumeSnapshotContent;
import solo.snapshotter.model.SnapshotNames;
import solo.snapshotter.model.SnapshotSettings;
import solo.snapshotter.model.SnapshotSettings.Distribution;
import solo.snapshotter.model.SnapshotView;
import solo.snapshotter.model.SnapshotView.Asked;

/** Puts together what a decision about a snapshot looks at, from the caches. */
final class SnapshotViews {

    /** What the API server itself said of the content; {@code found} null with CERTAIN: there is none. */
    record Live(Asked asked, @Nullable VolumeSnapshotContent found) {
        static final Live NOTHING = new Live(Asked.NOT_YET, null);

        static Live of(@Nullable VolumeSnapshotContent found) {
            return new Live(Asked.CERTAIN, found);
        }
    }

    private final Cluster cluster;
    private final Clock clock;
    private final SnapshotSettings settings;
    private final Store<VolumeSnapshot> snapshots;
    private final Store<VolumeSnapshotContent> contents;
    private final Store<VolumeSnapshotClass> classes;
    private final Store<PersistentVolumeClaim> claims;
    private final Store<PersistentVolume> volumes;

    SnapshotViews(Cluster cluster, Clock clock, SnapshotSettings settings) {
        this.cluster = cluster;
        this.clock = clock;
        this.settings = settings;
        this.snapshots = cluster.store(Kinds.SNAPSHOT);
        this.contents = cluster.store(Kinds.SNAPSHOT_CONTENT);
        this.classes = cluster.store(Kinds.SNAPSHOT_CLASS);
        this.claims = cluster.store(Kinds.CLAIM);
        this.volumes = cluster.store(Kinds.VOLUME);
        if (settings.distribution() == Distribution.BY_NODE) {
            var _ = cluster.store(Kinds.NODE);
        }
    }

    /** Null if there is no such snapshot. */
    @Nullable
    SnapshotView of(ObjectKey key, Live live) {
        VolumeSnapshot snapshot = snapshots.get(key);
        if (snapshot == null) {
            return null;
        }
        PersistentVolumeClaim claim = snapshot.claim() == null ? null : claims.get(snapshot.claim());
        String volume = claim == null ? null : claim.spec().volumeName();
        VolumeSnapshotContent cached = contents.get(ObjectKey.cluster(SnapshotNames.contentOf(snapshot)));
        VolumeSnapshotContent content = cached == null ? live.found() : cached;
        return new SnapshotView(
                snapshot,
                claim,
                volume == null ? null : volumes.get(ObjectKey.cluster(volume)),
                snapshot.className() == null ? null : classes.get(ObjectKey.cluster(snapshot.className())),
                content == null && snapshot.className() == null
                        ? classes.all().stream()
                                .filter(VolumeSnapshotClass::isDefault)
                                .toList()
                        : List.of(),
                content,
                live.asked(),
                snapshot.meta().deleting() ? SnapshotRestores.of(snapshot, cluster) : List.of(),
                content == null ? nodes() : List.of(),
                clock.now());
    }

    private List<Node> nodes() {
        return settings.distribution() == Distribution.BY_NODE
                ? cluster.store(Kinds.NODE).all()
                : List.of();
    }
}
