package solo.driver;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import solo.driver.linux.FileSystemUsage;
import solo.driver.linux.MountAttributes;
import solo.driver.mount.MountOrigin;
import solo.driver.mount.MountPoint;
import solo.driver.mount.MountTable;
import solo.driver.mount.Mounts;

/** A mount table of its own, so that the rules of mounting can be tested by anyone. One root, 100 GiB. */
final class FakeMounts implements Mounts {
    static final long TOTAL = 100L << 30;

    private final List<MountPoint> mounts =
            new ArrayList<>(List.of(new MountPoint("/", new MountOrigin("8:1", "/"), Set.of("rw"))));
    private boolean refusing;

    /** From now on the kernel says no. */
    void refuse() {
        refusing = true;
    }

    /** A reboot. */
    void forgetAll() {
        mounts.subList(1, mounts.size()).clear();
    }

    List<String> paths() {
        return mounts.stream().skip(1).map(MountPoint::path).toList();
    }

    void add(MountPoint mount) {
        mounts.add(mount);
    }

    @Override
    public synchronized MountTable table() {
        return new MountTable(mounts);
    }

    @Override
    public synchronized void bind(Path source, Path target, MountAttributes attributes) throws IOException {
        if (refusing) {
            throw new IOException("mount " + source + " at " + target + ": not permitted");
        }
        var options = new TreeSet<>(attributes.words());
        if (!options.contains("ro")) {
            options.add("rw");
        }
        mounts.add(new MountPoint(target.toString(), table().originOf(source), options));
    }

    @Override
    public synchronized void unmount(Path target) throws IOException {
        MountPoint top = table().at(target).orElseThrow(() -> new IOException("unmount " + target + ": not mounted"));
        mounts.remove(mounts.lastIndexOf(top));
    }

    @Override
    public FileSystemUsage usage(Path path) {
        return new FileSystemUsage(TOTAL, 60L << 30, 50L << 30, 1000, 900);
    }
}
