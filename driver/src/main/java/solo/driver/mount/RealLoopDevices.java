package solo.driver.mount;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import solo.driver.linux.Errno;
import solo.driver.linux.Linux;
import solo.driver.linux.LinuxException;
import solo.driver.linux.Loop;
import solo.driver.linux.Loop.BackingFile;

/**
 * Loop devices of the kernel. A file is recognised by its inode: the path in sysfs is as seen from the mount namespace
 * that attached it, which a restarted container does not share.
 */
final class RealLoopDevices implements LoopDevices {
    private static final Path SYSFS = Path.of("/sys/block");
    private static final Path DEV = Path.of("/dev");
    /** Others may take the device that we found free. */
    private static final int ATTEMPTS = 64;

    @Override
    public Optional<Path> of(Path file) throws IOException {
        Optional<BackingFile> wanted = identity(file);
        if (wanted.isPresent()) {
            for (Path device : inUse()) {
                if (shows(device).equals(wanted)) {
                    return Optional.of(device);
                }
            }
        }
        return Optional.empty();
    }

    @Override
    public Attached attach(Path file) throws IOException {
        int backing = Linux.openForWriting(file);
        try {
            for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
                Optional<Attached> attached = attempt(file, backing);
                if (attached.isPresent()) {
                    return attached.get();
                }
            }
        } finally {
            Linux.close(backing);
        }
        throw new IOException("no loop device could be attached to " + file + "; others were faster each time");
    }

    private Optional<Attached> attempt(Path file, int backing) throws IOException {
        Optional<Path> present = of(file);
        Path device = present.isPresent() ? present.get() : DEV.resolve("loop" + Loop.free());
        var open = new Open(device, Linux.openForWriting(device));
        boolean ours = false;
        try {
            if (present.isEmpty()) {
                Loop.configure(device, open.descriptor, backing);
            }
            // Its last user may have gone, and another file come, since we looked.
            ours = identity(file).equals(Optional.of(Loop.backingFile(device, open.descriptor)));
        } catch (LinuxException raced) {
            if (raced.errno() != Errno.EBUSY && raced.errno() != Errno.ENXIO) {
                throw raced;
            }
        } finally {
            if (!ours) {
                open.close();
            }
        }
        return ours ? Optional.of(open) : Optional.empty();
    }

    private record Open(Path device, int descriptor) implements Attached {
        @Override
        public void keep() throws IOException {
            Loop.keep(device, descriptor);
        }

        @Override
        public void close() throws LinuxException {
            Linux.close(descriptor);
        }
    }

    @Override
    public void flush(Path device) throws IOException {
        try (FileChannel channel = FileChannel.open(device, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    @Override
    public void grow(Path device) throws IOException {
        with(device, descriptor -> {
            Loop.grow(device, descriptor);
            return true;
        });
    }

    @Override
    public void readAhead(Path device, long bytes) throws IOException {
        with(device, descriptor -> {
            Loop.readAhead(device, descriptor, bytes);
            return true;
        });
    }

    @Override
    public void detach(Path device) throws IOException {
        try {
            with(device, descriptor -> {
                Loop.detach(device, descriptor);
                return true;
            });
        } catch (LinuxException refusal) {
            if (refusal.errno() != Errno.ENXIO) {
                throw refusal;
            }
        }
    }

    @Override
    public List<Backed> attached() throws IOException {
        var all = new ArrayList<Backed>();
        for (Path device : inUse()) {
            Path backingFile = SYSFS.resolve(name(device)).resolve("loop/backing_file");
            try {
                all.add(new Backed(device, Files.readString(backingFile).stripTrailing()));
            } catch (NoSuchFileException detached) {
                // Just now, so it is not in use.
            }
        }
        return all;
    }

    private static Optional<BackingFile> shows(Path device) throws IOException {
        try {
            return Optional.of(with(device, descriptor -> Loop.backingFile(device, descriptor)));
        } catch (LinuxException refusal) {
            // Without the node's /dev nothing could be said about any image.
            boolean detached = refusal.errno() == Errno.ENXIO || !isAttached(SYSFS.resolve(name(device)));
            if (detached) {
                return Optional.empty();
            }
            throw refusal;
        }
    }

    private static Optional<BackingFile> identity(Path file) throws IOException {
        try {
            return Optional.of(new BackingFile(
                    (Long) Files.getAttribute(file, "unix:dev"), (Long) Files.getAttribute(file, "unix:ino")));
        } catch (NoSuchFileException none) {
            return Optional.empty();
        }
    }

    private static List<Path> inUse() throws IOException {
        var devices = new ArrayList<Path>();
        try (DirectoryStream<Path> loops = Files.newDirectoryStream(SYSFS, "loop*")) {
            for (Path loop : loops) {
                if (isAttached(loop)) {
                    devices.add(DEV.resolve(name(loop)));
                }
            }
        }
        return devices;
    }

    private static boolean isAttached(Path inSysfs) {
        return Files.isDirectory(inSysfs.resolve("loop"));
    }

    private static String name(Path path) {
        return String.valueOf(path.getFileName());
    }

    private interface Use<T> {
        T of(int descriptor) throws LinuxException;
    }

    private static <T> T with(Path device, Use<T> use) throws LinuxException {
        int descriptor = Linux.openForReading(device);
        try {
            return use.of(descriptor);
        } finally {
            Linux.close(descriptor);
        }
    }
}
