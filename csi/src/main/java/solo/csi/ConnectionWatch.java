package solo.csi;

import io.grpc.ConnectivityState;
import io.grpc.ManagedChannel;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the state of a channel on a thread of its own: keeps it connecting, tells of a lost connection at once
 * rather than at the next call, and cuts gRPC's back-off of up to two minutes down to one second.
 */
final class ConnectionWatch implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(ConnectionWatch.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final ManagedChannel channel;
    private final UnixSocket socket;
    private final Runnable lost;
    private final CountDownLatch ready = new CountDownLatch(1);
    private final Thread thread;

    private ConnectionWatch(ManagedChannel channel, UnixSocket socket, Runnable lost) {
        this.channel = channel;
        this.socket = socket;
        this.lost = lost;
        this.thread = Thread.ofVirtual().name("watch " + socket).unstarted(this::follow);
    }

    static ConnectionWatch start(ManagedChannel channel, UnixSocket socket, Runnable lost) {
        var watch = new ConnectionWatch(channel, socket, lost);
        watch.thread.start();
        return watch;
    }

    /** True once the first connection stands, false when the time has passed before. */
    boolean awaitReady(Duration time) throws InterruptedException {
        return ready.await(time.toNanos(), TimeUnit.NANOSECONDS);
    }

    @Override
    public void close() {
        thread.interrupt();
    }

    private void follow() {
        try {
            while (true) {
                ConnectivityState state = channel.getState(true);
                switch (state) {
                    case READY -> {
                        ready.countDown();
                        changeFrom(state).await();
                        tellOfLoss();
                    }
                    case TRANSIENT_FAILURE -> {
                        CountDownLatch changed = changeFrom(state);
                        while (!changed.await(PAUSE.toNanos(), TimeUnit.NANOSECONDS)) {
                            channel.resetConnectBackoff();
                        }
                    }
                    case IDLE, CONNECTING -> changeFrom(state).await();
                    case SHUTDOWN -> {
                        return;
                    }
                }
            }
        } catch (InterruptedException closed) {
            log.debug("no longer watched socket={}", socket);
        }
    }

    private void tellOfLoss() {
        log.warn("connection to the driver lost, connecting again socket={}", socket);
        try {
            lost.run();
        } catch (RuntimeException bug) {
            log.error("the notice of a lost connection failed socket={}", socket, bug);
        }
    }

    private CountDownLatch changeFrom(ConnectivityState state) {
        var changed = new CountDownLatch(1);
        channel.notifyWhenStateChanged(state, changed::countDown);
        return changed;
    }
}
