package solo.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import solo.csi.model.Topology;

/**
 * What the model driver's storage holds. It outlives every crash of a controller, and remembers what it ever did, so
 * that a test can tell a leak from a volume that was never made.
 */
public final class ModelBackend {

    /** Something that really happened, {@code create-volume} for instance. */
    public record Effect(String what, String id, String name) {}

    private final SortedMap<String, ModelVolume> volumes = new TreeMap<>();
    private final SortedMap<String, ModelSnapshot> snapshots = new TreeMap<>();
    private final SortedMap<String, ModelGroup> groups = new TreeMap<>();
    private final Map<String, String> volumeByName = new HashMap<>();
    private final Map<String, String> snapshotByName = new HashMap<>();
    private final List<Effect> effects = new ArrayList<>();
    private final Set<Topology> exhausted = new LinkedHashSet<>();
    private final Set<String> deleted = new HashSet<>();
    private Collection<String> nodes = Set.of();
    private long free = 1L << 50;
    private long largest = 1L << 45;
    private Duration snapshotting = Duration.ZERO;
    private int ids;

    /** Everything there is, by id. */
    public synchronized SortedMap<String, ModelVolume> volumes() {
        return new TreeMap<>(volumes);
    }

    public synchronized SortedMap<String, ModelSnapshot> snapshots() {
        return new TreeMap<>(snapshots);
    }

    public synchronized SortedMap<String, ModelGroup> groups() {
        return new TreeMap<>(groups);
    }

    /** In the order in which they were taken. */
    public synchronized List<ModelSnapshot> members(ModelGroup group) {
        return snapshots.values().stream()
                .filter(one -> one.group().equals(group.id()))
                .sorted(Comparator.comparingInt(one -> group.volumeIds().indexOf(one.volumeId())))
                .toList();
    }

    public synchronized @Nullable ModelVolume volume(String id) {
        return volumes.get(id);
    }

    public synchronized @Nullable ModelVolume volumeNamed(String name) {
        String id = volumeByName.get(name);
        return id == null ? null : volumes.get(id);
    }

    /** Everything that ever happened, in order. */
    public synchronized List<Effect> effects() {
        return List.copyOf(effects);
    }

    synchronized int effectCount() {
        return effects.size();
    }

    /** True if a volume of this name existed once and was deleted. */
    public synchronized boolean wasDeleted(String volumeName) {
        return deleted.contains(volumeName);
    }

    /** From now on CreateVolume finds no room in this place. */
    public synchronized void exhaust(Topology place) {
        exhausted.add(place);
    }

    public synchronized void refill(Topology place) {
        exhausted.remove(place);
    }

    /** How much room is left for new volumes, in bytes. */
    public synchronized void free(long bytes) {
        free = bytes;
    }

    /** The size of the largest volume that can be had, in bytes. */
    public synchronized void largest(long bytes) {
        largest = bytes;
    }

    /** How long a snapshot takes until it is ready to use. */
    public synchronized void snapshotting(Duration time) {
        snapshotting = time;
    }

    /** The only node ids that are known; by default every node is. */
    public synchronized void nodes(String... ids) {
        nodes = new TreeSet<>(List.of(ids));
    }

    /** A volume that was there before anybody asked. */
    public synchronized ModelVolume put(String id, String name, long bytes) {
        return keep("create-volume", new ModelVolume(id, name, bytes, Map.of(), "", null, new TreeMap<>()));
    }

    /** A snapshot that was there before anybody asked, of a volume that need not exist any more. */
    public synchronized ModelSnapshot putSnapshot(String id, String volumeId, long bytes) {
        return keep(new ModelSnapshot(id, id, volumeId, bytes, VirtualClock.START, VirtualClock.START, ""));
    }

    /** A group that was there before anybody asked, with a snapshot {@code ID-VOLUME} of each volume. */
    public synchronized ModelGroup putGroup(String id, String... volumeIds) {
        ModelGroup group = new ModelGroup(id, id, List.of(volumeIds), VirtualClock.START);
        List<ModelSnapshot> members = new ArrayList<>();
        for (String volume : volumeIds) {
            String member = id + "-" + volume;
            members.add(
                    new ModelSnapshot(member, member, volume, 1L << 30, VirtualClock.START, VirtualClock.START, id));
        }
        keep(group, members);
        return group;
    }

    // --- for the driver ---

    synchronized String newId(String prefix) {
        return prefix + "-" + ++ids;
    }

    synchronized ModelVolume keep(String what, ModelVolume volume) {
        ModelVolume before = volumes.put(volume.id(), volume);
        volumeByName.put(volume.name(), volume.id());
        free -= volume.bytes() - (before == null ? 0 : before.bytes());
        happened(what, volume.id(), volume.name());
        return volume;
    }

    synchronized void drop(ModelVolume volume) {
        volumes.remove(volume.id());
        volumeByName.remove(volume.name());
        deleted.add(volume.name());
        free += volume.bytes();
        happened("delete-volume", volume.id(), volume.name());
    }

    synchronized @Nullable ModelSnapshot snapshotNamed(String name) {
        String id = snapshotByName.get(name);
        return id == null ? null : snapshots.get(id);
    }

    synchronized ModelSnapshot keep(ModelSnapshot snapshot) {
        snapshots.put(snapshot.id(), snapshot);
        snapshotByName.put(snapshot.name(), snapshot.id());
        happened("create-snapshot", snapshot.id(), snapshot.name());
        return snapshot;
    }

    synchronized void drop(ModelSnapshot snapshot) {
        snapshots.remove(snapshot.id());
        snapshotByName.remove(snapshot.name());
        happened("delete-snapshot", snapshot.id(), snapshot.name());
    }

    synchronized @Nullable ModelGroup groupNamed(String name) {
        return groups.values().stream()
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElse(null);
    }

    /** All at once: of a group there is everything or nothing. */
    synchronized void keep(ModelGroup group, List<ModelSnapshot> members) {
        groups.put(group.id(), group);
        members.forEach(this::keep);
        happened("create-group", group.id(), group.name());
    }

    synchronized void drop(ModelGroup group) {
        members(group).forEach(this::drop);
        groups.remove(group.id());
        happened("delete-group", group.id(), group.name());
    }

    synchronized boolean roomIn(Topology place) {
        return exhausted.stream().noneMatch(full -> full.contains(place));
    }

    synchronized long free() {
        return free;
    }

    synchronized long largest() {
        return largest;
    }

    synchronized Duration snapshotting() {
        return snapshotting;
    }

    synchronized boolean knowsNode(String id) {
        return nodes.isEmpty() || nodes.contains(id);
    }

    private void happened(String what, String id, String name) {
        effects.add(new Effect(what, id, name));
    }
}
