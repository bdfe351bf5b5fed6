package solo.kube;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static solo.kube.Widget.widget;

import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import solo.kube.model.ObjectKey;
import solo.kube.model.ObjectReference;
import solo.kube.model.Outcome;
import solo.kube.model.Retry;

class ControllerRuntimeTest {

    private static final Duration HANGS = Duration.ofMinutes(10);

    private final FakeClock clock = new FakeClock();
    private final FakeCluster cluster = new FakeCluster();
    private final FakeLeadership leadership = new FakeLeadership();
    private final PrometheusRegistry metrics = new PrometheusRegistry();
    private final List<String> events = new CopyOnWriteArrayList<>();
    private final OutcomeReport report = new OutcomeReport(
            controller -> (about, note) -> events.add(controller.name() + " " + note.reason() + " " + about.key()),
            clock,
            metrics);
    private final List<ObjectKey> seen = new CopyOnWriteArrayList<>();
    private Duration drain = Duration.ofMillis(20);
    private @Nullable ControllerRuntime runtime;

    @AfterEach
    void stop() throws InterruptedException {
        if (runtime != null) {
            runtime.stop();
        }
    }

    @Test
    void every_object_that_is_there_is_looked_at_once_the_caches_are_filled() {
        cluster.missing.add("widgets (being listed)");
        store().watched(widget("one", "u1", 1, "red"));
        ControllerRuntime started = start(noting());
        await().until(() -> started.health().detail().equals("waiting for caches"));
        assertThat(started.health().ready()).isFalse();
        assertThat(started.health().healthy()).isTrue();
        assertThat(seen).isEmpty();

        cluster.missing.clear();
        await().until(() -> seen.equals(List.of(Widget.key("one"))));
        assertThat(started.health().ready()).isTrue();
    }

    @Test
    void a_change_is_looked_at() {
        start(noting());
        working();
        store().watched(widget("two", "u2", 1, "red"));
        await().until(() -> seen.contains(Widget.key("two")));
    }

    @Test
    void what_lies_outside_the_cluster_may_offer_a_key() {
        ControllerRuntime started = start(noting());
        working();
        started.offer("others", Widget.key("two"));
        started.offer("widgets", Widget.key("one"));
        await().until(() -> seen.equals(List.of(Widget.key("one"))));
    }

    @Test
    void nothing_runs_before_this_process_leads() {
        leadership.lead(false);
        store().watched(widget("one", "u1", 1, "red"));
        start(noting());
        assertThat(seen).isEmpty();
        leadership.lead(true);
        await().until(() -> seen.contains(Widget.key("one")));
    }

    @Test
    void on_loss_of_leadership_running_work_is_interrupted_and_begins_anew_when_it_returns() {
        AtomicInteger starts = new AtomicInteger();
        CountDownLatch never = new CountDownLatch(1);
        store().watched(widget("one", "u1", 1, "red"));
        ControllerRuntime started = start(key -> {
            starts.incrementAndGet();
            never.await();
            return Outcome.done();
        });
        await().until(() -> starts.get() == 1);
        leadership.lead(false);
        await().until(() -> started.health().detail().equals("standing by"));
        assertThat(events).isEmpty();
        assertThat(report.waiting()).isEmpty();
        leadership.lead(true);
        await().until(() -> starts.get() == 2);
    }

    @Test
    void stopping_lets_work_finish_for_a_moment() throws Exception {
        Semaphore running = new Semaphore(0);
        Semaphore finish = new Semaphore(0);
        List<String> ended = new CopyOnWriteArrayList<>();
        drain = Duration.ofSeconds(10);
        store().watched(widget("one", "u1", 1, "red"));
        ControllerRuntime started = start(key -> {
            running.release();
            finish.acquire();
            ended.add("by itself");
            return Outcome.done();
        });
        running.acquire();
        Thread stopping = Thread.ofVirtual().start(() -> {
            try {
                assertThat(started.stop()).isTrue();
                ended.add("stopped");
            } catch (InterruptedException e) {
                ended.add("interrupted");
            }
        });
        finish.release();
        stopping.join();
        assertThat(ended).containsExactly("by itself", "stopped");
    }

    @Test
    void work_that_does_not_come_back_is_told_to_who_stops() throws Exception {
        Semaphore running = new Semaphore(0);
        Semaphore finish = new Semaphore(0);
        store().watched(widget("one", "u1", 1, "red"));
        ControllerRuntime started = start(key -> {
            running.release();
            finish.acquireUninterruptibly();
            return Outcome.done();
        });
        running.acquire();
        assertThat(started.stop()).isFalse();
        finish.release();
    }

    @Test
    void what_waits_is_listed_with_its_next_attempt_told_as_event_and_counted() {
        ObjectReference about = Widget.KIND.reference(widget("one", "u1", 1, "red"));
        store().watched(widget("one", "u1", 1, "red"));
        start(key -> Outcome.waiting(new Missing("a class"), Retry.backoff(), about));
        await().until(() -> report.waiting().size() == 1);
        WaitingKey waiting = report.waiting().getFirst();
        assertThat(waiting.reason().message()).isEqualTo("a class is missing");
        assertThat(waiting.next()).isEqualTo(clock.now().plusSeconds(1));
        assertThat(events).containsExactly("widgets Missing default/one");
        assertThat(gauge("solo_waiting"))
                .containsExactly("{actor=\"ADMINISTRATOR\",controller=\"widgets\",reason=\"Missing\"} 1.0");
    }

    @Test
    void a_key_runs_again_when_its_backoff_is_over_and_leaves_the_list_when_it_is_done() {
        AtomicInteger attempts = new AtomicInteger();
        store().watched(widget("one", "u1", 1, "red"));
        ControllerRuntime started = start(key -> attempts.incrementAndGet() < 3
                ? Outcome.waiting(new Missing("a class"), Retry.backoff(), null)
                : Outcome.done());
        for (int i = 1; i < 3; i++) {
            int attempt = i;
            await().until(() ->
                    report.waiting().size() == 1 && report.waiting().getFirst().attempts() == attempt);
            clock.advance(Duration.ofSeconds(1L << (i - 1)));
            started.wake();
        }
        await().until(() -> report.waiting().isEmpty());
        assertThat(attempts).hasValue(3);
    }

    @Test
    void a_reconcile_that_throws_backs_off_and_the_others_go_on() {
        store().watched(widget("bad", "u1", 1, "red"));
        ControllerRuntime started = start(key -> {
            if (key.name().equals("bad")) {
                throw new IllegalStateException("broken on purpose by a test");
            }
            seen.add(key);
            return Outcome.done();
        });
        await().until(() -> report.waiting().size() == 1);
        assertThat(report.waiting().getFirst().reason().message()).contains("broken on purpose by a test");
        assertThat(report.waiting().getFirst().next()).isEqualTo(clock.now().plusSeconds(1));
        store().watched(widget("good", "u2", 2, "red"));
        await().until(() -> seen.contains(Widget.key("good")));
        assertThat(started.health().healthy()).isTrue();
    }

    @Test
    void a_reconcile_that_hangs_is_interrupted_shown_and_replaced() throws Exception {
        Semaphore hanging = new Semaphore(0);
        Semaphore finish = new Semaphore(0);
        AtomicInteger interrupts = new AtomicInteger();
        store().watched(widget("bad", "u1", 1, "red"));
        ControllerRuntime started = start(key -> {
            if (key.name().equals("bad")) {
                hanging.release();
                while (!finish.tryAcquire()) {
                    try {
                        finish.acquire();
                        break;
                    } catch (InterruptedException e) {
                        interrupts.incrementAndGet();
                    }
                }
            }
            seen.add(key);
            return Outcome.done();
        });
        hanging.acquire();
        store().watched(widget("good", "u2", 2, "red"));
        assertThat(seen).as("the only worker hangs").isEmpty();
        clock.advance(HANGS);
        started.wake();
        await().until(() -> seen.contains(Widget.key("good")));
        assertThat(interrupts).hasValue(1);
        assertThat(started.health().healthy()).isFalse();
        finish.release();
        await().until(() -> started.health().healthy());
    }

    @Test
    void an_object_created_anew_starts_with_a_clean_backoff() {
        store().watched(widget("one", "u1", 1, "red"));
        AtomicInteger attempts = new AtomicInteger();
        start(key -> {
            attempts.incrementAndGet();
            return Outcome.waiting(new Missing("a class"), Retry.backoff(), null);
        });
        for (int version = 2; version < 5; version++) {
            int attempt = version - 1;
            await().until(() -> attempts.get() == attempt);
            await().until(() -> report.waiting().size() == 1
                    && clock.now()
                            .plusSeconds(1L << (attempt - 1))
                            .equals(report.waiting().getFirst().next()));
            store().watched(widget("one", "u1", version, "red"));
        }
        await().until(() -> attempts.get() == 4);
        await().until(() ->
                clock.now().plusSeconds(8).equals(report.waiting().getFirst().next()));
        store().gone(Widget.key("one"));
        await().until(() ->
                clock.now().plusSeconds(1).equals(report.waiting().getFirst().next()));
    }

    @Test
    void the_queue_shows_in_the_metrics_under_the_names_of_client_go() {
        store().watched(widget("one", "u1", 1, "red"));
        start(noting());
        await().until(() -> !seen.isEmpty());
        assertThat(names())
                .contains(
                        "workqueue_depth",
                        "workqueue_adds",
                        "workqueue_retries",
                        "workqueue_queue_duration_seconds",
                        "workqueue_work_duration_seconds",
                        "workqueue_unfinished_work_seconds",
                        "workqueue_longest_running_processor_seconds");
        assertThat(gauge("workqueue_depth")).containsExactly("{name=\"widgets\"} 0.0");
    }

    private Reconciler noting() {
        return key -> {
            seen.add(key);
            return Outcome.done();
        };
    }

    private RecordStore<Widget> store() {
        return cluster.store(Widget.KIND);
    }

    private void working() {
        await().until(() -> runtime != null && runtime.health().detail().equals("working"));
    }

    private ControllerRuntime start(Reconciler reconciler) {
        Function<Change<Widget>, Collection<ObjectKey>> keys = change -> {
            Widget widget = change.after() != null ? change.after() : change.before();
            return widget == null ? List.of() : List.of(widget.key());
        };
        Controller controller =
                new Controller("widgets", reconciler, 1, Backoff.DEFAULT, List.of(new Trigger<>(Widget.KIND, keys)));
        ControllerRuntime.Options options =
                new ControllerRuntime.Options(clock, metrics, HANGS, drain, Duration.ofMillis(100));
        ControllerRuntime started = new ControllerRuntime(cluster, leadership, report, List.of(controller), options);
        started.start();
        runtime = started;
        return started;
    }

    private List<String> names() {
        List<String> names = new ArrayList<>();
        metrics.scrape().forEach(snapshot -> names.add(snapshot.getMetadata().getName()));
        return names;
    }

    private List<String> gauge(String name) {
        List<String> lines = new ArrayList<>();
        for (MetricSnapshot snapshot : metrics.scrape()) {
            if (snapshot instanceof GaugeSnapshot gauge
                    && gauge.getMetadata().getName().equals(name)) {
                gauge.getDataPoints().forEach(point -> lines.add(point.getLabels() + " " + point.getValue()));
            }
        }
        return lines;
    }
}
