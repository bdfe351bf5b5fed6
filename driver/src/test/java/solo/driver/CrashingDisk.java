package solo.driver;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import solo.driver.FatalStep.Moment;
import solo.driver.linux.Program;
import solo.driver.state.Disk;
import solo.driver.state.RealDisk;

/** A disk whose process is killed at one step: before it, in its middle, or right after it. */
final class CrashingDisk implements Disk {
    private interface Change {
        void make() throws IOException;
    }

    private final Disk disk;
    private final FatalStep fatal;

    CrashingDisk(int fatalStep, Moment moment) {
        this(new FatalStep(fatalStep, moment), new RealDisk());
    }

    CrashingDisk(FatalStep fatal, Disk disk) {
        this.disk = disk;
        this.fatal = fatal;
    }

    @Override
    public void write(Path file, byte[] content) throws IOException {
        step(
                "write " + file.getFileName(),
                () -> disk.write(file, Arrays.copyOf(content, content.length / 2)),
                () -> disk.write(file, content));
    }

    @Override
    public void overwrite(Path file, long at, byte value) throws IOException {
        step("change a byte of " + file.getFileName(), () -> {}, () -> disk.overwrite(file, at, value));
    }

    @Override
    public void rename(Path from, Path to) throws IOException {
        step("rename to " + to.getFileName(), () -> {}, () -> disk.rename(from, to));
    }

    @Override
    public void sync(Path directory) throws IOException {
        step("sync " + directory.getFileName(), () -> {}, () -> disk.sync(directory));
    }

    @Override
    public void delete(Path file) throws IOException {
        step("delete " + file.getFileName(), () -> {}, () -> disk.delete(file));
    }

    @Override
    public void makeDirectory(Path directory, String permissions) throws IOException {
        step(
                "make " + directory.getFileName(),
                () -> disk.makeDirectory(directory, "rwx------"),
                () -> disk.makeDirectory(directory, permissions));
    }

    @Override
    public void extend(Path file, long bytes) throws IOException {
        step("extend " + file.getFileName(), () -> disk.extend(file, 1), () -> disk.extend(file, bytes));
    }

    @Override
    public void change(Path file, Program program) throws IOException {
        step(program.command().getFirst() + " " + file.getFileName(), () -> {}, () -> disk.change(file, program));
    }

    @Override
    public void copyTree(Path from, Path to) throws IOException {
        step(
                "copy to " + to.getFileName(),
                () -> {
                    if (Files.isDirectory(from)) {
                        disk.makeDirectory(to, "rwx------");
                    } else {
                        disk.extend(to, 1);
                    }
                },
                () -> disk.copyTree(from, to));
    }

    @Override
    public void deleteTree(Path directory) throws IOException {
        step(
                "delete all of " + directory.getFileName(),
                () -> {
                    if (Files.isDirectory(directory)) {
                        Files.deleteIfExists(directory.resolve("file"));
                    }
                },
                () -> disk.deleteTree(directory));
    }

    private void step(String name, Change half, Change whole) throws IOException {
        fatal.step(
                name,
                () -> {
                    half.make();
                    return name;
                },
                () -> {
                    whole.make();
                    return name;
                });
    }
}
