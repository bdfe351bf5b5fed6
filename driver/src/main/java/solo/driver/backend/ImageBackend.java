package solo.driver.backend;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import solo.csi.model.ContentSource;
import solo.csi.model.VolumeCapability;
import solo.csi.model.VolumeCapability.AccessType.Block;
import solo.csi.model.VolumeCapability.AccessType.Mount;
import solo.driver.backend.ImageContent.Formatted;
import solo.driver.backend.ImageContent.Impossible;
import solo.driver.backend.ImageContent.Raw;
import solo.driver.linux.FileSystemUsage;
import solo.driver.linux.MountAttributes;
import solo.driver.linux.SparseFile;
import solo.driver.mount.MountOrigin;
import solo.driver.mount.MountTable;
import solo.driver.mount.Mounts;
import solo.driver.state.Disk;
import solo.driver.state.Phase;
import solo.driver.state.Snapshot;
import solo.driver.state.Volume;
import solo.driver.state.VolumeSpec;

/**
 * A volume is a sparse file, shown through a loop device: with a filesystem of its own, or as a raw block volume. Its
 * size is a limit. What pods do to it is {@link ImageMounts}.
 */
public final class ImageBackend implements Backend {
    private final PoolDirectory volumes;
    private final PoolDirectory snapshots;
    private final Disk disk;
    private final Mounts mounts;
    private final ImageMounts images;

    private ImageBackend(PoolDirectory volumes, PoolDirectory snapshots, Disk disk, Mounts mounts) {
        this.volumes = volumes;
        this.snapshots = snapshots;
        this.disk = disk;
        this.mounts = mounts;
        this.images = new ImageMounts(disk, mounts);
    }

    /** Below the state directory, which exists and is a real path. */
    public static ImageBackend open(Path stateDirectory, Disk disk, Mounts mounts) throws IOException {
        return new ImageBackend(
                PoolDirectory.open(stateDirectory, "image", disk),
                PoolDirectory.open(stateDirectory, "image-snapshots", disk),
                disk,
                mounts);
    }

    @Override
    public String name() {
        return "image";
    }

    @Override
    public Set<String> parameters() {
        return Set.of(ImageContent.FS_TYPE);
    }

    @Override
    public Optional<String> refusal(VolumeSpec spec, VolumeCapability capability) {
        return switch (ImageContent.of(spec)) {
            case Impossible(String why) -> Optional.of(why);
            case Raw() ->
                switch (capability.accessType()) {
                    case Block() -> Optional.empty();
                    case Mount(String _, List<String> _) ->
                        Optional.of("this is a raw block volume and cannot be mounted");
                };
            case Formatted(Filesystem filesystem) ->
                switch (capability.accessType()) {
                    case Block() ->
                        Optional.of("this volume has a filesystem, " + filesystem.word()
                                + ", and cannot be used as a raw block volume");
                    case Mount(String fsType, List<String> _) ->
                        fsType.isEmpty() || fsType.equals(filesystem.word())
                                ? Optional.empty()
                                : Optional.of(
                                        "this volume has the filesystem " + filesystem.word() + ", not " + fsType);
                };
        };
    }

    @Override
    public Optional<String> refusal(VolumeSpec spec, ContentSource source) throws IOException {
        if (!(ImageContent.of(spec) instanceof Formatted(Filesystem wanted))) {
            return Optional.empty();
        }
        Optional<Filesystem> found = Filesystem.in(bytesOf(source));
        return found.equals(Optional.of(wanted))
                ? Optional.empty()
                : Optional.of("the source holds " + found.map(Filesystem::word).orElse("no filesystem of ours")
                        + ", and a volume with " + wanted.word() + " is asked for");
    }

    @Override
    public List<MutableParameter> mutableParameters(VolumeSpec spec) {
        return ImageContent.of(spec).mutableParameters();
    }

    @Override
    public long fitting(VolumeSpec spec, long bytes) {
        long smallest = switch (ImageContent.of(spec)) {
            case Formatted(Filesystem filesystem) -> filesystem.smallestBytes();
            case Raw(), Impossible(String _) -> Filesystem.UNIT;
        };
        long atLeast = Math.max(bytes, smallest);
        long rounded = Math.ceilDiv(atLeast, Filesystem.UNIT) * Filesystem.UNIT;
        return rounded < 0 ? atLeast : rounded;
    }

    /** The file itself is the limit. */
    @Override
    public boolean usesProjects() {
        return false;
    }

    @Override
    public long chooseProject(String id, Set<Long> others) {
        return 0;
    }

    /** A volume that is to be filled has no file yet. */
    @Override
    public void create(Volume volume) throws IOException {
        if (!volume.spec().source().isEmpty()) {
            return;
        }
        Path image = volumes.of(volume.id());
        disk.extend(image, volume.home().capacityBytes());
        if (ImageContent.of(volume.spec()) instanceof Formatted(Filesystem filesystem)) {
            disk.change(image, filesystem.make());
        }
        volumes.sync();
    }

    /** A filesystem in it grows when it is mounted. */
    @Override
    public void fill(Volume volume, ContentSource source) throws IOException {
        Path image = volumes.of(volume.id());
        switch (source) {
            case ContentSource.FromVolume(String id) ->
                images.copy(List.of(new ImageMounts.Copy(id, volumes.of(id), image)));
            case ContentSource.FromSnapshot(String id) -> disk.copyTree(snapshots.of(id), image);
        }
        disk.extend(image, volume.home().capacityBytes());
        if (ImageContent.of(volume.spec()) instanceof Formatted(Filesystem filesystem)) {
            var change = filesystem.newIdentity(image);
            if (change.isPresent()) {
                disk.change(image, change.get());
            }
        }
        volumes.sync();
    }

    @Override
    public void create(List<Snapshot> together) throws IOException {
        images.copy(together.stream()
                .map(snapshot -> new ImageMounts.Copy(
                        snapshot.sourceVolume(), volumes.of(snapshot.sourceVolume()), snapshots.of(snapshot.id())))
                .toList());
        snapshots.sync();
    }

    @Override
    public void delete(Snapshot snapshot) throws IOException {
        if (snapshot.phase() == Phase.CREATING) {
            images.thawAfterKill(volumes.of(snapshot.sourceVolume()));
        }
        snapshots.delete(snapshot.id());
    }

    @Override
    public Optional<SparseFile> blocks(Snapshot snapshot) throws IOException {
        return Optional.of(SparseFile.open(snapshots.of(snapshot.id())));
    }

    @Override
    public void delete(Volume volume) throws IOException {
        if (volume.phase() == Phase.CREATING
                && volume.spec().contentSource().orElse(null) instanceof ContentSource.FromVolume(String id)) {
            images.thawAfterKill(volumes.of(id));
        }
        images.detach(volumes.of(volume.id()));
        volumes.delete(volume.id());
    }

    @Override
    public NodeExpansion expand(Volume volume, long capacityBytes) throws IOException {
        disk.extend(volumes.of(volume.id()), capacityBytes);
        return NodeExpansion.NEEDED;
    }

    @Override
    public void expandOnNode(Volume volume) throws IOException {
        images.grow(volumes.of(volume.id()), ImageContent.of(volume.spec()));
        readAhead(volume);
    }

    @Override
    public void modify(Volume volume) throws IOException {
        if (ImageContent.of(volume.spec()) instanceof Formatted(Filesystem filesystem)
                && filesystem.changesWhileMounted()) {
            images.reconfigure(volumes.of(volume.id()), filesystem.options(volume.mutableParameters()));
        }
        readAhead(volume);
    }

    @Override
    public void repair(Volume volume) throws IOException {
        modify(volume);
    }

    private void readAhead(Volume volume) throws IOException {
        String kib = volume.mutableParameters().get(MutableParameter.READ_AHEAD.name());
        if (kib != null) {
            images.readAhead(volumes.of(volume.id()), Long.parseLong(kib) << 10);
        }
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
    public Optional<String> damage(Volume volume) throws IOException {
        Path image = volumes.of(volume.id());
        if (!Files.isRegularFile(image, LinkOption.NOFOLLOW_LINKS)) {
            return Optional.of("the file " + image + " is gone");
        }
        long missing = volume.home().capacityBytes() - Files.size(image);
        return missing <= 0 ? Optional.empty() : Optional.of("the file " + image + " is " + missing + " bytes short");
    }

    @Override
    public void mount(Volume volume, Path target, MountAttributes attributes, List<String> options) throws IOException {
        Path image = volumes.of(volume.id());
        switch (ImageContent.of(volume.spec())) {
            case Raw() -> images.show(image, target, attributes);
            case Formatted(Filesystem filesystem) -> {
                var all = new ArrayList<>(options);
                all.addAll(filesystem.options(volume.mutableParameters()));
                images.mount(new ImageMounts.Image(volume.id(), image, filesystem), target, attributes, all);
            }
            case Impossible(String why) -> throw new IOException(why);
        }
        readAhead(volume);
    }

    @Override
    public void release(Volume volume) throws IOException {
        if (volume.spec().block()) {
            images.releaseUnseen(volumes.of(volume.id()));
        }
    }

    @Override
    public Optional<MountOrigin> origin(Volume volume, MountTable table) throws IOException {
        return images.origin(volumes.of(volume.id()), ImageContent.of(volume.spec()), table);
    }

    @Override
    public boolean owns(MountOrigin origin, MountTable table) throws IOException {
        return images.anyBelow(volumes.path(), origin, table);
    }

    private Path bytesOf(ContentSource source) {
        return switch (source) {
            case ContentSource.FromVolume(String id) -> volumes.of(id);
            case ContentSource.FromSnapshot(String id) -> snapshots.of(id);
        };
    }
}
