package solo.driver;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import solo.driver.state.Disk;
import solo.driver.state.RealDisk;

/** A disk whose process is killed at one step: before it, in its middle, or right after it. */
final class CrashingDisk implements Disk {
    /** What a kill -9 looks like from inside: no code of ours goes on. */
    static final class Killed extends Error {
        private static final long serialVersionUID = 1;

        Killed(String where) {
            super(where);
        }
    }

    enum Moment {
        BEFORE,
        AMID,
        AFTER
    }

    private interface Change {
        void make() throws IOException;
    }

    private final Disk disk;
    private final int fatalStep;
    private final Moment moment;
    private int steps;
    private boolean dead;

    CrashingDisk(int fatalStep, Moment moment) {
        this(fatalStep, moment, new RealDisk());
    }

    CrashingDisk(int fatalStep, Moment moment, Disk disk) {
        this.disk = disk;
        this.fatalStep = fatalStep;
        this.moment = moment;
    }

    @Override
    public void write(Path file, byte[] content) throws IOException {
        step(
                "write " + file.getFileName(),
                () -> disk.write(file, Arrays.copyOf(content, content.length / 2)),
                () -> disk.write(file, content));
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
    public void copyTree(Path from, Path to) throws IOException {
        step("copy to " + to.getFileName(), () -> disk.makeDirectory(to, "rwx------"), () -> disk.copyTree(from, to));
    }

    @Override
    public void deleteTree(Path directory) throws IOException {
        step(
                "delete all of " + directory.getFileName(),
                () -> Files.deleteIfExists(directory.resolve("file")),
                () -> disk.deleteTree(directory));
    }

    private void step(String name, Change half, Change whole) throws IOException {
        if (dead) {
            throw new Killed("dead already");
        }
        steps++;
        if (steps < fatalStep) {
            whole.make();
            return;
        }
        dead = true;
        switch (moment) {
            case BEFORE -> {}
            case AMID -> half.make();
            case AFTER -> whole.make();
        }
        throw new Killed(moment + " step " + steps + ", " + name);
    }
}
