package solo.app.options;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Mixin;
import solo.app.options.FeatureGates.Gate;
import solo.provisioner.model.Feature;

/** Everything that can be set about a process, in the groups that {@code --help} shows. */
public final class SoloOptions {

    @ArgGroup(validate = false, heading = "%nKubernetes%n")
    public KubernetesOptions kubernetes = new KubernetesOptions();

    @ArgGroup(validate = false, heading = "%nDriver%n")
    public DriverOptions driver = new DriverOptions();

    @ArgGroup(validate = false, heading = "%nNode%n")
    public NodeOptions node = new NodeOptions();

    @ArgGroup(validate = false, heading = "%nControllers%n")
    public ControllersOptions controllers = new ControllersOptions();

    @ArgGroup(validate = false, heading = "%nLeader election%n")
    public ElectionOptions election = new ElectionOptions();

    @ArgGroup(validate = false, heading = "%nProvisioning%n")
    public ProvisionerOptions provisioner = new ProvisionerOptions();

    @ArgGroup(validate = false, heading = "%nStorage capacity%n")
    public CapacityFlags capacity = new CapacityFlags();

    @ArgGroup(validate = false, heading = "%nProvisioning on each node%n")
    public NodeDeploymentFlags nodeDeployment = new NodeDeploymentFlags();

    @ArgGroup(validate = false, heading = "%nAttaching%n")
    public AttacherOptions attacher = new AttacherOptions();

    @ArgGroup(validate = false, heading = "%nExpanding and modifying%n")
    public ResizerFlags resizer = new ResizerFlags();

    @ArgGroup(validate = false, heading = "%nSnapshots%n")
    public SnapshotterFlags snapshotter = new SnapshotterFlags();

    @ArgGroup(validate = false, heading = "%nHealth of volumes%n")
    public HealthMonitorFlags healthMonitor = new HealthMonitorFlags();

    @ArgGroup(validate = false, heading = "%nAll controllers%n")
    public SharedFlags shared = new SharedFlags();

    @ArgGroup(validate = false, heading = "%nRetries%n")
    public RetryOptions retry = new RetryOptions();

    @ArgGroup(validate = false, heading = "%nWhat it tells about itself%n")
    public EndpointOptions endpoint = new EndpointOptions();

    @Mixin
    private final GoLoggingFlags logging = new GoLoggingFlags();

    /** NODE_NAME, NAMESPACE and the like. */
    public Map<String, String> environment = System.getenv();

    /** Whose driver it is if none is named on the command line. */
    public DriverInProcess inProcess = DriverInProcess.BUNDLED;

    /** A variable of the environment; null if it is not set or empty. */
    public @Nullable String environment(String name) {
        String value = environment.get(name);
        return value == null || value.isEmpty() ? null : value;
    }

    public Duration provisionerTimeout() {
        return first(provisioner.timeout, shared.timeout, Duration.ofSeconds(10));
    }

    public int provisionerWorkers() {
        return first(provisioner.workers, shared.workers, 100);
    }

    public Duration attacherTimeout() {
        return first(attacher.timeout, shared.timeout, Duration.ofSeconds(15));
    }

    public int attacherWorkers() {
        return first(attacher.workers, shared.workers, 10);
    }

    /** In external-resizer --timeout beats the other two wherever it is given. */
    public Duration resizeTimeout() {
        return first(shared.timeout, null, resizer.resizeTimeout);
    }

    public Duration modifyTimeout() {
        return first(shared.timeout, null, resizer.modifyTimeout);
    }

    /** What flags and gates alone say; the driver and the cluster have their word too. */
    public Set<Feature> provisionerFeatures() {
        Map<Feature, Boolean> switches = new EnumMap<>(Feature.class);
        switches.put(Feature.TOPOLOGY, gates().on(Gate.TOPOLOGY));
        switches.put(Feature.CROSS_NAMESPACE_DATA_SOURCE, gates().on(Gate.CROSS_NAMESPACE_DATA_SOURCE));
        switches.put(Feature.STRICT_TOPOLOGY, provisioner.strictTopology);
        switches.put(Feature.IMMEDIATE_TOPOLOGY, provisioner.immediateTopology);
        switches.put(Feature.EXTRA_CREATE_METADATA, provisioner.extraCreateMetadata);
        switches.put(Feature.CONTROLLER_PUBLISH_READONLY, provisioner.controllerPublishReadOnly);
        switches.put(Feature.PREVENT_VOLUME_MODE_CONVERSION, provisioner.preventVolumeModeConversion);
        Set<Feature> features = EnumSet.noneOf(Feature.class);
        switches.forEach((feature, on) -> {
            if (on) {
                features.add(feature);
            }
        });
        return features;
    }

    public Duration snapshotterTimeout() {
        return first(shared.timeout, null, snapshotter.timeout);
    }

    public FeatureGates gates() {
        return FeatureGates.of(shared.featureGates);
    }

    /** Looks at what flags mean together; a sentence in an {@link IllegalArgumentException} says what is wrong. */
    public void check() {
        logging.check();
        var _ = endpoint.address();
        var _ = gates();
        var _ = election.labels();
    }

    /** What was given and has no effect, a sentence each. */
    public List<String> notes() {
        List<String> notes = new ArrayList<>(logging.notes());
        notes.addAll(endpoint.notes());
        notes.addAll(gates().notes());
        return notes;
    }

    private static <T> T first(@Nullable T one, @Nullable T other, T otherwise) {
        if (one != null) {
            return one;
        }
        return other == null ? otherwise : other;
    }
}
