package solo.registrar;

import java.util.ArrayList;
import java.util.List;

/** What the registrar's flags ask for. */
public sealed interface RegistrarStart {

    /**
     * @param healthAddress where /healthz is served, empty for nowhere
     * @param notices flags that were given and do less than their names say, a sentence each
     */
    record Serve(String healthAddress, List<String> notices) implements RegistrarStart {}

    /** Nothing to serve: the process is over. */
    record Over(RegistrarEnd end) implements RegistrarStart {}

    /** Checks in the order of the Go program, so that of two mistakes the same one is told. */
    static RegistrarStart of(RegistrarOptions options) {
        if (options.version()) {
            return new Over(new RegistrarEnd.VersionShown());
        }
        if (options.kubeletRegistrationPath().isEmpty()) {
            return new Over(new RegistrarEnd.NoRegistrationPath());
        }
        if (options.mode().equals(RegistrarOptions.PROBE_MODE)) {
            return new Over(new RegistrarEnd.ProbeMode());
        }
        if (options.healthPort() > 0 && !options.httpEndpoint().isEmpty()) {
            return new Over(new RegistrarEnd.TwoHealthAddresses());
        }
        String health = options.healthPort() > 0 ? ":" + options.healthPort() : options.httpEndpoint();
        return new Serve(health, notices(options));
    }

    private static List<String> notices(RegistrarOptions options) {
        List<String> notices = new ArrayList<>();
        if (options.healthPort() > 0) {
            notices.add("--health-port is deprecated; use --http-endpoint");
        }
        if (!options.connectionTimeout().isZero()) {
            notices.add("--connection-timeout is deprecated and has no effect");
        }
        if (!options.mode().isEmpty()) {
            notices.add("--mode is deprecated and '" + options.mode() + "' has no effect");
        }
        if (options.enablePprof()) {
            notices.add("--enable-pprof has no effect: profiles of a Java process are taken with jcmd");
        }
        return List.copyOf(notices);
    }
}
