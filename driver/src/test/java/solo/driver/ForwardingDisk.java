package solo.driver;

import java.io.IOException;
import java.nio.file.Path;
import solo.driver.linux.Program;
import solo.driver.state.Disk;

/** A disk that does what another one does; a test overrides the step that it is about. */
abstract class ForwardingDisk implements Disk {
    private final Disk disk;

    ForwardingDisk(Disk disk) {
        this.disk = disk;
    }

    @Override
    public void write(Path file, byte[] content) throws IOException {
        disk.write(file, content);
    }

    @Override
    public void overwrite(Path file, long at, byte value) throws IOException {
        disk.overwrite(file, at, value);
    }

    @Override
    public void rename(Path from, Path to) throws IOException {
        disk.rename(from, to);
    }

    @Override
    public void sync(Path directory) throws IOException {
        disk.sync(directory);
    }

    @Override
    public void delete(Path file) throws IOException {
        disk.delete(file);
    }

    @Override
    public void makeDirectory(Path directory, String permissions) throws IOException {
        disk.makeDirectory(directory, permissions);
    }

    @Override
    public void extend(Path file, long bytes) throws IOException {
        disk.extend(file, bytes);
    }

    @Override
    public void change(Path file, Program program) throws IOException {
        disk.change(file, program);
    }

    @Override
    public void copyTree(Path from, Path to) throws IOException {
        disk.copyTree(from, to);
    }

    @Override
    public void deleteTree(Path directory) throws IOException {
        disk.deleteTree(directory);
    }
}
