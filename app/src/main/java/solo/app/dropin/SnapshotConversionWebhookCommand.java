package solo.app.dropin;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import solo.app.HttpEndpoint;
import solo.app.StartupProblem;
import solo.app.StopSignal;
import solo.app.conversion.ConversionWebhook;

/** {@code solo snapshot-conversion-webhook}: the command line of snapshot-conversion-webhook 8.7. */
@Command(
        name = "snapshot-conversion-webhook",
        hidden = true,
        sortOptions = false,
        description = "Converts VolumeGroupSnapshotContents for the API server, as snapshot-conversion-webhook does.")
public final class SnapshotConversionWebhookCommand implements Callable<Integer> {

    private static final Logger log = LoggerFactory.getLogger(SnapshotConversionWebhookCommand.class);

    @Option(
            names = "--tls-cert-file",
            defaultValue = "",
            paramLabel = "FILE",
            description = "The server's certificate in PEM, with those of its CA behind it. Required.")
    private String certificateFile = "";

    @Option(
            names = "--tls-private-key-file",
            defaultValue = "",
            paramLabel = "FILE",
            description = "The certificate's private key in PEM. Required.")
    private String keyFile = "";

    @Option(
            names = "--port",
            defaultValue = "443",
            paramLabel = "PORT",
            description = "Serve /convert and /readyz there by HTTPS. Default: ${DEFAULT-VALUE}.")
    private int port;

    @Mixin
    private final GoCommonFlags common = new GoCommonFlags();

    @Override
    public Integer call() throws StartupProblem, InterruptedException {
        common.apply();
        limitTimes();
        HttpEndpoint webhook = ConversionWebhook.open(
                given("--tls-cert-file", certificateFile), given("--tls-private-key-file", keyFile), port);
        log.info("converts VolumeGroupSnapshotContents at port {}", webhook.port());
        return StopSignal.awaitThen(() -> {
            webhook.close();
            return 0;
        });
    }

    private static Path given(String flag, String file) throws StartupProblem {
        if (file.isEmpty()) {
            throw new StartupProblem(flag + " is missing; name a file in PEM");
        }
        return Path.of(file);
    }

    /** Seconds, as in Go; the handler limits the answer. The JDK's server reads them once, before its first use. */
    private static void limitTimes() {
        System.setProperty("sun.net.httpserver.maxReqTime", "10");
        System.setProperty("sun.net.httpserver.idleInterval", "15");
    }
}
