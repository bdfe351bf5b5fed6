package solo.app.options;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which storage driver is used, and where it keeps things. */
public final class DriverOptions {

    /** The two ways a driver can be had. */
    public enum Choice {
        /** The bundled driver for local volumes, in this process. */
        local,
        /** Any CSI driver behind a unix socket. */
        socket
    }

    @Option(
            names = "--driver",
            paramLabel = "WHICH",
            description = "local: the bundled driver, in this process. socket: the CSI driver at --csi-address."
                    + " Default: socket if --csi-address is given, else local.")
    public @Nullable Choice driver;

    @Option(
            names = "--csi-address",
            paramLabel = "SOCKET",
            description = "The unix socket of an external CSI driver, for example /run/csi/socket.")
    public @Nullable String csiAddress;

    @Option(
            names = "--state-dir",
            paramLabel = "DIR",
            defaultValue = "/var/lib/solo",
            description = "Where the bundled driver keeps its volumes. Default: ${DEFAULT-VALUE}.")
    public Path stateDir = Path.of("/var/lib/solo");

    @Option(
            names = "--node-id",
            paramLabel = "NAME",
            description = "This node's name. Default: $NODE_NAME, else the host's name.")
    public @Nullable String nodeId;

    @Option(
            names = "--attach",
            arity = "0..1",
            fallbackValue = "true",
            defaultValue = "false",
            paramLabel = "BOOL",
            description = "The bundled driver takes part in attaching (needs attachRequired in its CSIDriver).")
    public boolean attach;

    @Option(
            names = "--max-volumes-per-node",
            defaultValue = "0",
            converter = VolumeLimit.class,
            paramLabel = "N",
            description =
                    "Volumes of the bundled driver that pods of this node may use at once, as the scheduler counts"
                            + " them; 0 sets no limit. Default: ${DEFAULT-VALUE}.")
    public int maxVolumesPerNode;

    @Option(
            names = "--pool-size",
            converter = PoolSize.class,
            paramLabel = "QUANTITY",
            description = "What all volumes and snapshots of the bundled driver together may promise on this node, for"
                    + " example 500Gi. Default: each as much as the filesystem of --state-dir has.")
    public @Nullable Long poolSize;

    @Option(
            names = "--max-driver-calls",
            defaultValue = "0",
            paramLabel = "N",
            description = "Calls that the driver gets at once from all controllers together; 0 sets no limit."
                    + " Default: ${DEFAULT-VALUE}.")
    public int maxCalls;

    @Option(
            names = "--max-grpc-log-length",
            defaultValue = "-1",
            paramLabel = "N",
            description = "Longest text of a driver's answer in the log (-v 5); 0 and less set no limit."
                    + " Default: ${DEFAULT-VALUE}.")
    public int longestAnswer = -1;

    /** Whether the command line says which driver. */
    public boolean isGiven() {
        return driver != null || csiAddress != null;
    }

    /** The choice after defaults. */
    public Choice choice() {
        if (driver != null) {
            return driver;
        }
        return csiAddress == null ? Choice.local : Choice.socket;
    }
}
