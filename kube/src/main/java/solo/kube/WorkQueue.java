package solo.kube;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import solo.kube.model.Actor;
import solo.kube.model.ObjectKey;
import solo.kube.model.Outcome;
import solo.kube.model.Retry;

/**
 * Which key of which controller runs next: one lane a controller, at most {@link Controller#workers} keys of a lane and
 * one run of a key at a time, lanes served in turn. Passive: it has no thread and no lock and never waits, so that a
 * simulation can drive it with one thread and virtual time; {@link ControllerRuntime} guards it with its lock.
 *
 * <p>Keys that back off because of the driver are one circuit: while it is open one of them is tried every {@link
 * DriverTrials#PAUSE}, and as soon as one gets through all of them run. A backend that comes back is noticed within
 * seconds, however long the backoffs have become (longhorn #13335).
 */
public final class WorkQueue {

    /**
     * A key that was handed out; it must come back through {@code finished} or {@code failed}.
     *
     * @param queued how long it was ready before it was handed out
     */
    public record Item(Controller controller, ObjectKey key, Duration queued) {}

    /**
     * What became of an item: how long it ran, and when it runs again at the latest ({@code null}: only after a
     * change).
     */
    public record Finished(Duration worked, @Nullable Duration next) {}

    /** An item that is running now. */
    public record Running(Item item, Duration since) {}

    /**
     * A lane's numbers, as client-go's workqueue metrics count them.
     *
     * @param depth keys that could run now, without those that wait for their time
     * @param delayed keys that wait for their time
     * @param adds how often a key became ready, ever
     * @param retries how often a key was put off, ever
     */
    public record Numbers(int depth, int delayed, long adds, long retries, List<Running> running) {}

    private final Clock clock;
    private final IdentityHashMap<Controller, Lane> lanes = new IdentityHashMap<>();
    private final List<Lane> turns = new ArrayList<>();
    private final DriverTrials<Entry> trials;
    private int turn;
    private long sequence;

    public WorkQueue(Clock clock, Collection<Controller> controllers) {
        this.clock = clock;
        this.trials = new DriverTrials<>(clock);
        for (Controller controller : controllers) {
            Lane lane = new Lane(controller);
            if (lanes.put(controller, lane) == null) {
                turns.add(lane);
            }
        }
    }

    /** Something about the key changed: it runs as soon as it can, whatever delay it was under (client-go's Add). */
    public void offer(Controller controller, ObjectKey key) {
        lane(controller).ready(key);
    }

    /** Drops delay and failure count of a key, for instance because the object was deleted and created anew. */
    public void forget(Controller controller, ObjectKey key) {
        Lane lane = lane(controller);
        Entry entry = lane.entries.get(key);
        if (entry != null) {
            entry.failures = 0;
            lane.undelay(entry);
            lane.dropIfIdle(entry);
        }
    }

    /** Empties every lane; what runs goes on and its key stays taken until it comes back. */
    public void clear() {
        turns.forEach(Lane::clear);
        trials.clear();
    }

    /** The next item that may run now, lanes in turn; {@code null} if there is none. It counts as running from here. */
    public @Nullable Item poll() {
        Entry trial = trials.due();
        if (trial != null) {
            trial.lane.ready(trial.key);
        }
        for (int i = 0; i < turns.size(); i++) {
            Lane lane = turns.get((turn + i) % turns.size());
            Entry entry = lane.take();
            if (entry != null) {
                turn = (turn + i + 1) % turns.size();
                return lane.item(entry);
            }
        }
        return null;
    }

    /** How long until a delayed key is due in a lane that has a free worker; {@code null} if nothing is delayed. */
    public @Nullable Duration nextDue() {
        Duration next = trials.next();
        for (Lane lane : turns) {
            if (lane.busy < lane.controller.workers() && !lane.delayed.isEmpty()) {
                Duration due = Duration.ofNanos(Math.max(0, lane.delayed.getFirst().due - clock.nanos()));
                next = next == null || due.compareTo(next) < 0 ? due : next;
            }
        }
        return next;
    }

    /** Hands an item back with its outcome, which decides when the key runs again. */
    public Finished finished(Item item, Outcome outcome) {
        Lane lane = lane(item.controller());
        Entry entry = lane.returned(item.key());
        Duration worked = Duration.ofNanos(clock.nanos() - entry.started);
        switch (outcome) {
            case Outcome.Done() -> {
                entry.failures = 0;
                gotThrough(entry);
            }
            case Outcome.Again(Duration after) -> {
                entry.failures = 0;
                lane.delay(entry, after);
                gotThrough(entry);
            }
            case Outcome.Waiting waiting -> {
                switch (waiting.retry()) {
                    case Retry.OnChange() -> gotThrough(entry);
                    case Retry.After(Duration after) -> lane.delay(entry, after);
                    case Retry.Backoff() -> {
                        lane.backOff(entry);
                        if (waiting.reason().actor() == Actor.DRIVER) {
                            entry.refused = true;
                            trials.failed(entry);
                        }
                    }
                }
            }
        }
        return new Finished(worked, lane.settle(entry));
    }

    /** Hands back an item whose reconcile threw: the key backs off. */
    public Finished failed(Item item) {
        Lane lane = lane(item.controller());
        Entry entry = lane.returned(item.key());
        Duration worked = Duration.ofNanos(clock.nanos() - entry.started);
        lane.backOff(entry);
        return new Finished(worked, lane.settle(entry));
    }

    private void gotThrough(Entry entry) {
        if (entry.refused) {
            entry.refused = false;
            trials.gotThrough().forEach(waiting -> waiting.lane.ready(waiting.key));
        }
    }

    /** Gives the worker of a hanging item to other keys; its own key stays taken until it comes back after all. */
    public void abandon(Item item) {
        Lane lane = lane(item.controller());
        Entry entry = lane.entries.get(item.key());
        if (entry != null && entry.running && !entry.abandoned) {
            entry.abandoned = true;
            lane.busy--;
        }
    }

    public Numbers numbers(Controller controller) {
        return lane(controller).numbers();
    }

    private Lane lane(Controller controller) {
        Lane lane = lanes.get(controller);
        if (lane == null) {
            throw new IllegalArgumentException("no such controller in this queue: " + controller.name());
        }
        return lane;
    }

    /** What is known of one key. An entry without delay, run or failures is dropped. */
    private static final class Entry {
        final Lane lane;
        final ObjectKey key;
        boolean ready;
        boolean running;
        boolean abandoned;
        /** Offered while it ran: it runs once more. */
        boolean changed;
        /** The driver has refused it, and it has not got through since. */
        boolean refused;

        int failures;
        long due;
        /** Tells delayed entries of the same due time apart; 0 while not delayed. */
        long ticket;

        long readied;
        long started;

        Entry(Lane lane, ObjectKey key) {
            this.lane = lane;
            this.key = key;
        }
    }

    private final class Lane {
        final Controller controller;
        final Map<ObjectKey, Entry> entries = new HashMap<>();
        final ArrayDeque<Entry> queue = new ArrayDeque<>();
        final TreeSet<Entry> delayed = new TreeSet<>((one, two) -> {
            int byDue = Long.signum(one.due - two.due);
            return byDue != 0 ? byDue : Long.compare(one.ticket, two.ticket);
        });
        final Map<ObjectKey, Entry> running = new LinkedHashMap<>();
        /** Running entries that hold a worker. */
        int busy;

        long adds;
        long retries;

        Lane(Controller controller) {
            this.controller = controller;
        }

        Entry entry(ObjectKey key) {
            return entries.computeIfAbsent(key, any -> new Entry(this, any));
        }

        void ready(ObjectKey key) {
            Entry entry = entry(key);
            if (entry.running) {
                adds += entry.changed ? 0 : 1;
                entry.changed = true;
            } else if (!entry.ready) {
                enqueue(entry);
                adds++;
            }
        }

        private void enqueue(Entry entry) {
            undelay(entry);
            entry.ready = true;
            entry.readied = clock.nanos();
            queue.add(entry);
        }

        Item item(Entry entry) {
            return new Item(controller, entry.key, Duration.ofNanos(entry.started - entry.readied));
        }

        @Nullable
        Entry take() {
            while (!delayed.isEmpty() && delayed.getFirst().due - clock.nanos() <= 0) {
                ready(delayed.getFirst().key);
            }
            if (busy >= controller.workers()) {
                return null;
            }
            Entry entry = queue.poll();
            if (entry != null) {
                entry.ready = false;
                entry.running = true;
                entry.started = clock.nanos();
                running.put(entry.key, entry);
                busy++;
            }
            return entry;
        }

        Entry returned(ObjectKey key) {
            Entry entry = running.remove(key);
            if (entry == null) {
                throw new IllegalStateException(controller.name() + " " + key + " came back but was not out");
            }
            entry.running = false;
            busy -= entry.abandoned ? 0 : 1;
            entry.abandoned = false;
            return entry;
        }

        void backOff(Entry entry) {
            delay(entry, controller.backoff().delay(entry.failures));
            entry.failures++;
        }

        void delay(Entry entry, Duration delay) {
            undelay(entry);
            entry.due = clock.nanos() + delay.toNanos();
            entry.ticket = ++sequence;
            delayed.add(entry);
            retries++;
        }

        void undelay(Entry entry) {
            if (entry.ticket != 0) {
                delayed.remove(entry);
                entry.ticket = 0;
                trials.leave(entry);
            }
        }

        /** Requeues an entry that was changed while it ran; answers in what time it runs again. */
        @Nullable
        Duration settle(Entry entry) {
            if (entry.changed) {
                entry.changed = false;
                enqueue(entry);
                return Duration.ZERO;
            }
            if (entry.ticket != 0) {
                return Duration.ofNanos(entry.due - clock.nanos());
            }
            dropIfIdle(entry);
            return null;
        }

        void dropIfIdle(Entry entry) {
            if (!entry.running && !entry.ready && entry.ticket == 0 && entry.failures == 0) {
                entries.remove(entry.key);
            }
        }

        void clear() {
            queue.clear();
            delayed.clear();
            entries.values().removeIf(entry -> !entry.running);
            running.values().forEach(entry -> {
                entry.changed = false;
                entry.refused = false;
                entry.failures = 0;
            });
        }

        Numbers numbers() {
            long now = clock.nanos();
            List<Running> out = running.values().stream()
                    .map(entry -> new Running(item(entry), Duration.ofNanos(now - entry.started)))
                    .toList();
            return new Numbers(queue.size(), delayed.size(), adds, retries, out);
        }
    }
}
