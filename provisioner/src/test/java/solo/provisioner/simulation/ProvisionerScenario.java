package solo.provisioner.simulation;

import csi.v1.CreateVolumeResponse;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import solo.csi.Calls;
import solo.csi.InProcessCalls;
import solo.csi.RpcDriver;
import solo.csi.model.ControllerCapability;
import solo.csi.model.PluginCapability;
import solo.kube.Controller;
import solo.provisioner.Ports;
import solo.provisioner.Provisioner;
import solo.provisioner.Unfinished;
import solo.provisioner.csi.VolumeCalls;
import solo.provisioner.model.Feature;
import solo.provisioner.model.ProvisioningOptions;
import solo.provisioner.model.VolumeNaming;
import solo.simulation.ClaimUsers;
import solo.simulation.ConsistentAnswers;
import solo.simulation.Invariant;
import solo.simulation.Invariants;
import solo.simulation.ModelDriver;
import solo.simulation.Objects;
import solo.simulation.Scenario;
import solo.simulation.SimulatedPorts;
import solo.simulation.StorageClassBuilder;
import solo.simulation.Users;
import solo.simulation.VirtualClock;

/** Worlds for the provisioner: which driver, how many nodes, what survives a crash, and what must hold in all of them. */
@SuppressWarnings("ImmutableEnumChecker") // sets and lists that nobody changes
enum ProvisionerScenario {
    /** A driver that reaches every node. */
    EVERYWHERE(Set.of(), "node-a", "node-b"),
    /** Volumes of a zone, and the only node is there. */
    ONE_NODE(Set.of(PluginCapability.VOLUME_ACCESSIBILITY_CONSTRAINTS), "node-a"),
    /** Volumes of a zone, a node in each of two. */
    TWO_NODES(Set.of(PluginCapability.VOLUME_ACCESSIBILITY_CONSTRAINTS), "node-a", "node-b");

    private static final Set<ControllerCapability> CONTROLLER = EnumSet.of(
            ControllerCapability.CREATE_DELETE_VOLUME,
            ControllerCapability.LIST_VOLUMES,
            ControllerCapability.PUBLISH_UNPUBLISH_VOLUME,
            ControllerCapability.CREATE_DELETE_SNAPSHOT,
            ControllerCapability.CLONE_VOLUME);

    private final Set<PluginCapability> plugin = EnumSet.of(PluginCapability.CONTROLLER_SERVICE);
    private final List<String> nodes;

    ProvisionerScenario(Set<PluginCapability> more, String... nodes) {
        plugin.addAll(more);
        this.nodes = List.of(nodes);
    }

    /** Users of three classes, admins who delete PersistentVolumes; what is unfinished is noted in the lease. */
    Scenario scenario() {
        return scenario(usual());
    }

    /** The same, with a second class of users in place of the usual. */
    Scenario scenario(Supplier<Users> users) {
        return without(List.of(), users);
    }

    /** The same without the rules of these names, and with more switched on. */
    Scenario without(List<String> names, Supplier<Users> users, Feature... more) {
        LeaseNotes notes = new LeaseNotes();
        return described(notes::taken, rulesBut(names), more)
                .begin(notes::begin)
                .users(users);
    }

    /** As things are without the lease record: what is unfinished is known to nobody but the process. */
    Scenario remembering(Supplier<Users> users) {
        return remembering(List.of(), users);
    }

    /** The same without the rules of these names. */
    Scenario remembering(List<String> without, Supplier<Users> users) {
        return described(ports -> Unfinished.NOWHERE, rulesBut(without)).users(users);
    }

    /**
     * Users who fill claims from other claims and from a snapshot, with all that protects these. How long a claim waits
     * for its source is up to them.
     */
    Scenario copying() {
        return copying(() -> usualClaims().copying());
    }

    private Scenario copying(Supplier<Users> users) {
        return without(List.of(ProvisionerInvariants.BOUND_IN_TIME), users, Feature.SNAPSHOT_RELEASE)
                .invariant(ProvisionerInvariants.FilledUnderProtection::new);
    }

    /** The usual users, and admins who give classes other parameters while claims are under way. */
    Scenario editing() {
        return scenario(() -> usualClaims().editingClasses());
    }

    /** The same with {@link #copying}. */
    Scenario copyingAndEditing() {
        return copying(() -> usualClaims().copying().editingClasses());
    }

    Supplier<Users> usual() {
        return this::usualClaims;
    }

    private ClaimUsers usualClaims() {
        return users(
                16,
                Objects.storageClass("fast"),
                Objects.storageClass("late").waitForFirstConsumer(),
                Objects.storageClass("kept").reclaimPolicy("Retain"));
    }

    ClaimUsers users(int wishes, StorageClassBuilder... classes) {
        return new ClaimUsers(wishes, nodes, classes);
    }

    private Scenario described(
            Function<SimulatedPorts, Unfinished> unfinished, List<Supplier<Invariant>> rules, Feature... more) {
        Map<String, CreateVolumeResponse> said = new HashMap<>();
        return Scenario.of(ports -> controllers(ports, calls(ports, said), unfinished.apply(ports), more))
                .driver(this::driver)
                .withKubernetes()
                .invariants(rules);
    }

    private static List<Supplier<Invariant>> rulesBut(List<String> names) {
        return rules().stream()
                .filter(rule -> !names.contains(rule.get().name()))
                .toList();
    }

    private static List<Supplier<Invariant>> rules() {
        List<Supplier<Invariant>> rules = new ArrayList<>(Invariants.ofProvisioning());
        rules.addAll(ProvisionerInvariants.all());
        return rules;
    }

    private ModelDriver driver(VirtualClock clock) {
        return new ModelDriver(clock, plugin, CONTROLLER);
    }

    private static Calls calls(SimulatedPorts ports, Map<String, CreateVolumeResponse> said) {
        return new ConsistentAnswers(new InProcessCalls(ports.driver()), said);
    }

    private List<Controller> controllers(SimulatedPorts ports, Calls calls, Unfinished unfinished, Feature... more) {
        EnumSet<Feature> features = EnumSet.of(Feature.TOPOLOGY, Feature.IMMEDIATE_TOPOLOGY);
        features.addAll(List.of(more));
        var options = new ProvisioningOptions(
                ModelDriver.NAME,
                driver(new VirtualClock()).capabilities(),
                "identity",
                VolumeNaming.DEFAULT,
                "",
                features);
        var all = new Ports(
                ports.cluster(),
                ports.writes(),
                new VolumeCalls(new RpcDriver(calls)),
                ports.events(),
                ports.clock(),
                ports.leadership(),
                unfinished);
        return new Provisioner(all, options, Provisioner.Tuning.DEFAULT, new PrometheusRegistry()).controllers();
    }
}
