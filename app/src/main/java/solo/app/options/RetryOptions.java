package solo.app.options;

import java.time.Duration;
import picocli.CommandLine.Option;

/** How long failed work waits. */
public final class RetryOptions {

    @Option(
            names = "--retry-interval-start",
            defaultValue = "1s",
            converter = GoDuration.class,
            paramLabel = "TIME",
            description = "Wait after the first failure; doubles each time. Default: ${DEFAULT-VALUE}.")
    public Duration start = Duration.ofSeconds(1);

    @Option(
            names = "--retry-interval-max",
            defaultValue = "5m",
            converter = GoDuration.class,
            paramLabel = "TIME",
            description = "The longest such wait. Default: ${DEFAULT-VALUE}.")
    public Duration max = Duration.ofMinutes(5);
}
