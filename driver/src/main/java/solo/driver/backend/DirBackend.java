package solo.driver.backend;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import solo.csi.model.ContentSource;
import solo.csi.model.VolumeCapability;
import solo.csi.model.VolumeCapability.AccessType.Block;
import solo.csi.model.VolumeCapability.AccessType.Mount;
import solo.driver.linux.FileSystemUsage;
import solo.driver.linux.MountAttributes;
import solo.driver.mount.MountOrigin;
import solo.driver.mount.MountTable;
import solo.driver.mount.Mounts;
import solo.driver.state.Disk;
import solo.driver.state.Snapshot;
import solo.driver.state.Volume;
import solo.driver.state.VolumeIds;

/** A volume is a directory, shown to pods by bind mounts. Its size is a promise, not a limit. */
public final class DirBackend implements Backend {
    // Any pod may run as any user; nobody gets past the directory above but through a mount.
    private static final String VOLUME_MODE = "rwxrwxrwx";

    private final Path directory;
    private final Path snapshotDirectory;
    private final Path asideDirectory;
    private final Disk disk;
    private final Mounts mounts;

    private DirBackend(Path directory, Path snapshotDirectory, Path asideDirectory, Disk disk, Mounts mounts) {
        this.directory = directory;
        this.snapshotDirectory = snapshotDirectory;
        this.asideDirectory = asideDirectory;
        this.disk = disk;
        this.mounts = mounts;
    }

    /** Below the state directory, which exists and is a real path. */
    public static DirBackend open(Path stateDirectory, Disk disk, Mounts mounts) throws IOException {
        Path directory = stateDirectory.resolve("dir");
        Path snapshotDirectory = stateDirectory.resolve("dir-snapshots");
        Path asideDirectory = stateDirectory.resolve("set-aside");
        disk.makeDirectory(directory, "rwx------");
        disk.makeDirectory(snapshotDirectory, "rwx------");
        disk.makeDirectory(asideDirectory, "rwx------");
        return new DirBackend(directory, snapshotDirectory, asideDirectory, disk, mounts);
    }

    @Override
    public String name() {
        return "dir";
    }

    @Override
    public Set<String> parameters() {
        return Set.of();
    }

    @Override
    public Optional<String> refusal(VolumeCapability capability) {
        return switch (capability.accessType()) {
            case Block() -> Optional.of("the backend dir cannot offer raw block volumes; use volumeMode Filesystem");
            case Mount(String fsType, List<String> _)
            when !fsType.isEmpty() ->
                Optional.of("the backend dir has no filesystem of its own, so it cannot be " + fsType
                        + "; leave fsType out of the StorageClass");
            case Mount(String _, List<String> flags) ->
                flags.stream()
                        .filter(flag -> !MountAttributes.known().contains(flag))
                        .findFirst()
                        .map(flag -> "the backend dir does not know the mount option " + flag + "; it knows "
                                + String.join(", ", MountAttributes.known()));
        };
    }

    @Override
    public void create(Volume volume) throws IOException {
        disk.makeDirectory(path(volume.id()), VOLUME_MODE);
        disk.sync(directory);
    }

    @Override
    public void fill(Volume volume, ContentSource source) throws IOException {
        Path from = switch (source) {
            case ContentSource.FromVolume(String id) -> path(id);
            case ContentSource.FromSnapshot(String id) -> snapshotPath(id);
        };
        disk.copyTree(from, path(volume.id()));
        disk.sync(directory);
    }

    /** Pods may write meanwhile: files are copied one after the other, so whoever needs one moment stops them first. */
    @Override
    public void create(Snapshot snapshot) throws IOException {
        disk.copyTree(path(snapshot.sourceVolume()), snapshotPath(snapshot.id()));
        disk.sync(snapshotDirectory);
    }

    @Override
    public void delete(Snapshot snapshot) throws IOException {
        disk.deleteTree(snapshotPath(snapshot.id()));
        disk.sync(snapshotDirectory);
    }

    @Override
    public void expand(Volume volume, long capacityBytes) {
        // The size of a directory is book-keeping alone.
    }

    @Override
    public void delete(Volume volume) throws IOException {
        Path path = path(volume.id());
        var below = mounts.table().below(path);
        if (!below.isEmpty()) {
            throw new IOException("something is mounted inside the volume, at "
                    + below.getFirst().path() + "; unmount it, or its files would be deleted too");
        }
        disk.deleteTree(path);
        disk.sync(directory);
    }

    @Override
    public List<String> found() throws IOException {
        return idsIn(directory);
    }

    @Override
    public List<String> foundSnapshots() throws IOException {
        return idsIn(snapshotDirectory);
    }

    @Override
    public Optional<Path> setAside(String id) throws IOException {
        return setAside(path(id), "dir-" + id);
    }

    @Override
    public Optional<Path> setSnapshotAside(String id) throws IOException {
        return setAside(snapshotPath(id), "dir-snapshot-" + id);
    }

    private static List<String> idsIn(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(VolumeIds::wellFormed)
                    .sorted()
                    .toList();
        }
    }

    private Optional<Path> setAside(Path orphan, String name) throws IOException {
        if (!Files.exists(orphan, LinkOption.NOFOLLOW_LINKS)) {
            return Optional.empty();
        }
        Path aside = asideDirectory.resolve(name);
        for (int attempt = 2; Files.exists(aside, LinkOption.NOFOLLOW_LINKS); attempt++) {
            aside = asideDirectory.resolve(name + "-" + attempt);
        }
        disk.rename(orphan, aside);
        disk.sync(asideDirectory);
        disk.sync(directoryOf(orphan));
        return Optional.of(aside);
    }

    private Path directoryOf(Path bytes) {
        return bytes.startsWith(directory) ? directory : snapshotDirectory;
    }

    @Override
    public Space space() throws IOException {
        FileSystemUsage usage = mounts.usage(directory);
        return new Space(usage.totalBytes(), usage.availableBytes());
    }

    @Override
    public Optional<String> damage(Volume volume) {
        Path path = path(volume.id());
        return Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)
                ? Optional.empty()
                : Optional.of("the directory " + path + " is gone");
    }

    @Override
    public void mount(Volume volume, Path target, MountAttributes attributes) throws IOException {
        mounts.bind(path(volume.id()), target, attributes);
    }

    @Override
    public Optional<MountOrigin> origin(Volume volume, MountTable table) {
        return Optional.of(table.originOf(path(volume.id())));
    }

    @Override
    public boolean owns(MountOrigin origin, MountTable table) {
        return table.originOf(directory).contains(origin);
    }

    private Path path(String id) {
        return below(directory, id);
    }

    private Path snapshotPath(String id) {
        return below(snapshotDirectory, id);
    }

    private static Path below(Path directory, String id) {
        if (!VolumeIds.wellFormed(id)) {
            throw new IllegalArgumentException("not an id: " + id);
        }
        return directory.resolve(id);
    }
}
