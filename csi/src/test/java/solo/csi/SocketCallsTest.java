package solo.csi;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import org.junit.jupiter.api.io.TempDir;

final class SocketCallsTest extends CallsContract {
    @TempDir
    private Path directory = Path.of("");

    private final Deque<AutoCloseable> open = new ArrayDeque<>();

    @Override
    Calls open(Driver driver) throws Exception {
        var socket = new UnixSocket(directory.resolve("csi.sock"));
        open.push(DriverServer.start(socket, SocketAccess.OWNER, driver));
        var connection = DriverConnection.open(socket, ConnectionOptions.DEFAULT);
        open.push(connection);
        return connection.calls();
    }

    @Override
    void close() throws Exception {
        while (!open.isEmpty()) {
            open.pop().close();
        }
    }
}
