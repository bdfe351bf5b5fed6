package solo.driver.mount;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import solo.driver.linux.FileSystemUsage;
import solo.driver.linux.Linux;
import solo.driver.linux.MountAttributes;

/** Mounting as the driver needs it, so that tests without root can put a table of their own in its place. */
public interface Mounts {
    MountTable table() throws IOException;

    /** Makes {@code source} visible at {@code target} too. Both exist; afterwards the mount is there or it is not. */
    void bind(Path source, Path target, MountAttributes attributes) throws IOException;

    /** Removes the topmost mount at {@code target}. */
    void unmount(Path target) throws IOException;

    FileSystemUsage usage(Path path) throws IOException;

    /** Those of the machine. Needs root. */
    static Mounts ofThisMachine() {
        return new Mounts() {
            @Override
            public MountTable table() throws IOException {
                return MountTable.parse(Files.readAllLines(Path.of("/proc/self/mountinfo"), ISO_8859_1));
            }

            @Override
            public void bind(Path source, Path target, MountAttributes attributes) throws IOException {
                Linux.bindMount(source, target, attributes);
            }

            @Override
            public void unmount(Path target) throws IOException {
                Linux.unmount(target);
            }

            @Override
            public FileSystemUsage usage(Path path) throws IOException {
                return Linux.usage(path);
            }
        };
    }
}
