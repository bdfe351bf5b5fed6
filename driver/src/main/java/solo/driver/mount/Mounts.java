package solo.driver.mount;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import solo.driver.linux.FileSystemUsage;
import solo.driver.linux.Freeze;
import solo.driver.linux.Linux;
import solo.driver.linux.MountAttributes;
import solo.driver.linux.Program;
import solo.driver.linux.Superblock;

/** Mounting as the driver needs it, so that tests without root can put a table of their own in its place. */
public interface Mounts {
    MountTable table() throws IOException;

    /** Makes {@code source} visible at {@code target} too. Both exist; afterwards the mount is there or it is not. */
    void bind(Path source, Path target, MountAttributes attributes) throws IOException;

    /**
     * Mounts the filesystem that is on a device. The target exists; afterwards the mount is there or it is not.
     *
     * @param options of the filesystem itself, as opposed to those of this mount
     */
    void mount(Path device, Path target, String fsType, MountAttributes attributes, List<String> options)
            throws IOException;

    /** Changes options of the filesystem that is mounted at {@code target}, for all its mounts. */
    void reconfigure(Path target, List<String> options) throws IOException;

    /** Removes the topmost mount at {@code target}. */
    void unmount(Path target) throws IOException;

    /**
     * Runs the step while everything that was written below {@code target} is on its device, and whoever writes there
     * waits. A kill in the middle leaves it like that until {@link #thaw}.
     */
    void whileFrozen(Path target, Step step) throws IOException;

    interface Step {
        void run() throws IOException;
    }

    /** Lets writers go on; not frozen is fine. */
    void thaw(Path target) throws IOException;

    /** A program that works on a mounted filesystem. */
    void run(Program program) throws IOException;

    LoopDevices loops();

    ProjectQuotas quotas();

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
            public void mount(Path device, Path target, String fsType, MountAttributes attributes, List<String> options)
                    throws IOException {
                Linux.mount(device, target, fsType, attributes, String.join(",", options));
            }

            @Override
            public void reconfigure(Path target, List<String> options) throws IOException {
                Superblock.change(target, options);
            }

            @Override
            public void whileFrozen(Path target, Step step) throws IOException {
                Freeze.around(target, step::run);
            }

            @Override
            public void thaw(Path target) throws IOException {
                Freeze.end(target);
            }

            @Override
            public void run(Program program) throws IOException {
                program.run();
            }

            @Override
            public LoopDevices loops() {
                return LoopDevices.ofThisMachine();
            }

            @Override
            public ProjectQuotas quotas() {
                return ProjectQuotas.ofThisMachine();
            }

            @Override
            public FileSystemUsage usage(Path path) throws IOException {
                return Linux.usage(path);
            }
        };
    }
}
