package solo.driver.backend;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import solo.csi.model.ContentSource;
import solo.csi.model.VolumeCapability;
import solo.csi.model.VolumeCapability.AccessType.Block;
import solo.csi.model.VolumeCapability.AccessType.Mount;
import solo.driver.linux.FileSystemUsage;
import solo.driver.linux.MountAttributes;
import solo.driver.linux.SparseFile;
import solo.driver.mount.MountOrigin;
import solo.driver.mount.MountTable;
import solo.driver.mount.Mounts;
import solo.driver.state.Disk;
import solo.driver.state.Snapshot;
import solo.driver.state.Volume;
import solo.driver.state.VolumeSpec;

/** A volume is a directory, shown to pods by bind mounts. Its size is a limit where {@link DirQuota} can make it one. */
public final class DirBackend implements Backend {
    // Any pod may run as any user; nobody gets past the directory above but through a mount.
    private static final String VOLUME_MODE = "rwxrwxrwx";

    private final PoolDirectory volumes;
    private final PoolDirectory snapshots;
    private final Disk disk;
    private final Mounts mounts;
    private final DirQuota quota;

    private DirBackend(PoolDirectory volumes, PoolDirectory snapshots, Disk disk, Mounts mounts, DirQuota quota) {
        this.volumes = volumes;
        this.snapshots = snapshots;
        this.disk = disk;
        this.mounts = mounts;
        this.quota = quota;
    }

    /** Below the state directory, which exists and is a real path. */
    public static DirBackend open(Path stateDirectory, Disk disk, Mounts mounts) throws IOException {
        PoolDirectory volumes = PoolDirectory.open(stateDirectory, "dir", disk);
        return new DirBackend(
                volumes,
                PoolDirectory.open(stateDirectory, "dir-snapshots", disk),
                disk,
                mounts,
                DirQuota.of(volumes.path(), mounts.quotas()));
    }

    @Override
    public String name() {
        return "dir";
    }

    @Override
    public Set<String> parameters() {
        return Set.of(DirQuota.PARAMETER);
    }

    @Override
    public Optional<String> refusal(VolumeSpec spec, VolumeCapability capability) {
        return quota.refusal(spec).or(() -> refusal(capability));
    }

    private static Optional<String> refusal(VolumeCapability capability) {
        return switch (capability.accessType()) {
            case Block() ->
                Optional.of("the backend dir cannot offer raw block volumes; use volumeMode Filesystem, or the backend"
                        + " image");
            case Mount(String fsType, List<String> _)
            when !fsType.isEmpty() ->
                Optional.of("the backend dir has no filesystem of its own, so it cannot be " + fsType
                        + "; leave fsType out of the StorageClass, or use the backend image");
            case Mount(String _, List<String> flags) ->
                flags.stream()
                        .filter(flag -> !MountAttributes.known().contains(flag))
                        .findFirst()
                        .map(flag -> "the backend dir does not know the mount option " + flag + "; it knows "
                                + String.join(", ", MountAttributes.known()));
        };
    }

    @Override
    public Optional<String> refusal(VolumeSpec spec, ContentSource source) {
        return Optional.empty();
    }

    @Override
    public List<MutableParameter> mutableParameters(VolumeSpec spec) {
        return List.of(MutableParameter.ATIME);
    }

    @Override
    public long fitting(VolumeSpec spec, long bytes) {
        return bytes;
    }

    @Override
    public boolean usesProjects() {
        return quota.offered();
    }

    @Override
    public long chooseProject(String id, Set<Long> others) throws IOException {
        return quota.choose(id, others);
    }

    @Override
    public void create(Volume volume) throws IOException {
        disk.makeDirectory(volumes.of(volume.id()), VOLUME_MODE);
        volumes.sync();
        quota.assign(volumes.of(volume.id()), volume.home().project());
        if (volume.spec().source().isEmpty()) {
            quota.limit(volume.home().project(), volume.home().capacityBytes());
        }
    }

    @Override
    public void fill(Volume volume, ContentSource source) throws IOException {
        Path from = switch (source) {
            case ContentSource.FromVolume(String id) -> volumes.of(id);
            case ContentSource.FromSnapshot(String id) -> snapshots.of(id);
        };
        disk.copyTree(from, volumes.of(volume.id()));
        volumes.sync();
        // Last: the copy of a full volume may need some blocks more than it has.
        quota.limit(volume.home().project(), volume.home().capacityBytes());
    }

    /** Pods may write meanwhile: files are copied one after the other, so whoever needs one moment stops them first. */
    @Override
    public void create(List<Snapshot> together) throws IOException {
        for (Snapshot snapshot : together) {
            Path copy = snapshots.of(snapshot.id());
            if (snapshot.project() != 0) {
                disk.makeDirectory(copy, "rwx------");
                quota.assign(copy, snapshot.project());
            }
            disk.copyTree(volumes.of(snapshot.sourceVolume()), copy);
        }
        snapshots.sync();
    }

    @Override
    public void delete(Snapshot snapshot) throws IOException {
        snapshots.delete(snapshot.id());
    }

    @Override
    public Optional<SparseFile> blocks(Snapshot snapshot) {
        return Optional.empty();
    }

    @Override
    public NodeExpansion expand(Volume volume, long capacityBytes) throws IOException {
        quota.limit(volume.home().project(), capacityBytes);
        return NodeExpansion.NOT_NEEDED;
    }

    @Override
    public void expandOnNode(Volume volume) {}

    @Override
    public void modify(Volume volume) {
        // An access time rule is one of a mount, and comes with the next.
    }

    @Override
    public void repair(Volume volume) throws IOException {
        quota.assign(volumes.of(volume.id()), volume.home().project());
        quota.limit(volume.home().project(), volume.home().capacityBytes());
    }

    @Override
    public void delete(Volume volume) throws IOException {
        var below = mounts.table().below(volumes.of(volume.id()));
        if (!below.isEmpty()) {
            throw new IOException("something is mounted inside the volume, at "
                    + below.getFirst().path() + "; unmount it, or its files would be deleted too");
        }
        quota.limit(volume.home().project(), 0);
        volumes.delete(volume.id());
    }

    @Override
    public List<String> found() throws IOException {
        return volumes.ids();
    }

    @Override
    public List<String> foundSnapshots() throws IOException {
        return snapshots.ids();
    }

    @Override
    public Optional<Path> setAside(String id) throws IOException {
        return volumes.setAside(id);
    }

    @Override
    public Optional<Path> setSnapshotAside(String id) throws IOException {
        return snapshots.setAside(id);
    }

    @Override
    public Space space() throws IOException {
        FileSystemUsage usage = mounts.usage(volumes.path());
        return new Space(usage.totalBytes(), usage.availableBytes());
    }

    @Override
    public Optional<String> damage(Volume volume) {
        Path path = volumes.of(volume.id());
        return Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)
                ? Optional.empty()
                : Optional.of("the directory " + path + " is gone");
    }

    @Override
    public void mount(Volume volume, Path target, MountAttributes attributes, List<String> options) throws IOException {
        mounts.bind(volumes.of(volume.id()), target, attributes);
    }

    @Override
    public void release(Volume volume) {}

    @Override
    public Optional<MountOrigin> origin(Volume volume, MountTable table) {
        return Optional.of(table.originOf(volumes.of(volume.id())));
    }

    @Override
    public boolean owns(MountOrigin origin, MountTable table) {
        return table.originOf(volumes.path()).contains(origin);
    }
}
