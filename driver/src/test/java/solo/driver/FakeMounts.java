package solo.driver;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import solo.driver.linux.FileSystemUsage;
import solo.driver.linux.MountAttributes;
import solo.driver.linux.Program;
import solo.driver.mount.LoopDevices;
import solo.driver.mount.MountOrigin;
import solo.driver.mount.MountPoint;
import solo.driver.mount.MountTable;
import solo.driver.mount.Mounts;

/** A mount table of its own, so that the rules of mounting can be tested by anyone. One root, 100 GiB. */
final class FakeMounts implements Mounts {
    static final long TOTAL = 100L << 30;
    private static final Set<String> WRITABLE = Set.of("rw");

    private final List<MountPoint> mounts =
            new ArrayList<>(List.of(new MountPoint("/", new MountOrigin("8:1", "/"), "/dev/sda1", WRITABLE, WRITABLE)));
    private final FakeLoopDevices loops =
            new FakeLoopDevices(device -> !table().ofDevice(device).isEmpty());
    private final Set<String> frozen = new TreeSet<>();
    private final List<Program> programs = new ArrayList<>();
    private final List<String> filesystemOptions = new ArrayList<>();
    private final List<String> reconfigured = new ArrayList<>();
    private final FakeQuotas quotas = new FakeQuotas();
    private boolean refusing;
    private boolean unreadable;
    private boolean lacksPrograms;

    /** From now on the kernel says no. */
    void refuse() {
        refusing = true;
    }

    /** From now on no filesystem says how full it is. */
    void loseTheDisk() {
        unreadable = true;
    }

    /** From now on all filesystems are read-only, as after an error of the disk. */
    void failTheDisk() {
        mounts.replaceAll(
                mount -> new MountPoint(mount.path(), mount.origin(), mount.source(), mount.options(), Set.of("ro")));
    }

    /** Whether the programs that work on mounted filesystems are not installed. */
    void lackPrograms(boolean lacks) {
        lacksPrograms = lacks;
    }

    /** A reboot. */
    void forgetAll() {
        mounts.subList(1, mounts.size()).clear();
        loops.detachAll();
    }

    List<String> paths() {
        return mounts.stream().skip(1).map(MountPoint::path).toList();
    }

    Set<String> frozen() {
        return frozen;
    }

    /** What was done to mounted filesystems. */
    List<Program> programs() {
        return programs;
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
        var origin = table().originOf(source);
        String device = mounts.stream()
                .filter(mount -> mount.origin().equals(origin))
                .findFirst()
                .map(MountPoint::source)
                .orElse("/dev/sda1");
        add(source, target, attributes, origin, device);
    }

    @Override
    public synchronized void mount(
            Path device, Path target, String fsType, MountAttributes attributes, List<String> options)
            throws IOException {
        var origin = new MountOrigin("7:" + device.toString().replaceAll("\\D", ""), "/");
        add(device, target, attributes, origin, device.toString());
        filesystemOptions.add(String.join(",", options));
    }

    private void add(Path source, Path target, MountAttributes attributes, MountOrigin origin, String device)
            throws IOException {
        if (refusing) {
            throw new IOException("mount " + source + " at " + target + ": not permitted");
        }
        var options = new TreeSet<>(attributes.words());
        if (!options.contains("ro")) {
            options.add("rw");
        }
        mounts.add(new MountPoint(target.toString(), origin, device, options, WRITABLE));
    }

    @Override
    public synchronized void unmount(Path target) throws IOException {
        MountPoint top = table().at(target).orElseThrow(() -> new IOException("unmount " + target + ": not mounted"));
        mounts.remove(mounts.lastIndexOf(top));
        loops.lastUserMayBeGone();
    }

    @Override
    public void reconfigure(Path target, List<String> options) {
        reconfigured.add(String.join(",", options));
    }

    /** The options of filesystems that were mounted, oldest first. */
    List<String> filesystemOptions() {
        return filesystemOptions;
    }

    /** The changed options of filesystems, oldest first. */
    List<String> reconfigured() {
        return reconfigured;
    }

    @Override
    public void whileFrozen(Path target, Step step) throws IOException {
        String device = table().at(target).orElseThrow().source();
        frozen.add(device);
        try {
            step.run();
        } catch (IOException failure) {
            frozen.remove(device);
            throw failure;
        }
        // A kill would not come here either.
        frozen.remove(device);
    }

    @Override
    public void thaw(Path target) {
        frozen.remove(table().at(target).orElseThrow().source());
    }

    @Override
    public void run(Program program) throws IOException {
        if (lacksPrograms) {
            WithoutPrograms.missing(program).run();
        }
        programs.add(program);
    }

    @Override
    public LoopDevices loops() {
        return loops;
    }

    Map<Path, Long> readAhead() {
        return loops.readAhead();
    }

    @Override
    public FakeQuotas quotas() {
        return quotas;
    }

    List<Path> loopsInUse() {
        return loops.attached().stream().map(LoopDevices.Backed::device).toList();
    }

    @Override
    public FileSystemUsage usage(Path path) throws IOException {
        if (unreadable) {
            throw new IOException("read the usage of " + path + ": the device reports an input/output error");
        }
        return new FileSystemUsage(TOTAL, 60L << 30, 50L << 30, 1000, 900);
    }
}
