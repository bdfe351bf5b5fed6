package solo.livenessprobe;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import solo.livenessprobe.LivenessEndpoints.Apart;
import solo.livenessprobe.LivenessEndpoints.Contradiction;
import solo.livenessprobe.LivenessEndpoints.HealthOnly;
import solo.livenessprobe.LivenessEndpoints.Together;

class LivenessEndpointsTest {

    @ParameterizedTest(name = "--http-endpoint={0} --health-port={1} --metrics-address={2}: {3}")
    @CsvSource({
        "''   , 9808, ''   , health 0.0.0.0:9808",
        "''   , 9899, ''   , health 0.0.0.0:9899",
        "''   , 9899, :8080, health 0.0.0.0:9899 metrics :8080/metrics",
        ":9898, 9808, ''   , both :9898/metrics",
        ":9898, 9899, ''   , exit 1 because of --health-port",
        ":9898, 9808, :8080, exit 1 because of --metrics-address",
    })
    void what_is_served_where(String httpEndpoint, String healthPort, String metricsAddress, String expected) {
        LivenessOptions defaults = LivenessOptions.DEFAULTS;
        LivenessEndpoints endpoints = LivenessEndpoints.of(new LivenessOptions(
                defaults.csiAddress(),
                defaults.probeTimeout(),
                httpEndpoint,
                healthPort,
                metricsAddress,
                defaults.metricsPath()));

        assertThat(describe(endpoints)).isEqualTo(expected);
    }

    private static String describe(LivenessEndpoints endpoints) {
        return switch (endpoints) {
            case HealthOnly(var address) -> "health " + address;
            case Together(var address, var path) -> "both " + address + path;
            case Apart(var health, var metrics, var path) -> "health " + health + " metrics " + metrics + path;
            case Contradiction(var sentence) ->
                "exit 1 because of " + (sentence.contains("--health-port") ? "--health-port" : "--metrics-address");
        };
    }
}
