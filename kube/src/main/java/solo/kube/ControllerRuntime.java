package solo.kube;

import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import solo.kube.WorkQueue.Finished;
import solo.kube.WorkQueue.Item;
import solo.kube.model.ObjectKey;
import solo.kube.model.Outcome;
import solo.kube.model.Projected;

/**
 * Runs controllers: wires their triggers to the stores, hands due keys to virtual threads while this process leads, and
 * gives every outcome to the report. One dispatching thread sleeps until a change, a due time or a return wakes it.
 */
public final class ControllerRuntime {

    private static final Logger log = LoggerFactory.getLogger(ControllerRuntime.class);
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
        STANDING_BY,
        FILLING_CACHES,
        WORKING,
        STOPPED
    }

    /** A reconcile on its thread. */
    private static final class Run {
        final Item item;
        final long started;
        final Thread thread;
        boolean hanging;
        /** Interrupted because this process stands down or stops: what it answers is no longer of interest. */
        boolean cut;

        Run(Item item, long started, java.util.function.Consumer<Run> body) {
            this.item = item;
            this.started = started;
            this.thread = Thread.ofVirtual()
                    .name(item.controller().name() + " " + item.key())
                    .unstarted(() -> body.accept(this));
        }
    }

    private final Cluster cluster;
    private final Leadership leadership;
    private final OutcomeReport report;
    private final List<Controller> controllers;
    private final Options options;
    private final QueueMetrics metrics;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition wake = lock.newCondition();
    private final WorkQueue queue;
    private final Set<Run> runs = new LinkedHashSet<>();
    private final Thread dispatcher;
    private State state = State.STANDING_BY;
    private boolean stopping;
    private @Nullable Throwable broken;

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
        this.queue = new WorkQueue(options.clock(), this.controllers);
        this.metrics = new QueueMetrics(options.metrics(), this::lanes);
        this.dispatcher = Thread.ofVirtual().name("controllers").unstarted(this::run);
    }

    /** Starts the caches at once and the controllers as soon as this process leads. */
    public void start() {
        controllers.forEach(controller -> controller.triggers().forEach(trigger -> wire(controller, trigger)));
        leadership.onChange(this::wake);
        dispatcher.start();
    }

    /**
     * Stops: nothing new begins, what runs may finish for a moment and is then interrupted. Call before the lease is
     * released.
     *
     * @return true if all work has ended; if not, the lease must not be released but has to expire
     */
    public boolean stop() throws InterruptedException {
        lock.lock();
        try {
            stopping = true;
            wake.signalAll();
        } finally {
            lock.unlock();
        }
        dispatcher.join();
        lock.lock();
        try {
            return runs.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    /** Caches first (they decide about readiness), then each controller. */
    public Health health() {
        List<Health> parts = new ArrayList<>();
        parts.add(cacheHealth());
        lock.lock();
        try {
            controllers.forEach(controller -> parts.add(health(controller)));
            return broken == null
                    ? new Health("controllers", Health.Status.OK, stateText(), parts)
                    : new Health("controllers", Health.Status.FAILED, "stopped by a bug: " + broken, parts);
        } finally {
            lock.unlock();
        }
    }

    /** Something outside the cluster concerns a key: the controller of this name looks at it as soon as it can. */
    public void offer(String controller, ObjectKey key) {
        lock.lock();
        try {
            if (state == State.WORKING) {
                controllers.stream()
                        .filter(one -> one.name().equals(controller))
                        .forEach(one -> queue.offer(one, key));
                wake.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Makes the dispatcher look at clock, leadership and queue again. */
    void wake() {
        lock.lock();
        try {
            wake.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private <R extends Projected> void wire(Controller controller, Trigger<R> trigger) {
        cluster.store(trigger.kind()).onChange(change -> changed(controller, trigger, change));
    }

    private <R extends Projected> void changed(Controller controller, Trigger<R> trigger, Change<R> change) {
        Collection<ObjectKey> keys;
        try {
            keys = trigger.keys().apply(change);
        } catch (RuntimeException bug) {
            log.error(
                    "controller={} kind={} trigger threw",
                    controller.name(),
                    trigger.kind().resource().kind(),
                    bug);
            return;
        }
        lock.lock();
        try {
            // While not working, changes need not be kept: work begins with a look at everything.
            if (state == State.WORKING) {
                keys.forEach(key -> offer(controller, key, change));
                wake.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    private <R extends Projected> void offer(Controller controller, ObjectKey key, Change<R> change) {
        R before = change.before();
        R after = change.after();
        boolean gone = before != null && (after == null || !after.uid().equals(before.uid()));
        if (before != null && gone && before.key().equals(key)) {
            queue.forget(controller, key);
        }
        queue.offer(controller, key);
    }

    private void run() {
        try {
            while (awaitLeadership()) {
                if (awaitCaches()) {
                    begin();
                    dispatch();
                    standDown();
                }
            }
        } catch (InterruptedException e) {
            log.debug("controllers interrupted", e);
        } catch (RuntimeException | Error bug) {
            log.error("controllers stopped by a bug", bug);
            lock.lock();
            try {
                broken = bug;
            } finally {
                lock.unlock();
            }
        } finally {
            become(State.STOPPED);
        }
    }

    /** False once the runtime stops. */
    private boolean awaitLeadership() throws InterruptedException {
        lock.lock();
        try {
            while (!stopping && !leadership.leading()) {
                wake.await();
            }
            return !stopping;
        } finally {
            lock.unlock();
        }
    }

    /** False if leadership was lost or the runtime stops meanwhile. */
    private boolean awaitCaches() throws InterruptedException {
        become(State.FILLING_CACHES);
        long since = options.clock().nanos();
        long told = since;
        while (true) {
            List<String> missing = cluster.awaitSynced(Duration.ofMillis(200));
            if (missing.isEmpty()) {
                return true;
            }
            lock.lock();
            try {
                if (stopping || !leadership.leading()) {
                    state = State.STANDING_BY;
                    return false;
                }
            } finally {
                lock.unlock();
            }
            long now = options.clock().nanos();
            if (now - told >= CACHE_NOTICE.toNanos()) {
                told = now;
                log.info("waiting for caches since={}s missing=\"{}\"", (now - since) / 1_000_000_000, missing);
            }
        }
    }

    private void begin() {
        lock.lock();
        try {
            queue.clear();
            state = State.WORKING;
        } finally {
            lock.unlock();
        }
        controllers.forEach(
                controller -> controller.triggers().forEach(trigger -> offerEverything(controller, trigger)));
        log.info(
                "controllers started: {}",
                controllers.stream().map(Controller::name).toList());
    }

    private <R extends Projected> void offerEverything(Controller controller, Trigger<R> trigger) {
        cluster.store(trigger.kind()).all().forEach(record -> changed(controller, trigger, new Change<>(null, record)));
    }

    private void dispatch() throws InterruptedException {
        lock.lock();
        try {
            while (!stopping && leadership.leading()) {
                Item item = queue.poll();
                if (item != null) {
                    launch(item);
                    continue;
                }
                Duration next = least(queue.nextDue(), interruptHanging());
                if (next == null) {
                    wake.await();
                } else {
                    var _ = wake.awaitNanos(next.toNanos());
                }
            }
        } finally {
            lock.unlock();
        }
    }

    private void launch(Item item) {
        metrics.queued(item.controller().name(), item.queued());
        Run run = new Run(item, options.clock().nanos(), this::reconcile);
        runs.add(run);
        run.thread.start();
    }

    private void reconcile(Run run) {
        Outcome outcome = null;
        Throwable bug = null;
        try {
            outcome = run.item.controller().reconciler().reconcile(run.item.key());
        } catch (Throwable thrown) {
            bug = thrown;
        }
        Finished finished;
        boolean cut;
        lock.lock();
        try {
            runs.remove(run);
            cut = run.cut;
            finished = outcome != null ? queue.finished(run.item, outcome) : queue.failed(run.item);
            wake.signalAll();
        } finally {
            lock.unlock();
        }
        metrics.worked(run.item.controller().name(), finished.worked());
        if (cut) {
            log.debug("controller={} key={} cut short", run.item.controller().name(), run.item.key(), bug);
        } else if (outcome != null) {
            report.finished(run.item, outcome, finished);
        } else {
            report.threw(run.item, bug != null ? bug : new NullPointerException("no outcome"), finished);
        }
    }

    /** Interrupts what hangs, answers when to look next. */
    private @Nullable Duration interruptHanging() {
        Duration next = null;
        for (Run run : runs) {
            if (run.hanging) {
                continue;
            }
            Duration left = options.hangAfter().minusNanos(options.clock().nanos() - run.started);
            if (left.isPositive()) {
                next = least(next, left);
            } else {
                log.error(
                        "controller={} key={} hangs since {} and is interrupted",
                        run.item.controller().name(),
                        run.item.key(),
                        options.hangAfter());
                run.hanging = true;
                queue.abandon(run.item);
                run.thread.interrupt();
                next = Duration.ZERO;
            }
        }
        return next;
    }

    private void standDown() throws InterruptedException {
        lock.lock();
        try {
            state = State.STANDING_BY;
            queue.clear();
            log.info("controllers {} running={}", stopping ? "stop" : "stand down", runs.size());
            if (stopping && leadership.leading()) {
                awaitIdle(options.drain());
            }
            runs.forEach(run -> {
                run.cut = true;
                run.thread.interrupt();
            });
            if (!awaitIdle(options.stopWithin())) {
                runs.forEach(run -> log.error(
                        "controller={} key={} does not come back",
                        run.item.controller().name(),
                        run.item.key()));
            }
        } finally {
            lock.unlock();
        }
        report.clear();
    }

    private boolean awaitIdle(Duration atMost) throws InterruptedException {
        long left = atMost.toNanos();
        while (!runs.isEmpty() && left > 0) {
            left = wake.awaitNanos(left);
        }
        return runs.isEmpty();
    }

    private void become(State next) {
        lock.lock();
        try {
            state = next;
        } finally {
            lock.unlock();
        }
    }

    private List<QueueMetrics.Lane> lanes() {
        lock.lock();
        try {
            return controllers.stream()
                    .map(controller -> new QueueMetrics.Lane(controller.name(), queue.numbers(controller)))
                    .toList();
        } finally {
            lock.unlock();
        }
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

    private Health health(Controller controller) {
        List<String> hanging = runs.stream()
                .filter(run -> run.hanging && run.item.controller().equals(controller))
                .map(run -> run.item.key().toString())
                .toList();
        WorkQueue.Numbers numbers = queue.numbers(controller);
        String detail =
                "running=" + numbers.running().size() + " ready=" + numbers.depth() + " delayed=" + numbers.delayed();
        return hanging.isEmpty()
                ? Health.of(controller.name(), Health.Status.OK, detail)
                : Health.of(controller.name(), Health.Status.FAILED, detail + " hanging=" + hanging);
    }

    private String stateText() {
        return switch (state) {
            case STANDING_BY -> "standing by";
            case FILLING_CACHES -> "waiting for caches";
            case WORKING -> "working";
            case STOPPED -> "stopped";
        };
    }

    private static @Nullable Duration least(@Nullable Duration one, @Nullable Duration two) {
        if (one == null || two == null) {
            return one == null ? two : one;
        }
        return one.compareTo(two) <= 0 ? one : two;
    }
}
