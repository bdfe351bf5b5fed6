package solo.csi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import csi.v1.CreateVolumeRequest;
import csi.v1.ListVolumesRequest;
import csi.v1.ListVolumesResponse;
import csi.v1.ProbeRequest;
import csi.v1.ProbeResponse;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import solo.csi.model.Code;

/** What is wrapped around calls: metrics, logs, deadlines, limits. */
final class CallWrappersTest {
    private static final CreateVolumeRequest CREATE = CreateVolumeRequest.newBuilder()
            .setName("pvc-1")
            .putSecrets("password", "hunter2")
            .build();

    private final FakeDriver driver = new FakeDriver();
    private final Calls calls = new InProcessCalls(driver);

    @Test
    void a_call_is_measured_under_the_names_of_the_go_sidecars() throws Exception {
        var registry = new PrometheusRegistry();
        var name = new AtomicReference<>(MeasuredCalls.UNKNOWN_DRIVER);
        var measured = new MeasuredCalls(calls, CallMetrics.ofCaller(registry), name::get);
        driver.onProbe = request -> ProbeResponse.getDefaultInstance();

        var _ = measured.call(Rpcs.PROBE, ProbeRequest.getDefaultInstance());
        name.set("local.csi.solo");
        assertThatThrownBy(() -> measured.call(Rpcs.CREATE_VOLUME, CREATE)).isInstanceOf(CsiException.class);

        var metric = (HistogramSnapshot) registry.scrape().stream().findFirst().orElseThrow();
        assertThat(metric.getMetadata().getPrometheusName()).isEqualTo("csi_sidecar_operations_seconds");
        assertThat(metric.getDataPoints().stream()
                        .map(point -> point.getLabels().toString()))
                .containsExactlyInAnyOrder(
                        "{driver_name=\"unknown-driver\",grpc_status_code=\"OK\",method_name=\"/csi.v1.Identity/Probe\"}",
                        "{driver_name=\"local.csi.solo\",grpc_status_code=\"Unimplemented\","
                                + "method_name=\"/csi.v1.Controller/CreateVolume\"}");
        assertThat(metric.getDataPoints().getFirst().getClassicBuckets().stream()
                        .map(bucket -> bucket.getUpperBound()))
                .containsExactly(
                        .1, .25, .5, 1., 2.5, 5., 10., 15., 25., 50., 120., 300., 600., Double.POSITIVE_INFINITY);
    }

    @Test
    void requests_answers_and_refusals_are_logged_without_secrets() throws Exception {
        var lines = new ListAppender<ILoggingEvent>();
        Logger logger = (Logger) LoggerFactory.getLogger(LoggedCalls.class);
        Level before = logger.getLevel();
        logger.setLevel(Level.DEBUG);
        logger.addAppender(lines);
        lines.start();
        try {
            var logged = new LoggedCalls(calls, 30);
            assertThatThrownBy(() -> logged.call(Rpcs.CREATE_VOLUME, CREATE)).isInstanceOf(CsiException.class);
            driver.onListVolumes = request -> ListVolumesResponse.newBuilder()
                    .setNextToken("x".repeat(50))
                    .build();
            var _ = logged.call(Rpcs.LIST_VOLUMES, ListVolumesRequest.getDefaultInstance());
        } finally {
            logger.detachAppender(lines);
            logger.setLevel(before);
        }
        assertThat(lines.list.stream().map(ILoggingEvent::getFormattedMessage))
                .containsExactly(
                        "call=/csi.v1.Controller/CreateVolume "
                                + "request={\"name\":\"pvc-1\",\"secrets\":\"***stripped***\"}",
                        "call=/csi.v1.Controller/CreateVolume "
                                + "refused=rpc error: code = Unimplemented desc = method CreateVolume not implemented",
                        "call=/csi.v1.Controller/ListVolumes request={}",
                        "call=/csi.v1.Controller/ListVolumes "
                                + "answer={\"next_token\":\"xxxxxxxxxxxxxxx... (cut after 30 characters)");
    }

    @Test
    void a_caller_that_is_stopped_hears_canceled_and_stays_interrupted() {
        var started = new CountDownLatch(1);
        driver.onCreateVolume = request -> {
            started.countDown();
            return blocked();
        };
        var timed = new TimedCalls(calls, Duration.ofMinutes(1));
        var outcome = new AtomicReference<>("");
        Thread caller = Thread.ofVirtual().start(() -> {
            try {
                var _ = timed.call(Rpcs.CREATE_VOLUME, CREATE);
            } catch (CsiException refused) {
                outcome.set(refused.goText() + " interrupted="
                        + Thread.currentThread().isInterrupted());
            }
        });
        await().until(() -> started.getCount() == 0);
        caller.interrupt();
        await().untilAsserted(() ->
                assertThat(outcome).hasValue("rpc error: code = Canceled desc = context canceled interrupted=true"));
    }

    @Test
    void an_inner_call_never_outlives_the_outer_deadline() {
        driver.onCreateVolume = request -> blocked();
        var outer = new TimedCalls(new TimedCalls(calls, Duration.ofMinutes(10)), Duration.ofMillis(50));
        assertThatThrownBy(() -> outer.call(Rpcs.CREATE_VOLUME, CREATE)).hasMessage("context deadline exceeded");
    }

    @Test
    void a_driver_s_own_deadline_keeps_its_words() {
        driver.onCreateVolume = request -> {
            throw new CsiException(Code.DEADLINE_EXCEEDED, "backend did not answer");
        };
        var timed = new TimedCalls(calls, Duration.ofMinutes(1));
        assertThatThrownBy(() -> timed.call(Rpcs.CREATE_VOLUME, CREATE)).hasMessage("backend did not answer");
    }

    @Test
    void a_busy_driver_makes_the_next_caller_wait_but_still_answers_its_probe() throws Exception {
        var started = new CountDownLatch(1);
        driver.onProbe = request -> ProbeResponse.getDefaultInstance();
        driver.onCreateVolume = request -> {
            started.countDown();
            return blocked();
        };
        var limited = new LimitedCalls(calls, 1, Duration.ofMillis(50));
        Thread first = Thread.ofVirtual().start(() -> {
            try {
                var _ = limited.call(Rpcs.CREATE_VOLUME, CREATE);
            } catch (CsiException interrupted) {
                assertThat(interrupted.code()).isEqualTo(Code.CANCELED);
            }
        });
        await().until(() -> started.getCount() == 0);

        assertThatThrownBy(() -> limited.call(Rpcs.CREATE_VOLUME, CREATE))
                .isInstanceOfSatisfying(
                        CsiException.class,
                        refused -> assertThat(refused.goText())
                                .isEqualTo("rpc error: code = Unavailable desc = "
                                        + "the driver is busy: 1 calls are already running"));
        assertThat(limited.call(Rpcs.PROBE, ProbeRequest.getDefaultInstance()))
                .isEqualTo(ProbeResponse.getDefaultInstance());

        first.interrupt();
        driver.onCreateVolume = request -> CallsContract.volume("vol-1");
        await().ignoreExceptions()
                .untilAsserted(() ->
                        assertThat(limited.call(Rpcs.CREATE_VOLUME, CREATE)).isEqualTo(CallsContract.volume("vol-1")));
    }

    private static csi.v1.CreateVolumeResponse blocked() throws CsiException {
        try {
            new CountDownLatch(1).await();
            throw new AssertionError("nobody counts it down");
        } catch (InterruptedException stopped) {
            throw new CsiException(Code.CANCELED, "stopped", stopped);
        }
    }
}
