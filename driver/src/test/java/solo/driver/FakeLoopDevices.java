package solo.driver;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import solo.driver.mount.LoopDevices;

/** Loop devices that exist on paper, and go as the kernel's do: with their last user. */
final class FakeLoopDevices implements LoopDevices {
    private final Map<Path, Path> files = new TreeMap<>();
    private final List<Path> open = new ArrayList<>();
    private final TreeSet<Path> kept = new TreeSet<>();
    private final Predicate<Path> mounted;
    private final Map<Path, Long> readAhead = new TreeMap<>();
    private int next = 900;

    FakeLoopDevices(Predicate<Path> mounted) {
        this.mounted = mounted;
    }

    @Override
    public Optional<Path> of(Path file) {
        return files.entrySet().stream()
                .filter(entry -> entry.getValue().equals(file))
                .findFirst()
                .map(Map.Entry::getKey);
    }

    @Override
    public Attached attach(Path file) {
        Path device = of(file).orElseGet(() -> Path.of("/dev/loop" + next++));
        files.put(device, file);
        open.add(device);
        return new Attached() {
            @Override
            public Path device() {
                return device;
            }

            @Override
            public void keep() {
                kept.add(device);
            }

            @Override
            public void close() {
                open.remove(device);
                lastUserMayBeGone();
            }
        };
    }

    void lastUserMayBeGone() {
        files.keySet().removeIf(device -> !open.contains(device) && !kept.contains(device) && !mounted.test(device));
    }

    void detachAll() {
        files.clear();
        kept.clear();
    }

    @Override
    public void flush(Path device) {}

    @Override
    public void grow(Path device) {}

    @Override
    public void readAhead(Path device, long bytes) {
        readAhead.put(device, bytes);
    }

    Map<Path, Long> readAhead() {
        return readAhead;
    }

    @Override
    public void detach(Path device) {
        kept.remove(device);
        lastUserMayBeGone();
    }

    @Override
    public List<Backed> attached() {
        return files.entrySet().stream()
                .map(entry -> new Backed(entry.getKey(), entry.getValue().toString()))
                .toList();
    }
}
