package solo.app.dropin;

import com.sun.net.httpserver.HttpHandler;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import solo.app.HttpEndpoint;
import solo.app.StartupProblem;
import solo.csi.ConnectionOptions;
import solo.csi.CsiException;
import solo.csi.DriverConnection;
import solo.csi.DriverProbe;
import solo.csi.RpcDriver;
import solo.csi.TimedCalls;
import solo.csi.UnixSocket;
import solo.csi.UnusableSocketException;
import solo.registrar.RegistrarEnd;
import solo.registrar.RegistrarOptions;
import solo.registrar.Registration;
import solo.registrar.RegistrationHealthHandler;
import solo.registrar.RegistrationOptions;
import solo.registrar.RegistrationOptions.Leave;

/** A registrar in a process of its own: asks the driver for its name once, then keeps the registration socket. */
final class DropInRegistrar {

    private final Registration registration;
    private final Thread keeper;
    private final @Nullable HttpEndpoint health;

    private DropInRegistrar(Registration registration, @Nullable HttpEndpoint health) {
        this.registration = registration;
        this.health = health;
        this.keeper = Thread.ofPlatform().daemon().name("registration").start(registration::run);
    }

    /** The driver's name, the socket, then /healthz: the order of the Go program. */
    static DropInRegistrar start(RegistrarOptions options, String healthAddress, Consumer<RegistrarEnd> refused)
            throws StartupProblem, InterruptedException {
        String driver = driverName(options);
        Registration registration = new Registration(new RegistrationOptions(
                Path.of(options.pluginRegistrationPath()),
                driver,
                options.kubeletRegistrationPath(),
                new Leave(error -> refused.accept(new RegistrarEnd.RefusedByKubelet(error)))));
        try {
            registration.start();
        } catch (UnusableSocketException unusable) {
            throw new StartupProblem(new RegistrarEnd.SocketRefused(unusable.sentence()).sentence(), unusable);
        }
        try {
            var handler = new RegistrationHealthHandler(registration.socket(), driver, options.timeout());
            return new DropInRegistrar(registration, health(options, healthAddress, handler));
        } catch (StartupProblem cannotListen) {
            registration.close();
            throw cannotListen;
        }
    }

    private static String driverName(RegistrarOptions options) throws StartupProblem, InterruptedException {
        String address = options.csiAddress();
        try (DriverConnection connection =
                DriverConnection.open(UnixSocket.parse(address), ConnectionOptions.DEFAULT)) {
            return DriverProbe.identity(new RpcDriver(new TimedCalls(connection.calls(), options.timeout())))
                    .name();
        } catch (UnusableSocketException unusable) {
            throw new StartupProblem(
                    new RegistrarEnd.DriverUnreachable(address, unusable.sentence()).sentence(), unusable);
        } catch (CsiException refused) {
            throw new StartupProblem(new RegistrarEnd.NoDriverName(refused.goText()).sentence(), refused);
        }
    }

    private static @Nullable HttpEndpoint health(RegistrarOptions options, String address, HttpHandler handler)
            throws StartupProblem {
        if (address.isEmpty()) {
            return null;
        }
        String flag = options.httpEndpoint().isEmpty() ? "--health-port" : "--http-endpoint";
        return HttpEndpoint.open(flag, address, Map.of("/healthz", handler));
    }

    /** Takes the socket away, by which the kubelet forgets the driver. */
    RegistrarEnd stop() {
        RegistrarEnd end = registration.stop();
        keeper.interrupt();
        if (health != null) {
            health.close();
        }
        return end;
    }
}
