package solo.livenessprobe;

/** What the flags ask for: which addresses serve what, or why the program must not start. */
public sealed interface LivenessEndpoints {

    /** /healthz alone; the Go program then has no metrics at all. */
    record HealthOnly(String address) implements LivenessEndpoints {}

    /** /healthz and metrics on one server. */
    record Together(String address, String metricsPath) implements LivenessEndpoints {}

    record Apart(String healthAddress, String metricsAddress, String metricsPath) implements LivenessEndpoints {}

    /** The process ends with code 1 after this sentence. */
    record Contradiction(String sentence) implements LivenessEndpoints {}

    /**
     * {@code --health-port=9808} beside {@code --http-endpoint} passes, because Go cannot tell it from the default.
     * Port 9808 is served even when no flag asks for it, although Go's help calls the server disabled by default.
     */
    static LivenessEndpoints of(LivenessOptions options) {
        if (!options.httpEndpoint().isEmpty()) {
            if (!options.healthPort().equals(LivenessOptions.DEFAULT_HEALTH_PORT)) {
                return new Contradiction("--http-endpoint and --health-port both say where /healthz is served;"
                        + " keep --http-endpoint only");
            }
            if (!options.metricsAddress().isEmpty()) {
                return new Contradiction("--http-endpoint and --metrics-address both say where metrics are served;"
                        + " keep --http-endpoint only");
            }
            return new Together(options.httpEndpoint(), options.metricsPath());
        }
        String health = "0.0.0.0:" + options.healthPort();
        return options.metricsAddress().isEmpty()
                ? new HealthOnly(health)
                : new Apart(health, options.metricsAddress(), options.metricsPath());
    }
}
