package solo.snapshotter;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import solo.kube.Clock;
import solo.kube.Cluster;
import solo.kube.Kinds;
import solo.kube.Store;
import solo.kube.model.Node;
import solo.kube.model.ObjectKey;
import solo.kube.model.PersistentVolume;
import solo.kube.model.PersistentVolumeClaim;
import solo.kube.model.VolumeGroupSnapshot;
import solo.kube.model.VolumeGroupSnapshotContent;
import solo.kube.model.VolumeSnapshot;
import solo.kube.model.VolumeSnapshotClass;
import solo.kube.model.VolumeSnapshotContent;
import solo.snapshotter.model.GroupOfSnapshot;
import solo.snapshotter.model.GroupOfSnapshot.Standing;
import solo.snapshotter.model.SnapshotNames;
import solo.snapshotter.model.SnapshotSettings;
import solo.snapshotter.model.SnapshotSettings.Distribution;
import solo.snapshotter.model.SnapshotSettings.Groups;
import solo.snapshotter.model.SnapshotView;
import solo.snapshotter.model.SnapshotView.Asked;

/** Puts together what a decision about a snapshot looks at, from the caches. */
final class SnapshotViews {

    /** What the API server itself said; what was {@code found} is null with CERTAIN: there is none. */
    record Live(
            Asked asked,
            @Nullable VolumeSnapshotContent found,
            Asked groupAsked,
            @Nullable VolumeGroupSnapshot group) {
        static final Live NOTHING = new Live(Asked.NOT_YET, null, Asked.NOT_YET, null);

        Live withContent(@Nullable VolumeSnapshotContent content) {
            return new Live(Asked.CERTAIN, content, groupAsked, group);
        }

        Live withGroup(@Nullable VolumeGroupSnapshot one) {
            return new Live(asked, found, Asked.CERTAIN, one);
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
        if (settings.groups() == Groups.SERVED) {
            var _ = cluster.store(Kinds.GROUP_SNAPSHOT);
            var _ = cluster.store(Kinds.GROUP_SNAPSHOT_CONTENT);
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
                group(snapshot, content, live),
                snapshot.meta().deleting() ? SnapshotRestores.of(snapshot, cluster) : List.of(),
                content == null ? nodes() : List.of(),
                clock.now());
    }

    /** By owner or status, else by what the driver said of the content. */
    private GroupOfSnapshot group(VolumeSnapshot snapshot, @Nullable VolumeSnapshotContent content, Live live) {
        String name = snapshot.groupName();
        if (name == null) {
            return settings.groups() == Groups.SERVED && content != null
                    ? new GroupOfSnapshot(Standing.ALONE, importedWith(snapshot, content))
                    : GroupOfSnapshot.NONE;
        }
        VolumeGroupSnapshot cached = settings.groups() == Groups.SERVED
                ? ofSnapshot(
                        snapshot,
                        cluster.store(Kinds.GROUP_SNAPSHOT)
                                .get(new ObjectKey(snapshot.key().namespace(), name)))
                : null;
        VolumeGroupSnapshot known = cached == null ? ofSnapshot(snapshot, live.group()) : cached;
        if (known != null) {
            boolean goes = known.meta().deleting();
            return new GroupOfSnapshot(goes ? Standing.GOES : Standing.STANDS, goes ? null : known);
        }
        return new GroupOfSnapshot(live.groupAsked() == Asked.NOT_YET ? Standing.NOT_SEEN : Standing.GONE, null);
    }

    /** Null for a namesake. */
    private static @Nullable VolumeGroupSnapshot ofSnapshot(
            VolumeSnapshot snapshot, @Nullable VolumeGroupSnapshot group) {
        VolumeSnapshot.GroupOwner owner = snapshot.groupOwner();
        return group == null || (owner != null && !owner.uid().equals(group.uid())) ? null : group;
    }

    private @Nullable VolumeGroupSnapshot importedWith(VolumeSnapshot snapshot, VolumeSnapshotContent content) {
        String handle = content.status() == null ? null : content.status().groupHandle();
        if (handle == null) {
            return null;
        }
        return cluster
                .store(Kinds.GROUP_SNAPSHOT_CONTENT)
                .byIndex(Kinds.GROUP_CONTENT_BY_HANDLE, Kinds.handle(content.driver(), handle))
                .stream()
                .map(this::groupOf)
                .flatMap(Stream::ofNullable)
                .filter(group -> group.key().namespace().equals(snapshot.key().namespace())
                        && !group.meta().deleting())
                .findFirst()
                .orElse(null);
    }

    private @Nullable VolumeGroupSnapshot groupOf(VolumeGroupSnapshotContent content) {
        VolumeGroupSnapshot group = content.group() == null
                ? null
                : cluster.store(Kinds.GROUP_SNAPSHOT).get(content.group());
        return group != null && group.uid().equals(content.groupUid()) ? group : null;
    }

    private List<Node> nodes() {
        return settings.distribution() == Distribution.BY_NODE
                ? cluster.store(Kinds.NODE).all()
                : List.of();
    }
}
