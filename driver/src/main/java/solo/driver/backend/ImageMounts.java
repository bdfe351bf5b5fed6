package solo.driver.backend;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import solo.driver.backend.ImageContent.Formatted;
import solo.driver.linux.MountAttributes;
import solo.driver.linux.Program;
import solo.driver.mount.LoopDevices;
import solo.driver.mount.LoopDevices.Attached;
import solo.driver.mount.LoopDevices.Backed;
import solo.driver.mount.MountOrigin;
import solo.driver.mount.MountPoint;
import solo.driver.mount.MountTable;
import solo.driver.mount.Mounts;
import solo.driver.state.Disk;

/**
 * Images in use: their loop devices, their mounts, and copies of them meanwhile. The device of a filesystem goes with
 * its last mount, by the kernel's doing; that of a raw block volume stays until it is detached.
 */
final class ImageMounts {
    private final Disk disk;
    private final Mounts mounts;
    private final LoopDevices loops;

    ImageMounts(Disk disk, Mounts mounts) {
        this.disk = disk;
        this.mounts = mounts;
        this.loops = mounts.loops();
    }

    /** An image with a filesystem. */
    record Image(String id, Path file, Filesystem filesystem) {}

    /** Checked before it is mounted, grown to the size of its image after. */
    void mount(Image image, Path target, MountAttributes attributes, List<String> more) throws IOException {
        try (var _ = ImageLock.of(image.file(), image.id())) {
            if (loops.of(image.file()).isEmpty()) {
                prepare(image);
            }
            var options = new ArrayList<String>();
            options.add(image.filesystem().mountOptions());
            options.addAll(more);
            try (Attached loop = loops.attach(image.file())) {
                mounts.mount(loop.device(), target, image.filesystem().word(), attributes, options);
            }
        }
        try {
            grow(image.file(), new Formatted(image.filesystem()));
        } catch (IOException failure) {
            mounts.unmount(target);
            throw failure;
        }
    }

    private void prepare(Image image) throws IOException {
        try {
            for (Program program : image.filesystem().beforeMount(image.file())) {
                disk.change(image.file(), program);
            }
        } catch (IOException failure) {
            throw new IOException(
                    "the filesystem of volume " + image.id() + " in " + image.file() + " was not mounted: "
                            + failure.getMessage(),
                    failure);
        }
    }

    /** The device itself, at a file. */
    void show(Path file, Path target, MountAttributes attributes) throws IOException {
        try (Attached loop = loops.attach(file)) {
            // First, since a mount of a device that went away could show another volume some day.
            loop.keep();
            mounts.bind(loop.device(), target, attributes);
        }
    }

    /** To the size of the file; not in use is fine, since that comes with the next mount. */
    void grow(Path file, ImageContent content) throws IOException {
        Optional<Path> device = loops.of(file);
        if (device.isEmpty()) {
            return;
        }
        loops.grow(device.get());
        Optional<MountPoint> writable =
                reachable(device.get()).filter(mount -> !mount.readOnly()).findFirst();
        if (content instanceof Formatted(Filesystem filesystem) && writable.isPresent()) {
            mounts.run(filesystem.grow(device.get(), Path.of(writable.get().path())));
        }
    }

    /** Options of a filesystem that is in use; not in use is fine, since they come with the next mount. */
    void reconfigure(Path file, List<String> options) throws IOException {
        Optional<MountPoint> mounted = mount(file);
        if (mounted.isEmpty() || options.isEmpty()) {
            return;
        }
        if (mounted.get().readOnlyByError()) {
            throw new IOException("the kernel has made the filesystem of " + file + " read-only after an error, which"
                    + " its log names, and takes no other options until it is mounted anew");
        }
        mounts.reconfigure(Path.of(mounted.get().path()), options);
    }

    /** How far ahead of its readers the kernel reads; not in use is fine. */
    void readAhead(Path file, long bytes) throws IOException {
        Optional<Path> device = loops.of(file);
        if (device.isPresent()) {
            loops.readAhead(device.get(), bytes);
        }
    }

    /** Of an image, to a file beside it. */
    record Copy(String id, Path from, Path to) {}

    /**
     * All as they are at one moment: filesystems that are in use are held still, each until the last copy is made. A raw
     * block volume cannot be, and whoever needs one moment stops its writer.
     */
    void copy(List<Copy> copies) throws IOException {
        whileStill(copies, () -> {
            for (Copy copy : copies) {
                disk.copyTree(copy.from(), copy.to());
            }
        });
    }

    /** One inside the other, so that each is let go whatever happens to those after it. */
    private void whileStill(List<Copy> copies, Mounts.Step step) throws IOException {
        if (copies.isEmpty()) {
            step.run();
            return;
        }
        String id = copies.getFirst().id();
        Path file = copies.getFirst().from();
        Mounts.Step others = () -> whileStill(copies.subList(1, copies.size()), step);
        try (var _ = ImageLock.of(file, id)) {
            Optional<Path> device = loops.of(file);
            if (device.isPresent()) {
                refuseUseOutOfSight(id, device.get());
                loops.flush(device.get());
            }
            Optional<Path> mounted = mounted(file);
            if (mounted.isPresent()) {
                mounts.whileFrozen(mounted.get(), others);
            } else {
                others.run();
            }
        }
    }

    /** Who cannot see a mount cannot hold it still either. It may also be one that was just taken away. */
    private void refuseUseOutOfSight(String id, Path device) throws IOException {
        MountTable table = mounts.table();
        if (table.ofDevice(device).isEmpty()
                && table.showing(table.originOf(device)).isEmpty()) {
            throw new BusyException("volume " + id + " is in use as " + device
                    + " and no mount of it can be seen from this process, so it cannot be held still for a copy");
        }
    }

    /** Whoever was killed while copying may have left writers waiting. */
    void thawAfterKill(Path file) throws IOException {
        if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try (var _ = ImageLock.of(file, "of the copy")) {
            Optional<Path> mounted = mounted(file);
            if (mounted.isPresent()) {
                mounts.thaw(mounted.get());
            }
        } catch (BusyException copiedByAnother) {
            return;
        }
    }

    private Optional<Path> mounted(Path file) throws IOException {
        return mount(file).map(mount -> Path.of(mount.path()));
    }

    private Optional<MountPoint> mount(Path file) throws IOException {
        Optional<Path> device = loops.of(file);
        return device.isEmpty() ? Optional.empty() : reachable(device.get()).findFirst();
    }

    /** Mounts that are not hidden below another one. */
    private Stream<MountPoint> reachable(Path device) throws IOException {
        MountTable table = mounts.table();
        return table.ofDevice(device).stream()
                .filter(mount -> table.at(Path.of(mount.path())).equals(Optional.of(mount)));
    }

    void detach(Path file) throws IOException {
        Optional<Path> device = loops.of(file);
        if (device.isPresent()) {
            loops.detach(device.get());
        }
    }

    /** Detaches the device of a raw block volume that nobody can see any more. */
    void releaseUnseen(Path file) throws IOException {
        MountTable table = mounts.table();
        Optional<Path> device = loops.of(file);
        if (device.isPresent() && table.showing(table.originOf(device.get())).isEmpty()) {
            loops.detach(device.get());
        }
    }

    /** What mounts of the image show; empty when there are none. */
    Optional<MountOrigin> origin(Path file, ImageContent content, MountTable table) throws IOException {
        Optional<Path> device = loops.of(file);
        return device.flatMap(path -> content instanceof Formatted ? filesystem(path, table) : node(path, table));
    }

    /** Btrfs has a device number of its own making, so only the mount table knows. */
    private static Optional<MountOrigin> filesystem(Path device, MountTable table) {
        return table.ofDevice(device).stream()
                .findFirst()
                .map(mount -> new MountOrigin(mount.origin().device(), "/"));
    }

    private static Optional<MountOrigin> node(Path device, MountTable table) {
        return Optional.of(table.originOf(device));
    }

    /** True when a mount of this origin shows an image in this directory. */
    boolean anyBelow(Path directory, MountOrigin origin, MountTable table) throws IOException {
        Optional<MountOrigin> wanted = Optional.of(origin);
        for (Backed backed : loops.attached()) {
            boolean ours = backed.file().startsWith(directory + "/");
            if (ours
                    && (wanted.equals(filesystem(backed.device(), table))
                            || wanted.equals(node(backed.device(), table)))) {
                return true;
            }
        }
        return false;
    }
}
