package solo.registrar;

import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import solo.csi.SocketConnection;
import solo.csi.UnixSocket;
import solo.csi.UnusableSocketException;
import solo.csi.model.Code;
import solo.csi.model.DriverError;
import solo.registrar.proto.InfoRequest;
import solo.registrar.proto.PluginInfo;
import solo.registrar.proto.RegistrationGrpc;

/**
 * What the Go registrar's /healthz says: whether a new connection to the registration socket finds the driver. It says
 * nothing of whether the kubelet has registered it ({@link Registration#state}), nor of the driver's own socket.
 */
public sealed interface RegistrationHealth {

    record Healthy() implements RegistrationHealth {}

    record NoSocket() implements RegistrationHealth {}

    record Broken(String text) implements RegistrationHealth {}

    /** Dashboards tell 404 and 500 apart. */
    default int httpStatus() {
        return switch (this) {
            case Healthy() -> 200;
            case NoSocket() -> 404;
            case Broken _ -> 500;
        };
    }

    default String text() {
        return switch (this) {
            case Healthy() -> "ok";
            case NoSocket() -> "registration socket does not exist";
            case Broken(var text) -> text;
        };
    }

    /** Connects anew each time, as the kubelet does. */
    static RegistrationHealth check(UnixSocket socket, String driverName, Duration timeout) {
        try {
            return switch (socket.look()) {
                case NOTHING -> new NoSocket();
                case SOMETHING_ELSE -> new Broken(socket + " exists and is not a socket");
                case A_SOCKET -> ask(socket, driverName, timeout);
            };
        } catch (UnusableSocketException e) {
            return new Broken(e.sentence());
        }
    }

    private static RegistrationHealth ask(UnixSocket socket, String driverName, Duration timeout)
            throws UnusableSocketException {
        try (var connection = SocketConnection.to(socket)) {
            PluginInfo plugin = RegistrationGrpc.newBlockingStub(connection.channel())
                    .withDeadlineAfter(timeout.toNanos(), TimeUnit.NANOSECONDS)
                    .getInfo(InfoRequest.getDefaultInstance());
            return plugin.getName().equals(driverName)
                    ? new Healthy()
                    : new Broken("the registration socket belongs to driver \"" + plugin.getName() + "\", not to \""
                            + driverName + "\"");
        } catch (StatusRuntimeException e) {
            Code code = Code.of(e.getStatus().getCode().value());
            String description = Objects.requireNonNullElse(e.getStatus().getDescription(), "no description");
            return new Broken(new DriverError(code, description).goText());
        }
    }
}
