package solo.kube.fabric8;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Queue;
import java.util.SequencedSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import solo.kube.Clock;
import solo.kube.TokenBucket;
import solo.kube.model.EventNote;
import solo.kube.model.EventType;
import solo.kube.model.ObjectReference;

/**
 * Events that wait to be posted. Warnings go first. The others leave one by one when there are many, so that a burst of
 * claims does not compete with its own events, and that work is under way is not said any more once there is news.
 */
final class EventQueue {

    /** What was said, by whom and when. */
    record Said(String component, ObjectReference about, EventNote note, Instant when) {
        private Topic topic() {
            return new Topic(component, about.kind(), about.key().toString(), about.uid());
        }
    }

    private record Topic(String component, String kind, String object, String uid) {}

    /** What becomes of an event that is offered. */
    enum Offer {
        TAKEN,
        /** Taken, and it says more than one that still waited, which was dropped. */
        OVERTOOK,
        FULL
    }

    private static final int MOST = 5000;
    private static final int AT_ONCE = 25;
    private static final Duration BETWEEN = Duration.ofMillis(50);
    /** More than leave in 20 s are not held back any further. */
    private static final int HELD_BACK = 400;

    private final TokenBucket pace;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Queue<Said> warnings = new ArrayDeque<>();
    private final SequencedSet<Said> others = new LinkedHashSet<>();
    /** Of {@code others}. */
    private final Map<Topic, Said> underway = new HashMap<>();

    private boolean closed;

    EventQueue(Clock clock) {
        this.pace = new TokenBucket(clock, AT_ONCE, BETWEEN);
    }

    Offer offer(Said said) {
        lock.lock();
        try {
            if (closed || warnings.size() + others.size() >= MOST) {
                return Offer.FULL;
            }
            Said overtaken = underway.remove(said.topic());
            boolean overtook = overtaken != null && others.remove(overtaken);
            if (said.note.type() == EventType.WARNING) {
                warnings.add(said);
            } else {
                others.add(said);
                if (said.note.underway()) {
                    underway.put(said.topic(), said);
                }
            }
            changed.signalAll();
            return overtook ? Offer.OVERTOOK : Offer.TAKEN;
        } finally {
            lock.unlock();
        }
    }

    /** The next to be posted; null when the queue is closed and empty. */
    @Nullable
    Said take() throws InterruptedException {
        lock.lock();
        try {
            while (true) {
                if (!warnings.isEmpty()) {
                    return warnings.remove();
                }
                if (others.isEmpty()) {
                    if (closed) {
                        return null;
                    }
                    changed.await();
                } else if (closed || others.size() > HELD_BACK || pace.tryTake()) {
                    Said next = others.removeFirst();
                    underway.remove(next.topic(), next);
                    return next;
                } else {
                    var _ = changed.await(BETWEEN.toNanos(), TimeUnit.NANOSECONDS);
                }
            }
        } finally {
            lock.unlock();
        }
    }

    /** Takes nothing more; what is there leaves at once. */
    void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
