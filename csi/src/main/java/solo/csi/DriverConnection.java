package solo.csi;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A lasting connection to a driver's socket: {@link #open} returns once the driver accepts connections, and from then
 * on the connection mends itself within a second of the driver's return.
 */
public final class DriverConnection implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(DriverConnection.class);

    private final SocketConnection connection;
    private final ConnectionWatch watch;

    private DriverConnection(SocketConnection connection, ConnectionWatch watch) {
        this.connection = connection;
        this.watch = watch;
    }

    /** Waits for the driver as long as the options allow; then says in one sentence what is wrong with the socket. */
    public static DriverConnection open(UnixSocket socket, ConnectionOptions options)
            throws UnusableSocketException, InterruptedException {
        var connection = SocketConnection.to(socket);
        var watch = ConnectionWatch.start(connection.managed(), socket, options.lost());
        var opened = new DriverConnection(connection, watch);
        try {
            opened.awaitDriver(socket, options);
        } catch (UnusableSocketException | InterruptedException failed) {
            opened.close();
            throw failed;
        }
        log.info("connected socket={}", socket);
        return opened;
    }

    public Calls calls() {
        return new GrpcCalls(connection.channel());
    }

    @Override
    public void close() {
        watch.close();
        connection.close();
    }

    private void awaitDriver(UnixSocket socket, ConnectionOptions options)
            throws UnusableSocketException, InterruptedException {
        boolean forEver = options.budget().isZero();
        CallDeadline deadline = CallDeadline.in(options.budget());
        while (forEver || !deadline.remaining().isZero()) {
            if (watch.awaitReady(forEver ? options.notice() : sooner(options.notice(), deadline.remaining()))) {
                return;
            }
            log.info("still waiting for the driver socket={} because={}", socket, problem(socket));
        }
        throw new UnusableSocketException("no CSI driver answers on " + socket + " after "
                + seconds(options.budget()) + " s: " + problem(socket)
                + "; is the driver running, and is the directory of its socket mounted here?");
    }

    private static String problem(UnixSocket socket) throws UnusableSocketException {
        return switch (socket.look()) {
            case NOTHING -> "there is no such socket";
            case SOMETHING_ELSE -> "it is not a socket";
            case A_SOCKET -> "the socket is there, but nothing accepts connections on it";
        };
    }

    private static String seconds(Duration time) {
        return time.toMillisPart() == 0 ? Long.toString(time.toSeconds()) : Double.toString(time.toMillis() / 1e3);
    }

    private static Duration sooner(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
