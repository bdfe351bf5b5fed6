package solo.registrar;

import java.time.Duration;

/**
 * The command line of the Go node-driver-registrar, already parsed; an empty string is a flag that was not given.
 *
 * @param csiAddress the driver's socket as this process sees it
 * @param kubeletRegistrationPath the same socket as the kubelet sees it; handed on, never opened
 * @param pluginRegistrationPath the kubelet's plugins_registry as this process sees it
 * @param timeout for GetPluginInfo at start and for the call behind /healthz
 * @param healthPort deprecated; zero and negative mean off
 * @param mode deprecated
 * @param connectionTimeout deprecated, without effect
 */
public record RegistrarOptions(
        boolean version,
        String csiAddress,
        String kubeletRegistrationPath,
        String pluginRegistrationPath,
        Duration timeout,
        String httpEndpoint,
        int healthPort,
        boolean enablePprof,
        String mode,
        Duration connectionTimeout) {

    /** The deprecated mode in which the Go program does nothing and succeeds. */
    public static final String PROBE_MODE = "kubelet-registration-probe";

    public static final RegistrarOptions DEFAULTS = new RegistrarOptions(
            false, "/run/csi/socket", "", "/registration", Duration.ofSeconds(1), "", 0, false, "", Duration.ZERO);
}
