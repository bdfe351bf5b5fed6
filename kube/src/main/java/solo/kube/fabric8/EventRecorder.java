package solo.kube.fabric8;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import solo.kube.ApiException;
import solo.kube.ApiException.Failure;
import solo.kube.Clock;
import solo.kube.Events;
import solo.kube.Kind.Resource;
import solo.kube.Kind.Scope;
import solo.kube.fabric8.EventCorrelator.Posting;
import solo.kube.fabric8.EventQueue.Said;
import solo.kube.model.ObjectKey;
import solo.kube.model.ObjectReference;
import solo.kube.model.Patch;

/**
 * Posts core/v1 Events from a bounded {@link EventQueue} and a thread of its own: who records one never waits and never
 * fails.
 */
public final class EventRecorder implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(EventRecorder.class);
    private static final Resource EVENTS = new Resource("", "v1", "events", "Event", Scope.NAMESPACED);
    private static final int ATTEMPTS = 3;
    private static final Duration BETWEEN = Duration.ofSeconds(1);
    private static final Duration LAST_WORDS = Duration.ofSeconds(1);

    private final Requests requests;
    private final EventCorrelator correlator;
    private final Clock clock;
    private final EventQueue queue;
    private final Counter counted;
    private final Thread writer = Thread.ofVirtual().name("events").unstarted(this::run);

    EventRecorder(Requests requests, Clock clock, PrometheusRegistry metrics) {
        this.requests = requests;
        this.clock = clock;
        this.correlator = new EventCorrelator(clock);
        this.queue = new EventQueue(clock);
        this.counted = Counter.builder()
                .name("solo_events_total")
                .help("Kubernetes Events by what became of them: posted, dropped (queue full), overtaken (by a later"
                        + " one about the object), muted (too many about one object), failed.")
                .labelNames("result")
                .register(metrics);
        writer.start();
    }

    /** The event port of one controller; {@code component} is what users see under "From". */
    public Events as(String component) {
        return (about, note) -> {
            switch (queue.offer(new Said(component, about, note, clock.now()))) {
                case TAKEN -> {}
                case OVERTOOK -> counted.labelValues("overtaken").inc();
                case FULL -> counted.labelValues("dropped").inc();
            }
        };
    }

    /** Posts what is waiting, for a second at most. */
    @Override
    public void close() {
        queue.close();
        try {
            if (!writer.join(LAST_WORDS)) {
                writer.interrupt();
            }
        } catch (InterruptedException e) {
            writer.interrupt();
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            for (Said said = queue.take(); said != null; said = queue.take()) {
                try {
                    say(said);
                } catch (RuntimeException bug) {
                    counted.labelValues("failed").inc();
                    log.error(
                            "event={} about={} threw",
                            said.note().reason(),
                            said.about().key(),
                            bug);
                }
            }
        } catch (InterruptedException e) {
            log.debug("events: interrupted", e);
        }
    }

    private void say(Said said) throws InterruptedException {
        Posting posting = correlator.correlate(said);
        if (posting == null) {
            counted.labelValues("muted").inc();
            return;
        }
        for (int attempt = 1; ; attempt++) {
            try {
                post(posting);
                counted.labelValues("posted").inc();
                return;
            } catch (ApiException e) {
                boolean later = e.failure() == Failure.UNAVAILABLE || e.failure() == Failure.TOO_MANY_REQUESTS;
                if (!later || attempt == ATTEMPTS) {
                    counted.labelValues("failed").inc();
                    log.warn(
                            "event={} about={} could not be posted: {}",
                            said.note().reason(),
                            said.about().key(),
                            e.getMessage());
                    return;
                }
                Thread.sleep(BETWEEN.multipliedBy(attempt));
            }
        }
    }

    private void post(Posting posting) throws ApiException {
        ObjectKey key = new ObjectKey(
                posting.about().key().namespace().isEmpty()
                        ? "default"
                        : posting.about().key().namespace(),
                posting.series().name());
        if (posting.series().count() > 1) {
            Map<String, Object> count = Map.of(
                    "count",
                    posting.series().count(),
                    "message",
                    posting.note().message(),
                    "lastTimestamp",
                    posting.series().last().truncatedTo(ChronoUnit.SECONDS).toString());
            try {
                requests.send(ApiRequest.patch(EVENTS, key, Patch.strategic(count)));
                return;
            } catch (ApiException e) {
                // Events are thrown away after an hour; then it is told anew, with its count.
                if (e.failure() != Failure.NOT_FOUND) {
                    throw e;
                }
            }
        }
        try {
            requests.send(ApiRequest.create(EVENTS, key.namespace(), event(key, posting)));
        } catch (ApiException e) {
            // The answer to an earlier attempt was lost.
            if (e.failure() != Failure.ALREADY_EXISTS) {
                throw e;
            }
        }
    }

    private static Map<String, Object> event(ObjectKey key, Posting posting) {
        ObjectReference about = posting.about();
        Map<String, Object> involved = new LinkedHashMap<>();
        involved.put("apiVersion", about.apiVersion());
        involved.put("kind", about.kind());
        if (!about.key().namespace().isEmpty()) {
            involved.put("namespace", about.key().namespace());
        }
        involved.put("name", about.key().name());
        involved.put("uid", about.uid());
        involved.put("resourceVersion", about.resourceVersion());
        Map<String, Object> event = new LinkedHashMap<>();
        event.put("apiVersion", "v1");
        event.put("kind", "Event");
        event.put("metadata", Map.of("name", key.name(), "namespace", key.namespace()));
        event.put("involvedObject", involved);
        event.put("type", posting.note().type().text());
        event.put("reason", posting.note().reason());
        event.put("message", posting.note().message());
        event.put("count", posting.series().count());
        event.put(
                "firstTimestamp",
                posting.series().first().truncatedTo(ChronoUnit.SECONDS).toString());
        event.put(
                "lastTimestamp",
                posting.series().last().truncatedTo(ChronoUnit.SECONDS).toString());
        event.put("source", Map.of("component", posting.component()));
        event.put("reportingComponent", posting.component());
        event.put("reportingInstance", "");
        return event;
    }
}
