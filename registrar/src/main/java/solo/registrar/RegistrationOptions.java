package solo.registrar;

import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * What is registered where.
 *
 * @param directory the kubelet's plugins_registry as this process sees it
 * @param driverName as in CSIDriver and StorageClass.provisioner
 * @param endpoint the driver's socket as the kubelet sees it; sent as it stands
 */
public record RegistrationOptions(Path directory, String driverName, String endpoint, AfterRefusal afterRefusal) {

    /** What to do when the kubelet answers that it will not have the driver. */
    public sealed interface AfterRefusal {}

    /** Take the socket away and put it back after a pause that doubles up to the longest. */
    public record TryAgain(Duration first, Duration longest) implements AfterRefusal {
        public static final TryAgain DEFAULT = new TryAgain(Duration.ofSeconds(1), Duration.ofSeconds(30));

        /** {@code inARow} counts from 1. */
        Duration pause(int inARow) {
            Duration pause = first;
            for (int i = 1; i < inARow && pause.compareTo(longest) < 0; i++) {
                pause = pause.multipliedBy(2);
            }
            return pause.compareTo(longest) < 0 ? pause : longest;
        }
    }

    /**
     * Run this with the kubelet's reason, before the kubelet gets its answer: the Go registrar ends its process there
     * and lets the container be restarted.
     */
    public record Leave(Consumer<String> exit) implements AfterRefusal {}
}
