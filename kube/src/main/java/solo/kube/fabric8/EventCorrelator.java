package solo.kube.fabric8;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import solo.kube.Clock;
import solo.kube.TokenBucket;
import solo.kube.fabric8.EventQueue.Said;
import solo.kube.model.EventNote;
import solo.kube.model.EventType;
import solo.kube.model.ObjectReference;

/**
 * client-go's EventCorrelator: identical events become one with a count, many similar ones are combined, and an object
 * about which too much is said gets a rest. Used by one thread.
 */
final class EventCorrelator {

    private static final int REMEMBERED = 4096;
    /** The tenth different message within the time is combined with the others. */
    private static final int DISTINCT = 10;

    private static final Duration SIMILAR_WITHIN = Duration.ofMinutes(10);
    private static final int BURST = 25;
    private static final Duration REFILL = Duration.ofMinutes(5);
    private static final int LONGEST_MESSAGE = 1024;

    /** What is to be posted: a new event if {@code count} is 1, else a higher count for the event of this name. */
    record Posting(String component, ObjectReference about, EventNote note, Series series) {}

    /** An event that was posted and how often it happened. */
    record Series(String name, int count, Instant first, Instant last) {}

    private record Subject(String component, String apiVersion, String kind, String object, String uid) {}

    private record Similar(Subject subject, EventType type, String reason) {}

    private record Same(Similar similar, String message) {}

    private final Clock clock;
    private final Cache<Subject, TokenBucket> buckets;
    private final Cache<Similar, Set<String>> messages;
    private final Cache<Same, Series> posted;
    private long lastName;

    EventCorrelator(Clock clock) {
        this.clock = clock;
        // A bucket is full again, and needs not be remembered, when all its tokens have come back.
        this.buckets = cache(clock, REFILL.multipliedBy(BURST));
        this.messages = cache(clock, SIMILAR_WITHIN);
        this.posted = cache(clock, Duration.ofHours(1));
    }

    /** What to post about this; null if the object has been talked about enough. */
    @Nullable
    Posting correlate(Said said) {
        String component = said.component();
        ObjectReference about = said.about();
        EventNote note = said.note();
        Subject subject = new Subject(
                component, about.apiVersion(), about.kind(), about.key().toString(), about.uid());
        Similar similar = new Similar(subject, note.type(), note.reason());
        String message = shortened(note.message());
        Same same = new Same(similar, message);
        if (combined(similar, message)) {
            message = shortened("(combined from similar events): " + message);
            same = new Same(similar, "");
        }
        Instant now = said.when();
        Series before = posted.getIfPresent(same);
        Series series = before == null
                ? new Series(name(about), 1, now, now)
                : new Series(before.name(), before.count() + 1, before.first(), now);
        posted.put(same, series);
        TokenBucket bucket = buckets.get(subject, _ -> new TokenBucket(clock, BURST, REFILL));
        return bucket.tryTake()
                ? new Posting(component, about, new EventNote(note.type(), note.reason(), message), series)
                : null;
    }

    private boolean combined(Similar similar, String message) {
        Set<String> seen = messages.get(similar, _ -> new LinkedHashSet<>());
        seen.add(message);
        if (seen.size() < DISTINCT) {
            return false;
        }
        seen.remove(seen.iterator().next());
        return true;
    }

    /** Object name and a time nobody else uses, as client-go names events. */
    private String name(ObjectReference about) {
        Instant now = clock.now();
        long nanos = now.getEpochSecond() * 1_000_000_000 + now.getNano();
        lastName = Math.max(lastName + 1, nanos);
        return about.key().name() + "." + Long.toHexString(lastName);
    }

    private static String shortened(String message) {
        return message.length() <= LONGEST_MESSAGE ? message : message.substring(0, LONGEST_MESSAGE - 3) + "...";
    }

    private static <K, V> Cache<K, V> cache(Clock clock, Duration life) {
        return Caffeine.newBuilder()
                .maximumSize(REMEMBERED)
                .expireAfterAccess(life)
                .ticker(clock::nanos)
                .executor(Runnable::run)
                .build();
    }
}
