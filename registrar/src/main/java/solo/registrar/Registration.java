package solo.registrar;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import solo.csi.SocketAccess;
import solo.csi.SocketServer;
import solo.csi.UnixSocket;
import solo.csi.UnusableSocketException;
import solo.registrar.RegistrationOptions.Leave;
import solo.registrar.RegistrationOptions.TryAgain;
import solo.registrar.RegistrationRules.Standing;
import solo.registrar.RegistrationState.Offered;
import solo.registrar.RegistrationState.Refused;
import solo.registrar.RegistrationState.Registered;
import solo.registrar.RegistrationState.Replaced;
import solo.registrar.RegistrationState.Stopped;
import solo.registrar.RegistrationState.Unavailable;

/**
 * Offers one driver to the kubelet through {@code <directory>/<driver>-reg.sock}, and keeps the offer standing: the
 * kubelet reacts to the socket's creation, so after a refusal or a wiped folder the socket is created again.
 */
public final class Registration implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Registration.class);
    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

    private final RegistrationOptions options;
    private final UnixSocket socket;
    private final Semaphore wake = new Semaphore(0);
    // Guards the socket itself: opening and closing it may take seconds, and the kubelet's calls must not wait for it.
    private final Object hands = new Object();
    private final KubeletsVerdict verdict = new KubeletsVerdict();
    private @Nullable SocketServer server;
    private boolean everOffered;
    private volatile RegistrationState state = new Unavailable("the registration socket has not been created yet");

    public Registration(RegistrationOptions options) {
        this.options = options;
        this.socket = new UnixSocket(options.directory().resolve(options.driverName() + "-reg.sock"));
    }

    public UnixSocket socket() {
        return socket;
    }

    public RegistrationState state() {
        return state;
    }

    /** Creates the socket now or says in one sentence why not; {@link #run} then keeps it. */
    public void start() throws UnusableSocketException {
        synchronized (hands) {
            offer();
        }
    }

    /** Keeps the offer standing until {@link #stop}, an interrupt, or for ever; wants a thread of its own. */
    public void run() {
        try {
            while (!(state instanceof Stopped)) {
                stepOrTrouble();
                if (wake.tryAcquire(LOOK_EVERY.toNanos(), TimeUnit.NANOSECONDS)) {
                    wake.drainPermits();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void stepOrTrouble() {
        try {
            step(System.nanoTime());
        } catch (RuntimeException e) {
            log.error("registration failed unexpectedly, looking again driver={}", options.driverName(), e);
        }
    }

    /** Looks once and acts once. */
    void step(long nowNanos) {
        synchronized (hands) {
            try {
                Standing standing = standing();
                switch (RegistrationRules.decide(state, standing, nowNanos)) {
                    case KEEP -> notice(standing);
                    case OFFER -> offer();
                    case OFFER_ANEW -> {
                        log.warn("registration socket vanished, offering the driver again socket={}", socket);
                        withdraw();
                        offer();
                    }
                    case WITHDRAW -> withdraw();
                }
            } catch (UnusableSocketException e) {
                become(new Unavailable(e.sentence()));
            }
        }
    }

    /** Takes the socket away, by which the kubelet forgets the driver; a successor's socket is left in place. */
    public RegistrarEnd stop() {
        become(new Stopped());
        wake.release();
        synchronized (hands) {
            try {
                boolean leftToOther = server == null || standing() == Standing.TAKEN;
                withdraw();
                return leftToOther || socket.look() == UnixSocket.Found.NOTHING
                        ? new RegistrarEnd.Stopped()
                        : new RegistrarEnd.SocketLeft(socket + " is still there; remove it");
            } catch (UnusableSocketException e) {
                return new RegistrarEnd.SocketLeft(e.sentence());
            }
        }
    }

    @Override
    public void close() {
        RegistrarEnd end = stop();
        if (!(end instanceof RegistrarEnd.Stopped)) {
            log.warn("{} driver={}", end.sentence(), options.driverName());
        }
    }

    private Standing standing() throws UnusableSocketException {
        if (server != null) {
            return switch (server.place()) {
                case OURS -> Standing.OURS;
                case GONE -> Standing.WIPED;
                case TAKEN -> Standing.TAKEN;
            };
        }
        // What is found before the first offer was left by a crash; later on it is somebody's.
        return everOffered && socket.look() == UnixSocket.Found.A_SOCKET ? Standing.TAKEN : Standing.ABSENT;
    }

    private void offer() throws UnusableSocketException {
        if (state instanceof Stopped) {
            return;
        }
        // The kubelet may answer before we are back from creating the socket, and its word must stand.
        if (!(state instanceof Unavailable)) {
            become(verdict.awaited());
        }
        var service = new RegistrationService(options, verdict);
        server = SocketServer.start(socket, SocketAccess.OWNER, List.of(service.bindService()));
        everOffered = true;
        nowAvailable();
    }

    private void withdraw() {
        SocketServer serving = server;
        if (serving != null) {
            server = null;
            serving.close();
        }
    }

    private void notice(Standing standing) {
        if (standing == Standing.TAKEN) {
            become(new Replaced());
        }
    }

    private synchronized void nowAvailable() {
        if (state instanceof Unavailable) {
            become(verdict.awaited());
        }
    }

    /** Nothing follows {@link Stopped}. */
    private synchronized void become(RegistrationState next) {
        if (state instanceof Stopped || state.equals(next)) {
            return;
        }
        state = next;
        switch (next) {
            case Unavailable _, Refused _, Replaced _ ->
                log.warn("{} driver={} socket={}", next.sentence(), options.driverName(), socket);
            case Offered _, Registered _, Stopped _ ->
                log.info("{} driver={} socket={}", next.sentence(), options.driverName(), socket);
        }
    }

    /** Called by the kubelet's calls, on their threads. */
    private final class KubeletsVerdict implements RegistrationService.Verdict {
        private final AtomicInteger refusals = new AtomicInteger();
        private volatile String lastRefusal = "";

        Offered awaited() {
            return new Offered(lastRefusal);
        }

        @Override
        public void registered() {
            refusals.set(0);
            lastRefusal = "";
            become(new Registered());
        }

        @Override
        public void refused(String error) {
            switch (options.afterRefusal()) {
                case Leave(var exit) -> exit.accept(error);
                case TryAgain again -> {
                    lastRefusal = error;
                    int inARow = refusals.incrementAndGet();
                    long retryNanos = System.nanoTime() + again.pause(inARow).toNanos();
                    become(new Refused(error, inARow, retryNanos));
                    wake.release();
                }
            }
        }
    }
}
