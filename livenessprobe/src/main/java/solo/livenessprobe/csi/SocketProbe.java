package solo.livenessprobe.csi;

import java.time.Duration;
import java.util.function.UnaryOperator;
import solo.csi.Calls;
import solo.csi.CsiException;
import solo.csi.GrpcCalls;
import solo.csi.RpcDriver;
import solo.csi.SocketConnection;
import solo.csi.TimedCalls;
import solo.csi.UnixSocket;
import solo.csi.UnusableSocketException;
import solo.csi.model.Code;
import solo.livenessprobe.ProbeCall;

/**
 * Asks a driver behind a socket, on a new connection each time: when the socket file is gone, new callers cannot reach
 * the driver, even if an old connection still works. Go waits the whole timeout for a missing socket; here the answer
 * comes at once.
 */
public final class SocketProbe implements ProbeCall {
    private final UnixSocket socket;
    private final UnaryOperator<Calls> around;

    /** {@code around} puts metrics and logs around the call. */
    public SocketProbe(UnixSocket socket, UnaryOperator<Calls> around) {
        this.socket = socket;
        this.around = around;
    }

    @Override
    public boolean ready(Duration timeout) throws CsiException {
        try (var connection = SocketConnection.to(socket)) {
            Calls calls = around.apply(new TimedCalls(new GrpcCalls(connection.channel()), timeout));
            return InProcessProbe.ready(new RpcDriver(calls).identity());
        } catch (UnusableSocketException e) {
            throw new CsiException(Code.UNAVAILABLE, e.sentence(), e);
        }
    }
}
