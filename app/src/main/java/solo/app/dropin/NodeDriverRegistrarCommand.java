package solo.app.dropin;

import java.time.Duration;
import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import solo.app.SoloVersion;
import solo.app.StartupProblem;
import solo.app.StopSignal;
import solo.app.options.GoDuration;
import solo.registrar.RegistrarEnd;
import solo.registrar.RegistrarOptions;
import solo.registrar.RegistrarStart;

/** {@code solo node-driver-registrar}: the command line of node-driver-registrar 2.17. */
@Command(
        name = "node-driver-registrar",
        aliases = "csi-node-driver-registrar",
        hidden = true,
        sortOptions = false,
        description = "Registers a CSI driver with the kubelet, as node-driver-registrar does.")
public final class NodeDriverRegistrarCommand implements Callable<Integer> {

    private static final Logger log = LoggerFactory.getLogger(NodeDriverRegistrarCommand.class);

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Option(names = "--version", description = "Show the version.")
    private boolean version;

    @Option(
            names = "--csi-address",
            defaultValue = "/run/csi/socket",
            paramLabel = "SOCKET",
            description = "The driver's socket as this process sees it. Default: ${DEFAULT-VALUE}.")
    private String csiAddress = "";

    @Option(
            names = "--kubelet-registration-path",
            defaultValue = "",
            paramLabel = "SOCKET",
            description = "The same socket as the kubelet sees it. Required.")
    private String kubeletRegistrationPath = "";

    @Option(
            names = "--plugin-registration-path",
            defaultValue = "/registration",
            paramLabel = "DIR",
            description = "The kubelet's plugins_registry as this process sees it. Default: ${DEFAULT-VALUE}.")
    private String pluginRegistrationPath = "";

    @Option(
            names = "--timeout",
            defaultValue = "1s",
            converter = GoDuration.class,
            paramLabel = "TIME",
            description = "For the driver's name at start and for /healthz. Default: ${DEFAULT-VALUE}.")
    private Duration timeout = Duration.ZERO;

    @Option(
            names = "--http-endpoint",
            defaultValue = "",
            paramLabel = "[HOST]:PORT",
            description = "Serve /healthz there. Default: off.")
    private String httpEndpoint = "";

    @Option(names = "--health-port", defaultValue = "0", paramLabel = "PORT", description = "Deprecated.")
    private int healthPort;

    @Option(names = "--enable-pprof", description = "Without effect.")
    private boolean enablePprof;

    @Option(names = "--mode", defaultValue = "", paramLabel = "MODE", description = "Deprecated.")
    private String mode = "";

    @Option(
            names = "--connection-timeout",
            defaultValue = "0",
            converter = GoDuration.class,
            paramLabel = "TIME",
            description = "Deprecated, without effect.")
    private Duration connectionTimeout = Duration.ZERO;

    @Mixin
    private final GoCommonFlags common = new GoCommonFlags();

    @Override
    public Integer call() throws StartupProblem, InterruptedException {
        common.apply();
        RegistrarOptions options = options();
        return switch (RegistrarStart.of(options)) {
            case RegistrarStart.Over(RegistrarEnd end) -> over(end);
            case RegistrarStart.Serve serve -> serve(options, serve);
        };
    }

    private int over(RegistrarEnd end) throws StartupProblem {
        if (end.exitCode() != 0) {
            throw new StartupProblem(end.sentence());
        }
        spec.commandLine()
                .getOut()
                .println(
                        end instanceof RegistrarEnd.VersionShown
                                ? spec.name() + " " + SoloVersion.text()
                                : end.sentence());
        return 0;
    }

    private static int serve(RegistrarOptions options, RegistrarStart.Serve serve)
            throws StartupProblem, InterruptedException {
        serve.notices().forEach(log::warn);
        DropInRegistrar registrar =
                DropInRegistrar.start(options, serve.healthAddress(), NodeDriverRegistrarCommand::leave);
        return StopSignal.awaitThen(() -> {
            RegistrarEnd end = registrar.stop();
            log.info("{}", end.sentence());
            return end.exitCode();
        });
    }

    /** At once and without an answer to the kubelet, as in Go; the container is started anew. */
    private static void leave(RegistrarEnd end) {
        log.error("{}", end.sentence());
        Runtime.getRuntime().halt(end.exitCode());
    }

    private RegistrarOptions options() {
        return new RegistrarOptions(
                version,
                csiAddress,
                kubeletRegistrationPath,
                pluginRegistrationPath,
                timeout,
                httpEndpoint,
                healthPort,
                enablePprof,
                mode,
                connectionTimeout);
    }
}
