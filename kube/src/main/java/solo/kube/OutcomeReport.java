package solo.kube;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import solo.kube.WorkQueue.Finished;
import solo.kube.WorkQueue.Item;
import solo.kube.model.Actor;
import solo.kube.model.EventNote;
import solo.kube.model.ObjectKey;
import solo.kube.model.Outcome;
import solo.kube.model.Reason;

/** The one place where an outcome becomes an event, a metric, a log line and an entry of the waiting list. */
public final class OutcomeReport {

    private static final Logger log = LoggerFactory.getLogger(OutcomeReport.class);

    private record Place(String controller, ObjectKey key) {}

    /** A reconcile threw, which is a bug of ours. */
    private record ReconcileThrew(String error) implements Reason {
        @Override
        public String message() {
            return "a bug in Solo stopped the work: " + error;
        }

        @Override
        public Actor actor() {
            return Actor.SOLO;
        }
    }

    private final Function<Controller, Events> events;
    private final Clock clock;
    private final Map<Place, WaitingKey> waiting = new ConcurrentHashMap<>();
    private final Counter bugs;

    /** {@code events} gives each controller its own source component. */
    public OutcomeReport(Function<Controller, Events> events, Clock clock, PrometheusRegistry metrics) {
        this.events = events;
        this.clock = clock;
        this.bugs = Counter.builder()
                .name("solo_reconcile_bugs_total")
                .help("Reconciles that ended with an exception, which is a bug.")
                .labelNames("controller")
                .register(metrics);
        GaugeWithCallback.builder()
                .name("solo_waiting")
                .help("Objects that wait, by the reason of their last reconcile and who must act.")
                .labelNames("controller", "reason", "actor")
                .callback(
                        gauge -> counts().forEach((labels, count) -> gauge.call(count, labels.toArray(String[]::new))))
                .register(metrics);
    }

    /** What waits now, longest first. */
    public List<WaitingKey> waiting() {
        return waiting.values().stream()
                .sorted((one, two) -> one.since().compareTo(two.since()))
                .toList();
    }

    /** Forgets what waits: another process leads now, or this one starts anew. */
    void clear() {
        waiting.clear();
    }

    void finished(Item item, Outcome outcome, Finished finished) {
        Place place = new Place(item.controller().name(), item.key());
        switch (outcome) {
            case Outcome.Done() -> wentOn(place, finished);
            case Outcome.Again(var after) -> wentOn(place, finished);
            case Outcome.Waiting wait -> {
                waits(place, wait.reason(), finished);
                EventNote note = wait.reason().event();
                if (note != null && wait.about() != null) {
                    events.apply(item.controller()).record(wait.about(), note);
                }
            }
        }
    }

    void threw(Item item, Throwable bug, Finished finished) {
        bugs.labelValues(item.controller().name()).inc();
        Place place = new Place(item.controller().name(), item.key());
        Reason reason = new ReconcileThrew(bug.toString());
        WaitingKey before = waiting.get(place);
        if (before == null || !before.reason().equals(reason)) {
            log.error("controller={} key={} bug={}", place.controller, place.key, oneLine(bug.toString()), bug);
        }
        waits(place, reason, finished);
    }

    private void wentOn(Place place, Finished finished) {
        WaitingKey before = waiting.remove(place);
        if (before != null) {
            log.info(
                    "controller={} key={} resolved={} waited={}",
                    place.controller,
                    place.key,
                    before.reason().code(),
                    Duration.between(before.since(), clock.now()));
        }
        log.debug("controller={} key={} done took={}", place.controller, place.key, finished.worked());
    }

    private void waits(Place place, Reason reason, Finished finished) {
        Instant now = clock.now();
        Instant next = finished.next() == null ? null : now.plus(finished.next());
        WaitingKey before = waiting.get(place);
        boolean same = before != null && before.reason().equals(reason);
        Instant since = before != null && before.reason().code().equals(reason.code()) ? before.since() : now;
        int attempts = before != null && same ? before.attempts() + 1 : 1;
        waiting.put(place, new WaitingKey(place.controller, place.key, reason, since, attempts, next));
        // A reason that stays the same is told once; its count is in the waiting list.
        log.atLevel(same ? org.slf4j.event.Level.DEBUG : org.slf4j.event.Level.INFO)
                .log(
                        "controller={} key={} waiting={} actor={} next={} message=\"{}\"",
                        place.controller,
                        place.key,
                        reason.code(),
                        reason.actor(),
                        text(finished.next()),
                        oneLine(reason.message()));
    }

    private Map<List<String>, Long> counts() {
        return waiting.values().stream()
                .collect(Collectors.groupingBy(
                        one -> List.of(
                                one.controller(),
                                one.reason().code(),
                                one.reason().actor().name()),
                        () -> new TreeMap<>((one, two) -> one.toString().compareTo(two.toString())),
                        Collectors.counting()));
    }

    private static String text(@Nullable Duration next) {
        return next == null ? "on-change" : next.toMillis() + "ms";
    }

    private static String oneLine(String text) {
        return text.replace('\n', ' ').replace('"', '\'');
    }
}
