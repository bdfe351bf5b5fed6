package solo.livenessprobe;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import solo.csi.CsiException;

/**
 * Asks a driver whether it is alive, at most once at a time: whoever asks while a Probe is under way waits for that
 * one. A driver that hangs therefore costs one thread, however often the kubelet comes back.
 */
public final class Liveness {
    private static final Logger log = LoggerFactory.getLogger(Liveness.class);

    private final ProbeCall driver;
    private final Duration timeout;
    private @Nullable Probe underWay;

    public Liveness(ProbeCall driver, Duration timeout) {
        this.driver = driver;
        this.timeout = timeout;
    }

    /** Answers within the timeout; the answer is never older than the call. */
    public ProbeResult check() throws InterruptedException {
        ProbeResult result = join().await();
        if (result instanceof ProbeResult.Ready) {
            log.debug("health check succeeded");
        } else {
            log.warn("health check failed reason=\"{}\"", result.text());
        }
        return result;
    }

    private synchronized Probe join() {
        Probe probe = underWay;
        if (probe == null) {
            probe = new Probe();
            underWay = probe;
            probe.thread.start();
        }
        return probe;
    }

    private synchronized void end() {
        underWay = null;
    }

    /** One Probe and everybody who waits for it. */
    private final class Probe {
        private final CountDownLatch ended = new CountDownLatch(1);
        // A platform thread: a driver stuck in a system call must not hold one of the few virtual carriers.
        private final Thread thread =
                Thread.ofPlatform().daemon().name("livenessprobe").unstarted(this::run);
        private volatile ProbeResult result = new ProbeResult.TimedOut(timeout);
        private volatile boolean givenUp;

        private void run() {
            try {
                ProbeResult answer = ask();
                // After giving up an error only tells of our own interrupt.
                if (!(givenUp && answer instanceof ProbeResult.Failed)) {
                    result = answer;
                }
            } finally {
                end();
                ended.countDown();
            }
        }

        private ProbeResult ask() {
            try {
                return driver.ready(timeout) ? new ProbeResult.Ready() : new ProbeResult.NotReady();
            } catch (CsiException e) {
                return new ProbeResult.Failed(e.goText());
            } catch (RuntimeException e) {
                log.error("driver failed unexpectedly call=Probe", e);
                return new ProbeResult.Failed("the driver's Probe threw " + e);
            }
        }

        private ProbeResult await() throws InterruptedException {
            if (ended.await(timeout.toNanos(), TimeUnit.NANOSECONDS)) {
                return result;
            }
            givenUp = true;
            thread.interrupt();
            return new ProbeResult.TimedOut(timeout);
        }
    }
}
