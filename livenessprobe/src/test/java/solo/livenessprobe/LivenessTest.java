package solo.livenessprobe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import csi.v1.GetPluginCapabilitiesRequest;
import csi.v1.GetPluginCapabilitiesResponse;
import csi.v1.GetPluginInfoRequest;
import csi.v1.GetPluginInfoResponse;
import csi.v1.ProbeRequest;
import csi.v1.ProbeResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import solo.csi.CsiException;
import solo.csi.IdentityService;
import solo.csi.model.Code;
import solo.livenessprobe.csi.InProcessProbe;

class LivenessTest {
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final Duration SHORT = Duration.ofMillis(50);

    @Test
    void a_driver_that_does_not_say_whether_it_is_ready_is_ready() throws Exception {
        ProbeResult result = check(ProbeResponse.getDefaultInstance());

        assertThat(result.httpStatus()).isEqualTo(200);
        assertThat(result.text()).isEqualTo("ok");
    }

    @Test
    void a_driver_that_says_ready_is_ready() throws Exception {
        assertThat(check(readyIs(true))).isEqualTo(new ProbeResult.Ready());
    }

    @Test
    void a_driver_that_says_not_ready_fails_with_the_words_of_the_go_livenessprobe() throws Exception {
        ProbeResult result = check(readyIs(false));

        assertThat(result.httpStatus()).isEqualTo(500);
        assertThat(result.text()).isEqualTo("driver responded but is not ready");
    }

    @Test
    void an_error_of_the_driver_is_told_with_its_code() throws Exception {
        ProbeCall driver = _ -> {
            throw new CsiException(Code.FAILED_PRECONDITION, "disk is gone");
        };

        ProbeResult result = new Liveness(driver, LONG).check();

        assertThat(result.httpStatus()).isEqualTo(500);
        assertThat(result.text()).isEqualTo("rpc error: code = FailedPrecondition desc = disk is gone");
    }

    @Test
    void a_driver_that_throws_is_a_failed_check_and_not_a_dead_probe() throws Exception {
        AtomicBoolean broken = new AtomicBoolean(true);
        Liveness liveness = new Liveness(
                _ -> {
                    if (broken.get()) {
                        throw new IllegalStateException("a bug in the driver");
                    }
                    return true;
                },
                LONG);

        assertThat(liveness.check().text()).contains("a bug in the driver");
        broken.set(false);
        assertThat(liveness.check()).isEqualTo(new ProbeResult.Ready());
    }

    @Test
    void a_driver_that_hangs_is_a_failed_check_after_the_timeout_and_its_call_is_interrupted() throws Exception {
        CountDownLatch interrupted = new CountDownLatch(1);
        Liveness liveness = new Liveness(
                _ -> {
                    try {
                        new CountDownLatch(1).await();
                    } catch (InterruptedException e) {
                        interrupted.countDown();
                    }
                    throw new CsiException(Code.CANCELED, "interrupted");
                },
                SHORT);

        assertThat(liveness.check().text())
                .isEqualTo("rpc error: code = DeadlineExceeded desc = the driver did not answer Probe within 50 ms");
        interrupted.await();
    }

    @Test
    void checks_do_not_pile_up_behind_a_driver_that_heeds_nothing() throws Exception {
        CountDownLatch wakeUp = new CountDownLatch(1);
        AtomicInteger calls = new AtomicInteger();
        Liveness liveness = new Liveness(
                _ -> {
                    calls.incrementAndGet();
                    awaitUninterruptibly(wakeUp);
                    return true;
                },
                SHORT);

        for (int i = 0; i < 5; i++) {
            assertThat(liveness.check()).isEqualTo(new ProbeResult.TimedOut(SHORT));
        }
        assertThat(calls).hasValue(1);

        wakeUp.countDown();
        await().until(() -> liveness.check().equals(new ProbeResult.Ready()));
    }

    @Test
    void checks_at_the_same_time_share_one_probe_and_the_next_one_asks_anew() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        AtomicInteger calls = new AtomicInteger();
        Liveness liveness = new Liveness(
                _ -> {
                    calls.incrementAndGet();
                    awaitUninterruptibly(go);
                    return true;
                },
                LONG);

        List<ProbeResult> results = new CopyOnWriteArrayList<>();
        List<Thread> askers = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            askers.add(Thread.startVirtualThread(() -> results.add(checkUnchecked(liveness))));
        }
        await().until(() -> askers.stream().allMatch(t -> t.getState() == Thread.State.TIMED_WAITING));
        go.countDown();
        for (Thread asker : askers) {
            asker.join();
        }

        assertThat(results).hasSize(3).containsOnly(new ProbeResult.Ready());
        assertThat(calls).hasValue(1);
        liveness.check();
        assertThat(calls).hasValue(2);
    }

    private static ProbeResult check(ProbeResponse answer) throws InterruptedException {
        return new Liveness(new InProcessProbe(new FakeIdentity(answer)), LONG).check();
    }

    private static ProbeResponse readyIs(boolean ready) {
        ProbeResponse.Builder answer = ProbeResponse.newBuilder();
        answer.getReadyBuilder().setValue(ready);
        return answer.build();
    }

    private static ProbeResult checkUnchecked(Liveness liveness) {
        try {
            return liveness.check();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        while (true) {
            try {
                latch.await();
                return;
            } catch (InterruptedException e) {
                // a driver that heeds nothing
            }
        }
    }

    private record FakeIdentity(ProbeResponse answer) implements IdentityService {
        @Override
        public GetPluginInfoResponse getPluginInfo(GetPluginInfoRequest request) {
            return GetPluginInfoResponse.getDefaultInstance();
        }

        @Override
        public GetPluginCapabilitiesResponse getPluginCapabilities(GetPluginCapabilitiesRequest request) {
            return GetPluginCapabilitiesResponse.getDefaultInstance();
        }

        @Override
        public ProbeResponse probe(ProbeRequest request) {
            return answer;
        }
    }
}
