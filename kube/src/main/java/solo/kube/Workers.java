package solo.kube;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import solo.kube.WorkQueue.Finished;
import solo.kube.WorkQueue.Item;
import solo.kube.model.ObjectKey;
import solo.kube.model.Outcome;

/**
 * The work queue with its lock and its virtual threads: one thread for each item that runs, and one caller of
 * {@link #dispatch} that hands items out and sleeps when there is none.
 */
final class Workers {

    private static final Logger log = LoggerFactory.getLogger(Workers.class);

    /** A reconcile on its thread. */
    private static final class Run {
        final Item item;
        final long started;
        boolean hanging;
        /** Interrupted because this process stands down or stops: what it answers is no longer of interest. */
        boolean cut;

        @Nullable
        Thread thread;

        Run(Item item, long started) {
            this.item = item;
            this.started = started;
        }

        void interrupt() {
            if (thread != null) {
                thread.interrupt();
            }
        }
    }

    private final List<Controller> controllers;
    private final OutcomeReport report;
    private final Clock clock;
    private final Duration hangAfter;
    private final QueueMetrics metrics;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition wake = lock.newCondition();
    private final WorkQueue queue;
    private final Set<Run> runs = new LinkedHashSet<>();

    Workers(List<Controller> controllers, OutcomeReport report, ControllerRuntime.Options options) {
        this.controllers = controllers;
        this.report = report;
        this.clock = options.clock();
        this.hangAfter = options.hangAfter();
        this.queue = new WorkQueue(clock, controllers);
        this.metrics = new QueueMetrics(options.metrics(), this::lanes);
    }

    /** Queues a key; {@code anew} drops what is remembered of it, because the object is another one now. */
    void offer(Controller controller, ObjectKey key, boolean anew) {
        lock.lock();
        try {
            if (anew) {
                queue.forget(controller, key);
            }
            queue.offer(controller, key);
            wake.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Makes the dispatcher look at everything again. */
    void wake() {
        lock.lock();
        try {
            wake.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Sleeps until this is true; whoever makes it true calls {@link #wake}. */
    void await(BooleanSupplier met) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (!met.getAsBoolean()) {
                wake.await();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Empties the queue; what runs goes on. */
    void clear() {
        lock.lock();
        try {
            queue.clear();
        } finally {
            lock.unlock();
        }
    }

    /** Hands out items for as long as {@code goOn} holds. */
    void dispatch(BooleanSupplier goOn) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (goOn.getAsBoolean()) {
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

    /**
     * Ends what runs: lets it finish for a while, then interrupts it and waits for it to come back.
     *
     * @return true if nothing runs any more
     */
    boolean end(Duration drain, Duration within) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            awaitIdle(drain);
            runs.forEach(run -> {
                run.cut = true;
                run.interrupt();
            });
            awaitIdle(within);
            runs.forEach(run -> log.error(
                    "controller={} key={} does not come back",
                    run.item.controller().name(),
                    run.item.key()));
            return runs.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    Health health(Controller controller) {
        lock.lock();
        try {
            List<String> hanging = runs.stream()
                    .filter(run -> run.hanging && run.item.controller().equals(controller))
                    .map(run -> run.item.key().toString())
                    .toList();
            WorkQueue.Numbers numbers = queue.numbers(controller);
            String detail = "running=" + numbers.running().size() + " ready=" + numbers.depth() + " delayed="
                    + numbers.delayed();
            return hanging.isEmpty()
                    ? Health.of(controller.name(), Health.Status.OK, detail)
                    : Health.of(controller.name(), Health.Status.FAILED, detail + " hanging=" + hanging);
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

    private void launch(Item item) {
        metrics.queued(item.controller().name(), item.queued());
        Run run = new Run(item, clock.nanos());
        runs.add(run);
        run.thread = Thread.ofVirtual()
                .name(item.controller().name() + " " + item.key())
                .start(() -> reconcile(run));
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
        lock.lock();
        try {
            runs.remove(run);
            finished = outcome != null ? queue.finished(run.item, outcome) : queue.failed(run.item);
            wake.signalAll();
        } finally {
            lock.unlock();
        }
        metrics.worked(run.item.controller().name(), finished.worked());
        if (run.cut) {
            log.debug(
                    "controller={} key={} was cut short", run.item.controller().name(), run.item.key(), bug);
        } else if (outcome != null) {
            report.finished(run.item, outcome, finished);
        } else {
            report.threw(run.item, bug != null ? bug : new NullPointerException("no outcome"), finished);
        }
    }

    /** Interrupts what hangs and lets others have its worker; answers when to look next. */
    private @Nullable Duration interruptHanging() {
        Duration next = null;
        for (Run run : runs) {
            Duration left = hangAfter.minusNanos(clock.nanos() - run.started);
            if (run.hanging) {
                continue;
            }
            if (left.isPositive()) {
                next = least(next, left);
                continue;
            }
            log.error(
                    "controller={} key={} hangs for {} and is interrupted",
                    run.item.controller().name(),
                    run.item.key(),
                    hangAfter);
            run.hanging = true;
            run.interrupt();
            queue.abandon(run.item);
            next = Duration.ZERO;
        }
        return next;
    }

    private void awaitIdle(Duration atMost) throws InterruptedException {
        long left = atMost.toNanos();
        while (!runs.isEmpty() && left > 0) {
            left = wake.awaitNanos(left);
        }
    }

    private static @Nullable Duration least(@Nullable Duration one, @Nullable Duration two) {
        if (one == null || two == null) {
            return one == null ? two : one;
        }
        return one.compareTo(two) <= 0 ? one : two;
    }
}
