package solo.app.options;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** One lease for the whole process; the other replica waits with warm caches. */
public final class ElectionOptions {

    @Option(
            names = "--leader-election",
            arity = "0..1",
            fallbackValue = "true",
            defaultValue = "false",
            paramLabel = "BOOL",
            description = "Work only while holding the lease. Needed as soon as two replicas run.")
    public boolean enabled;

    @Option(
            names = "--leader-election-namespace",
            paramLabel = "NS",
            description = "Where the lease lives. Default: $POD_NAMESPACE, else the pod's namespace, else default.")
    public @Nullable String namespace;

    @Option(
            names = "--leader-election-lease-duration",
            defaultValue = "15s",
            converter = GoDuration.class,
            paramLabel = "TIME",
            description = "How long a silent leader is believed in. Default: ${DEFAULT-VALUE}.")
    public Duration leaseDuration = Duration.ofSeconds(15);

    @Option(
            names = "--leader-election-renew-deadline",
            defaultValue = "10s",
            converter = GoDuration.class,
            paramLabel = "TIME",
            description = "How long the leader works on without renewing. Default: ${DEFAULT-VALUE}.")
    public Duration renewDeadline = Duration.ofSeconds(10);

    @Option(
            names = "--leader-election-retry-period",
            defaultValue = "5s",
            converter = GoDuration.class,
            paramLabel = "TIME",
            description = "Time between two looks at the lease. Default: ${DEFAULT-VALUE}.")
    public Duration retryPeriod = Duration.ofSeconds(5);

    @Option(
            names = "--leader-election-labels",
            split = ",",
            paramLabel = "KEY:VALUE",
            description = "Labels for the lease, for example app:solo,tier:storage.")
    public List<String> labelPairs = List.of();

    /** The labels, or a sentence about the pair that is none. */
    public Map<String, String> labels() {
        Map<String, String> labels = new LinkedHashMap<>();
        for (String pair : labelPairs) {
            int colon = pair.indexOf(':');
            if (colon < 1 || pair.indexOf(':', colon + 1) >= 0) {
                throw new IllegalArgumentException(
                        "--leader-election-labels: '" + pair + "' is no label; write key:value, several with commas");
            }
            labels.put(pair.substring(0, colon), pair.substring(colon + 1));
        }
        return labels;
    }
}
