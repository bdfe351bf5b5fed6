package solo.app.conversion;

import java.nio.file.Path;
import java.util.Map;
import solo.app.HttpEndpoint;
import solo.app.HttpEndpoint.Answer;
import solo.app.StartupProblem;

/** The HTTPS server that the API server asks to convert VolumeGroupSnapshotContents. */
public final class ConversionWebhook {

    private ConversionWebhook() {}

    /**
     * Serves {@code /convert} and {@code /readyz} on all addresses.
     *
     * @param certificate PEM, with the certificates that vouch for it behind it
     * @param key PEM
     * @param port 0 for any
     */
    public static HttpEndpoint open(Path certificate, Path key, int port) throws StartupProblem {
        return HttpEndpoint.openTls(
                "--port",
                ":" + port,
                Map.of(
                        "/convert",
                        new ConversionHandler(),
                        "/readyz",
                        HttpEndpoint.health(() -> new Answer(200, "ok"))),
                ServingCertificate.open(certificate, key).context());
    }
}
