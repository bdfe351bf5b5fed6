package solo.kube;

import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import solo.kube.model.ObjectKey;
import solo.kube.model.Projected;

/**
 * Runs controllers: wires their triggers to the stores, works while this process leads, stands down when it does not.
 * Caches stay warm all the while, so that a new leader begins at once, with a look at everything there is.
 */
public final class ControllerRuntime {

    private static final Logger log = LoggerFactory.getLogger(ControllerRuntime.class);
    private static final Duration LOOK_UP = Duration.ofMillis(200);
    private static final Duration CACHE_NOTICE = Duration.ofSeconds(10);

    /**
     * How patient the runtime is.
     *
     * @param hangAfter a reconcile that runs longer is interrupted, shown in health, and gives up its worker
     * @param drain how long running work may finish by itself when the process stops
     * @param stopWithin how long interrupted work may take to come back
     */
    public record Options(
            Clock clock, PrometheusRegistry metrics, Duration hangAfter, Duration drain, Duration stopWithin) {

        /** CSI calls have their own timeouts of minutes at most, so 15 min mean that something is lost. */
        public static Options defaults(PrometheusRegistry metrics) {
            return new Options(
                    Clock.SYSTEM, metrics, Duration.ofMinutes(15), Duration.ofSeconds(1), Duration.ofSeconds(10));
        }
    }

    private enum State {
        STANDING_BY("standing by"),
        FILLING_CACHES("waiting for caches"),
        WORKING("working"),
        STOPPED("stopped");

        private final String text;

        State(String text) {
            this.text = text;
        }
    }

    private final Cluster cluster;
    private final Leadership leadership;
    private final OutcomeReport report;
    private final List<Controller> controllers;
    private final Options options;
    private final Workers workers;
    private final Thread loop = Thread.ofVirtual().name("controllers").unstarted(this::run);
    private volatile State state = State.STANDING_BY;
    private volatile boolean stopping;
    private volatile boolean idle = true;
    private volatile @Nullable Throwable broken;

    public ControllerRuntime(
            Cluster cluster,
            Leadership leadership,
            OutcomeReport report,
            List<Controller> controllers,
            Options options) {
        this.cluster = cluster;
        this.leadership = leadership;
        this.report = report;
        this.controllers = List.copyOf(controllers);
        this.options = options;
        this.workers = new Workers(this.controllers, report, options);
    }

    /** Starts the caches at once and the controllers as soon as this process leads. */
    public void start() {
        controllers.forEach(controller -> controller.triggers().forEach(trigger -> wire(controller, trigger)));
        leadership.onChange(workers::wake);
        loop.start();
    }

    /**
     * Stops: nothing new begins, what runs may finish for a moment and is then interrupted. To be called before the
     * lease is given away.
     *
     * @return true if all work has ended; if not, the lease must not be released but has to expire
     */
    public boolean stop() throws InterruptedException {
        stopping = true;
        workers.wake();
        loop.join();
        return idle;
    }

    /** Caches first (they decide about readiness), then each controller. */
    public Health health() {
        List<Health> parts = new ArrayList<>();
        parts.add(cacheHealth());
        controllers.forEach(controller -> parts.add(workers.health(controller)));
        Throwable bug = broken;
        return bug == null
                ? new Health("controllers", Health.Status.OK, state.text, parts)
                : new Health("controllers", Health.Status.FAILED, "stopped by a bug: " + bug, parts);
    }

    /** Something outside the cluster concerns a key: the controller of this name looks at it as soon as it can. */
    public void offer(String controller, ObjectKey key) {
        if (state == State.WORKING) {
            controllers.stream()
                    .filter(one -> one.name().equals(controller))
                    .forEach(one -> workers.offer(one, key, false));
        }
    }

    /** For tests with a clock of their own: time has passed. */
    void wake() {
        workers.wake();
    }

    private <R extends Projected> void wire(Controller controller, Trigger<R> trigger) {
        cluster.store(trigger.kind()).onChange(change -> {
            // While not working, changes need not be kept: work begins with a look at everything.
            if (state == State.WORKING) {
                changed(controller, trigger, change);
            }
        });
    }

    private <R extends Projected> void changed(Controller controller, Trigger<R> trigger, Change<R> change) {
        Collection<ObjectKey> keys;
        try {
            keys = trigger.keys().apply(change);
        } catch (RuntimeException bug) {
            log.error(
                    "controller={} kind={} the trigger threw",
                    controller.name(),
                    trigger.kind().resource().kind(),
                    bug);
            return;
        }
        R before = change.before();
        R after = change.after();
        boolean gone = before != null && (after == null || !after.uid().equals(before.uid()));
        keys.forEach(key -> workers.offer(
                controller, key, gone && before != null && before.key().equals(key)));
    }

    private void run() {
        try {
            while (awaitLeadership()) {
                if (awaitCaches()) {
                    begin();
                    workers.dispatch(this::working);
                    standDown();
                }
                state = State.STANDING_BY;
            }
        } catch (InterruptedException e) {
            log.debug("controllers interrupted", e);
        } catch (RuntimeException | Error bug) {
            log.error("controllers stopped by a bug", bug);
            broken = bug;
        } finally {
            state = State.STOPPED;
        }
    }

    private boolean working() {
        return !stopping && leadership.leading();
    }

    /** False once the runtime stops. */
    private boolean awaitLeadership() throws InterruptedException {
        workers.await(() -> stopping || leadership.leading());
        return !stopping;
    }

    /** False if leadership was lost or the runtime stops meanwhile. */
    private boolean awaitCaches() throws InterruptedException {
        state = State.FILLING_CACHES;
        long since = options.clock().nanos();
        long told = since;
        List<String> missing = cluster.awaitSynced(LOOK_UP);
        while (!missing.isEmpty() && working()) {
            long now = options.clock().nanos();
            if (now - told >= CACHE_NOTICE.toNanos()) {
                told = now;
                log.info("waiting for caches since={} missing=\"{}\"", Duration.ofNanos(now - since), missing);
            }
            missing = cluster.awaitSynced(LOOK_UP);
        }
        return missing.isEmpty();
    }

    private void begin() {
        workers.clear();
        idle = false;
        state = State.WORKING;
        controllers.forEach(
                controller -> controller.triggers().forEach(trigger -> offerEverything(controller, trigger)));
        log.info(
                "controllers started: {}",
                controllers.stream().map(Controller::name).toList());
    }

    private <R extends Projected> void offerEverything(Controller controller, Trigger<R> trigger) {
        cluster.store(trigger.kind()).all().forEach(record -> changed(controller, trigger, new Change<>(null, record)));
    }

    private void standDown() throws InterruptedException {
        state = State.STANDING_BY;
        workers.clear();
        log.info("controllers {}", stopping ? "stop" : "stand down: this process leads no more");
        boolean calmly = stopping && leadership.leading();
        idle = workers.end(calmly ? options.drain() : Duration.ZERO, options.stopWithin());
        report.clear();
    }

    private Health cacheHealth() {
        try {
            List<String> missing = cluster.awaitSynced(Duration.ZERO);
            return missing.isEmpty()
                    ? Health.of("caches", Health.Status.OK, "synced")
                    : Health.of("caches", Health.Status.WAITING, String.join("; ", missing));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Health.of("caches", Health.Status.WAITING, "interrupted");
        }
    }
}
