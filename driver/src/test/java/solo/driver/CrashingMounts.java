package solo.driver;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import solo.driver.FatalStep.Change;
import solo.driver.FatalStep.Killed;
import solo.driver.linux.FileSystemUsage;
import solo.driver.linux.MountAttributes;
import solo.driver.linux.Program;
import solo.driver.mount.LoopDevices;
import solo.driver.mount.MountTable;
import solo.driver.mount.Mounts;
import solo.driver.mount.ProjectQuotas;

/** Mounts and loop devices whose process is killed at one step. A system call has no middle. */
record CrashingMounts(Mounts mounts, FatalStep fatal, Freezing freezing) implements Mounts {

    /** Leaves a filesystem frozen, as a kill does and no code of ours. */
    interface Freezing {
        void freeze(Path target) throws IOException;
    }

    private interface Call {
        void make() throws IOException;
    }

    private void step(String name, Call call) throws IOException {
        step(name, () -> {
            call.make();
            return name;
        });
    }

    private <T> T step(String name, Change<T> whole) throws IOException {
        return fatal.step(name, () -> name, whole);
    }

    @Override
    public MountTable table() throws IOException {
        return mounts.table();
    }

    @Override
    public FileSystemUsage usage(Path path) throws IOException {
        return mounts.usage(path);
    }

    @Override
    public void bind(Path source, Path target, MountAttributes attributes) throws IOException {
        step("bind at " + target, () -> mounts.bind(source, target, attributes));
    }

    @Override
    public void mount(Path device, Path target, String fsType, MountAttributes attributes, List<String> options)
            throws IOException {
        step("mount at " + target, () -> mounts.mount(device, target, fsType, attributes, options));
    }

    @Override
    public void unmount(Path target) throws IOException {
        step("unmount " + target, () -> mounts.unmount(target));
    }

    @Override
    public void reconfigure(Path target, List<String> options) throws IOException {
        step("reconfigure " + target, () -> mounts.reconfigure(target, options));
    }

    @Override
    public void whileFrozen(Path target, Step step) throws IOException {
        try {
            mounts.whileFrozen(target, () -> {
                step("freeze " + target, () -> {});
                step.run();
                step("thaw " + target, () -> {});
            });
        } catch (Killed kill) {
            freezing.freeze(target);
            throw kill;
        }
    }

    @Override
    public void thaw(Path target) throws IOException {
        step("thaw after a kill " + target, () -> mounts.thaw(target));
    }

    @Override
    public void run(Program program) throws IOException {
        step(program.command().getFirst(), () -> mounts.run(program));
    }

    @Override
    public ProjectQuotas quotas() {
        ProjectQuotas quotas = mounts.quotas();
        return new ProjectQuotas() {
            @Override
            public Optional<String> absence(Path directory) throws IOException {
                return quotas.absence(directory);
            }

            @Override
            public void assign(Path directory, long project) throws IOException {
                step("assign " + directory.getFileName(), () -> quotas.assign(directory, project));
            }

            @Override
            public void limit(Path directory, long project, long bytes) throws IOException {
                step("limit to " + bytes, () -> quotas.limit(directory, project, bytes));
            }

            @Override
            public boolean isTaken(Path directory, long project) throws IOException {
                return quotas.isTaken(directory, project);
            }

            @Override
            public long projectOf(Path directory) throws IOException {
                return quotas.projectOf(directory);
            }
        };
    }

    @Override
    public LoopDevices loops() {
        LoopDevices loops = mounts.loops();
        return new LoopDevices() {
            @Override
            public Optional<Path> of(Path file) throws IOException {
                return loops.of(file);
            }

            @Override
            public Attached attach(Path file) throws IOException {
                Attached attached = loops.attach(file);
                try {
                    step("attach " + file.getFileName(), () -> {});
                } catch (Killed kill) {
                    // The kernel closes what a killed process had open.
                    attached.close();
                    throw kill;
                }
                return crashing(attached);
            }

            @Override
            public void flush(Path device) throws IOException {
                loops.flush(device);
            }

            @Override
            public void grow(Path device) throws IOException {
                step("grow " + device, () -> loops.grow(device));
            }

            @Override
            public void readAhead(Path device, long bytes) throws IOException {
                step("read ahead on " + device, () -> loops.readAhead(device, bytes));
            }

            @Override
            public void detach(Path device) throws IOException {
                step("detach " + device, () -> loops.detach(device));
            }

            @Override
            public List<Backed> attached() throws IOException {
                return loops.attached();
            }
        };
    }

    private LoopDevices.Attached crashing(LoopDevices.Attached attached) {
        return new LoopDevices.Attached() {
            @Override
            public Path device() {
                return attached.device();
            }

            @Override
            public void keep() throws IOException {
                step("keep " + attached.device(), attached::keep);
            }

            @Override
            public void close() throws IOException {
                attached.close();
            }
        };
    }
}
