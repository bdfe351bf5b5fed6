package solo.kube;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import solo.kube.model.ObjectKey;
import solo.kube.model.Projected;
import solo.kube.model.ResourceVersion;

/**
 * A store that is fed by a watch and by the answers to our own writes. What we wrote is pinned over what the watch told
 * until the watch has caught up, so that a read is never older than our own last write. Objects that the kind does not
 * keep leave no trace, except that they end what had their name before.
 */
public final class RecordStore<R extends Projected> implements Store<R> {

    /** A pin that the watch never confirms (it missed the object between two lists) is dropped after this time. */
    static final Duration PINNED_FOR = Duration.ofMinutes(2);

    /** What our own write left behind; {@code record} is null once the object with this uid is gone. */
    private record Pin<R>(@Nullable R record, String uid, long version, long until) {}

    private final Kind<R> kind;
    private final Clock clock;
    private final Map<String, Map<String, Set<ObjectKey>>> indexes = new HashMap<>();
    private final List<Index<R>> indexed;
    private final Map<ObjectKey, R> watched = new HashMap<>();
    /** In the order in which they lapse. */
    private final Map<ObjectKey, Pin<R>> pins = new LinkedHashMap<>();
    /** Uids that the watch saw go: a late answer to a write must not raise the dead. In the order of their going. */
    private final Map<String, Long> gone = new LinkedHashMap<>();

    private final List<Consumer<Change<R>>> listeners = new CopyOnWriteArrayList<>();

    public RecordStore(Kind<R> kind, Clock clock) {
        this.kind = kind;
        this.clock = clock;
        this.indexed = kind.indexes();
        indexed.forEach(index -> indexes.put(index.name(), new HashMap<>()));
    }

    @Override
    public @Nullable R get(ObjectKey key) {
        List<Change<R>> lapsed;
        R record;
        synchronized (this) {
            lapsed = dropLapsed();
            record = current(key);
        }
        tell(lapsed);
        return record;
    }

    @Override
    public List<R> byIndex(Index<R> index, String value) {
        List<Change<R>> lapsed;
        List<R> records = new ArrayList<>();
        synchronized (this) {
            lapsed = dropLapsed();
            Map<String, Set<ObjectKey>> values = indexes.get(index.name());
            if (values == null) {
                throw new IllegalArgumentException("the kind declares no index " + index.name());
            }
            for (ObjectKey key : values.getOrDefault(value, Set.of())) {
                R record = current(key);
                if (record != null) {
                    records.add(record);
                }
            }
        }
        tell(lapsed);
        return records;
    }

    @Override
    public List<R> all() {
        List<Change<R>> lapsed;
        List<R> records = new ArrayList<>();
        synchronized (this) {
            lapsed = dropLapsed();
            watched.forEach((key, record) -> {
                if (!pins.containsKey(key)) {
                    records.add(record);
                }
            });
            pins.values().forEach(pin -> {
                if (pin.record != null) {
                    records.add(pin.record);
                }
            });
        }
        tell(lapsed);
        return records;
    }

    /** {@inheritDoc} Changes are those the watch tells; before and after are what it told. */
    @Override
    public void onChange(Consumer<Change<R>> listener) {
        listeners.add(listener);
    }

    /** How many of the objects that the watch has told of are kept. */
    public synchronized int size() {
        return watched.size();
    }

    /** The keys of what is kept of all that the watch has told of. */
    public synchronized List<ObjectKey> watchedKeys() {
        return List.copyOf(watched.keySet());
    }

    /** The watch tells of an object that is there. */
    public void watched(R record) {
        if (!kind.kept().test(record)) {
            gone(record.key());
            return;
        }
        List<Change<R>> changes = new ArrayList<>();
        synchronized (this) {
            changes.addAll(dropLapsed());
            R shown = current(record.key());
            R before = watched.put(record.key(), record);
            Pin<R> pin = pins.get(record.key());
            if (pin != null && overtakes(record, pin)) {
                pins.remove(record.key());
            }
            reindex(record.key(), shown);
            if (before != null && !before.uid().equals(record.uid())) {
                buried(before);
                changes.add(new Change<>(before, null));
                changes.add(new Change<>(null, record));
            } else if (before == null
                    || !before.meta().resourceVersion().equals(record.meta().resourceVersion())) {
                changes.add(new Change<>(before, record));
            }
        }
        tell(changes);
    }

    /** The watch tells that an object is gone. */
    public void gone(ObjectKey key) {
        List<Change<R>> changes = new ArrayList<>();
        synchronized (this) {
            changes.addAll(dropLapsed());
            R shown = current(key);
            R before = watched.remove(key);
            if (before == null) {
                return;
            }
            buried(before);
            Pin<R> pin = pins.get(key);
            if (pin != null && pin.uid.equals(before.uid())) {
                pins.remove(key);
            }
            reindex(key, shown);
            changes.add(new Change<>(before, null));
        }
        tell(changes);
    }

    /** The server answered our write with this. An object being deleted whose last finalizer we took is gone. */
    public synchronized void wrote(R record) {
        if (record.meta().deleting() && record.meta().finalizers().isEmpty()) {
            deleted(record.key(), record.uid());
            return;
        }
        if (!kind.kept().test(record)) {
            R shown = current(record.key());
            if (shown != null && version(shown) < version(record)) {
                deleted(shown.key(), shown.uid());
            }
            return;
        }
        R told = watched.get(record.key());
        Pin<R> pinned = pins.get(record.key());
        long version = version(record);
        boolean late = gone.containsKey(record.uid())
                || (told != null && version(told) >= version)
                || (pinned != null && pinned.uid.equals(record.uid()) && pinned.version >= version);
        if (!late) {
            pin(record.key(), new Pin<>(record, record.uid(), version, lapse()));
        }
    }

    /** The server answered that the object with this uid is gone for good. */
    public synchronized void deleted(ObjectKey key, String uid) {
        R shown = current(key);
        if (shown != null && shown.uid().equals(uid)) {
            pin(key, new Pin<>(null, uid, version(shown), lapse()));
        }
    }

    private void pin(ObjectKey key, Pin<R> pin) {
        R shown = current(key);
        pins.remove(key);
        pins.put(key, pin);
        reindex(key, shown);
    }

    /** True if what the watch tells is newer than the pin. A uid that is gone never comes back. */
    private static <R extends Projected> boolean overtakes(R record, Pin<R> pin) {
        if (pin.uid.equals(record.uid())) {
            return pin.record != null && version(record) >= pin.version;
        }
        return version(record) > pin.version;
    }

    private @Nullable R current(ObjectKey key) {
        Pin<R> pin = pins.get(key);
        return pin != null ? pin.record : watched.get(key);
    }

    private void buried(R record) {
        gone.remove(record.uid());
        gone.put(record.uid(), lapse());
    }

    private long lapse() {
        return clock.nanos() + PINNED_FOR.toNanos();
    }

    private List<Change<R>> dropLapsed() {
        if (pins.isEmpty() && gone.isEmpty()) {
            return List.of();
        }
        long now = clock.nanos();
        Iterator<Long> buried = gone.values().iterator();
        while (buried.hasNext() && buried.next() - now <= 0) {
            buried.remove();
        }
        List<Change<R>> changes = new ArrayList<>();
        Iterator<Map.Entry<ObjectKey, Pin<R>>> oldest = pins.entrySet().iterator();
        while (oldest.hasNext()) {
            Map.Entry<ObjectKey, Pin<R>> entry = oldest.next();
            if (entry.getValue().until - now > 0) {
                break;
            }
            R shown = entry.getValue().record;
            oldest.remove();
            reindex(entry.getKey(), shown);
            changes.add(new Change<>(shown, watched.get(entry.getKey())));
        }
        return changes;
    }

    /** Moves a key in the indexes from the values of what was shown until now to those of what is current. */
    @SuppressWarnings("ReferenceEquality") // the same instance has the same values
    private void reindex(ObjectKey key, @Nullable R shown) {
        R now = current(key);
        if (shown == now) {
            return;
        }
        for (Index<R> index : indexed) {
            Map<String, Set<ObjectKey>> values = indexes.computeIfAbsent(index.name(), name -> new HashMap<>());
            valuesOf(index, shown)
                    .forEach(value -> values.computeIfPresent(value, (same, keys) -> {
                        keys.remove(key);
                        return keys.isEmpty() ? null : keys;
                    }));
            valuesOf(index, now)
                    .forEach(value -> values.computeIfAbsent(value, same -> new LinkedHashSet<>(2))
                            .add(key));
        }
    }

    private static <R> Collection<String> valuesOf(Index<R> index, @Nullable R record) {
        return record == null ? List.of() : index.values().apply(record);
    }

    private void tell(List<Change<R>> changes) {
        changes.forEach(change -> listeners.forEach(listener -> listener.accept(change)));
    }

    private static long version(Projected record) {
        return ResourceVersion.number(record.meta().resourceVersion());
    }
}
