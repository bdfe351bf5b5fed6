package solo.csi;

/** Puts a driver of this process on a unix socket, for the kubelet, for csi-sanity and for the Go sidecars. */
public final class DriverServer implements AutoCloseable {
    private final SocketServer server;

    private DriverServer(SocketServer server) {
        this.server = server;
    }

    public static DriverServer start(UnixSocket socket, SocketAccess access, Driver driver)
            throws UnusableSocketException {
        return start(socket, access, new InProcessCalls(driver));
    }

    /** With whatever is wrapped around the calls: logs, metrics, a limit. */
    public static DriverServer start(UnixSocket socket, SocketAccess access, Calls calls)
            throws UnusableSocketException {
        return new DriverServer(SocketServer.start(socket, access, CsiServices.of(calls)));
    }

    /** Running calls get a few seconds to end; then the socket is gone. */
    @Override
    public void close() {
        server.close();
    }
}
