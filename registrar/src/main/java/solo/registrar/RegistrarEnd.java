package solo.registrar;

/**
 * Every way in which the drop-in registrar ends, with the exit code of the Go program and a sentence for the log. In a
 * process shared with the driver most of these are waited out instead ({@link Registration}).
 */
public sealed interface RegistrarEnd {

    record VersionShown() implements RegistrarEnd {}

    record BadFlag(String error) implements RegistrarEnd {}

    record BadLogging(String error) implements RegistrarEnd {}

    record NoRegistrationPath() implements RegistrarEnd {}

    record ProbeMode() implements RegistrarEnd {}

    record TwoHealthAddresses() implements RegistrarEnd {}

    record DriverUnreachable(String address, String error) implements RegistrarEnd {}

    /** GetPluginInfo failed, or its answer had no name. */
    record NoDriverName(String error) implements RegistrarEnd {}

    record SocketRefused(String error) implements RegistrarEnd {}

    record HealthRefused(String address, String error) implements RegistrarEnd {}

    record RefusedByKubelet(String error) implements RegistrarEnd {}

    /** SIGTERM, and the socket is gone. */
    record Stopped() implements RegistrarEnd {}

    record SocketLeft(String error) implements RegistrarEnd {}

    default int exitCode() {
        return switch (this) {
            case VersionShown _, ProbeMode _, Stopped _ -> 0;
            case BadFlag _ -> 2;
            case BadLogging _,
                    NoRegistrationPath _,
                    TwoHealthAddresses _,
                    DriverUnreachable _,
                    NoDriverName _,
                    SocketRefused _,
                    HealthRefused _,
                    RefusedByKubelet _,
                    SocketLeft _ -> 1;
        };
    }

    default String sentence() {
        return switch (this) {
            case VersionShown() -> "the version was asked for";
            case BadFlag(var error) -> error;
            case BadLogging(var error) -> "the logging flags do not fit together: " + error;
            case NoRegistrationPath() ->
                "--kubelet-registration-path is missing: give the driver's socket as the kubelet sees it,"
                        + " for example /var/lib/kubelet/plugins/DRIVER/csi.sock";
            case ProbeMode() -> "--mode=" + RegistrarOptions.PROBE_MODE + " is deprecated and always succeeds";
            case TwoHealthAddresses() ->
                "--http-endpoint and --health-port both say where /healthz is served; keep --http-endpoint only";
            case DriverUnreachable(var address, var error) ->
                "cannot connect to the CSI driver at " + address + ": " + error;
            case NoDriverName(var error) -> "cannot learn the driver's name: " + error;
            case SocketRefused(var error) -> error;
            case HealthRefused(var address, var error) -> "cannot serve /healthz on " + address + ": " + error;
            case RefusedByKubelet(var error) -> "the kubelet refused the driver: " + error;
            case Stopped() -> "stopped";
            case SocketLeft(var error) -> "the registration socket could not be removed: " + error;
        };
    }
}
