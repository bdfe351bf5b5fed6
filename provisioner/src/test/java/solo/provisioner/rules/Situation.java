package solo.provisioner.rules;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import solo.csi.model.ControllerCapability;
import solo.csi.model.DriverCapabilities;
import solo.csi.model.PluginCapability;
import solo.csi.model.Topology;
import solo.csi.model.VolumeRequest;
import solo.kube.model.CsiNode;
import solo.kube.model.Json;
import solo.kube.model.Node;
import solo.kube.model.PersistentVolume;
import solo.kube.model.PersistentVolumeClaim;
import solo.kube.model.ReferenceGrant;
import solo.kube.model.Secret;
import solo.kube.model.StorageClass;
import solo.kube.model.VolumeAttributesClass;
import solo.kube.model.VolumeSnapshot;
import solo.kube.model.VolumeSnapshotContent;
import solo.provisioner.model.ClaimHistory;
import solo.provisioner.model.ClusterTopology;
import solo.provisioner.model.DataSources;
import solo.provisioner.model.Fact;
import solo.provisioner.model.Facts;
import solo.provisioner.model.Feature;
import solo.provisioner.model.NewPersistentVolume;
import solo.provisioner.model.NodeDeployment;
import solo.provisioner.model.NodeDeployment.Immediate;
import solo.provisioner.model.ProvisioningAnswer;
import solo.provisioner.model.ProvisioningDecision;
import solo.provisioner.model.ProvisioningEffect;
import solo.provisioner.model.ProvisioningEffect.CreateVolume;
import solo.provisioner.model.ProvisioningEffect.SaveVolume;
import solo.provisioner.model.ProvisioningOptions;
import solo.provisioner.model.ProvisioningReason;
import solo.provisioner.model.ProvisioningView;
import solo.provisioner.model.ProvisioningView.Standing;
import solo.provisioner.model.VolumeNaming;
import solo.simulation.ClaimBuilder;
import solo.simulation.ModelDriver;
import solo.simulation.ObjectBuilder;
import solo.simulation.Objects;
import solo.simulation.StorageClassBuilder;
import solo.simulation.VolumeBuilder;

/**
 * A view in the making: a claim that could be provisioned at once (class {@code fast}, Immediate, driver without
 * topology), and whatever a test changes of it.
 */
final class Situation {

    static final String UID = "0a1b2c3d-0000-4000-8000-123456789abc";
    static final String NAME = "pvc-" + UID;

    private final ClaimBuilder claim =
            Objects.claim("ns/data").uid(UID).storageClass("fast").provisioner();
    private final StorageClassBuilder storageClass =
            Objects.storageClass("fast").uid("class-1");
    private final EnumSet<Feature> features = EnumSet.of(
            Feature.TOPOLOGY,
            Feature.IMMEDIATE_TOPOLOGY,
            Feature.PREVENT_VOLUME_MODE_CONVERSION,
            Feature.VOLUME_ATTRIBUTES_CLASS);
    private final EnumSet<PluginCapability> plugin = EnumSet.of(PluginCapability.CONTROLLER_SERVICE);
    private final EnumSet<ControllerCapability> controller = EnumSet.of(ControllerCapability.CREATE_DELETE_VOLUME);
    private final List<PersistentVolume> volumes = new ArrayList<>();
    private final List<Node> nodes = new ArrayList<>();
    private final List<CsiNode> csiNodes = new ArrayList<>();
    private final List<ReferenceGrant> grants = new ArrayList<>();
    private @Nullable PersistentVolumeClaim sourceClaim;
    private @Nullable PersistentVolume sourceVolume;
    private boolean classMissing;
    private Standing standing = Standing.PRESENT;
    private VolumeNaming naming = VolumeNaming.DEFAULT;
    private String defaultFsType = "";
    private ClaimHistory history = ClaimHistory.NONE;
    private Facts facts = Facts.NONE;
    private @Nullable ProvisioningAnswer answer;
    private @Nullable NodeDeployment nodeDeployment;

    ClaimBuilder claim() {
        return claim;
    }

    StorageClassBuilder storageClass() {
        return storageClass;
    }

    Situation parameter(String name, String value) {
        storageClass.with(value, "parameters", name);
        return this;
    }

    Situation withoutClass() {
        classMissing = true;
        return this;
    }

    Situation claimGone() {
        standing = Standing.GONE;
        return this;
    }

    Situation with(Feature feature) {
        features.add(feature);
        return this;
    }

    Situation without(Feature feature) {
        features.remove(feature);
        return this;
    }

    Situation can(ControllerCapability... capabilities) {
        controller.addAll(Set.of(capabilities));
        return this;
    }

    Situation cannot(ControllerCapability capability) {
        controller.remove(capability);
        return this;
    }

    Situation topology() {
        plugin.add(PluginCapability.VOLUME_ACCESSIBILITY_CONSTRAINTS);
        return this;
    }

    Situation cannot(PluginCapability capability) {
        plugin.remove(capability);
        return this;
    }

    /** A node with labels, on which the driver has registered these keys; no keys for no CSINode at all. */
    Situation node(String name, Map<String, String> labels, String... keys) {
        ObjectBuilder<?> node = Objects.node(name);
        labels.forEach(node::label);
        nodes.add(Node.of(json(node)));
        if (keys.length > 0) {
            csiNodes.add(CsiNode.of(json(Objects.csiNode(name, keys))));
        }
        return this;
    }

    /** A node on which the driver is registered without any topology key. */
    Situation nodeWithoutKeys(String name, Map<String, String> labels) {
        csiNodes.add(CsiNode.of(json(Objects.csiNode(name))));
        return node(name, labels);
    }

    Situation csiNode(String name, String... keys) {
        csiNodes.add(CsiNode.of(json(Objects.csiNode(name, keys))));
        return this;
    }

    Situation noNodes() {
        nodes.clear();
        csiNodes.clear();
        return this;
    }

    Situation existing(VolumeBuilder volume) {
        volumes.add(PersistentVolume.of(json(volume)));
        return this;
    }

    Situation naming(String prefix, int uuidLength) {
        naming = new VolumeNaming(prefix, uuidLength);
        return this;
    }

    Situation defaultFsType(String fsType) {
        defaultFsType = fsType;
        return this;
    }

    Situation history(ClaimHistory remembered) {
        history = remembered;
        return this;
    }

    Situation secret(String name, Map<String, String> data) {
        facts = facts.withSecret(new Fact.Known<>(Secret.of(json(Objects.secret(name, data)))));
        return this;
    }

    Situation secretMissing() {
        facts = facts.withSecret(new Fact.Missing<>());
        return this;
    }

    Situation secretUnreadable(String why) {
        facts = facts.withSecret(new Fact.Unreadable<>(why));
        return this;
    }

    Situation attributesClass(Fact<VolumeAttributesClass> read) {
        facts = facts.withAttributesClass(read);
        return this;
    }

    Situation snapshot(ObjectBuilder<?> snapshot) {
        facts = facts.withSnapshot(new Fact.Known<>(VolumeSnapshot.of(json(snapshot))));
        return this;
    }

    Situation content(ObjectBuilder<?> content) {
        facts = facts.withContent(new Fact.Known<>(VolumeSnapshotContent.of(json(content))));
        return this;
    }

    Situation facts(Facts read) {
        facts = read;
        return this;
    }

    Situation source(ClaimBuilder source) {
        sourceClaim = PersistentVolumeClaim.of(json(source));
        return this;
    }

    Situation source(VolumeBuilder volume) {
        sourceVolume = PersistentVolume.of(json(volume));
        return this;
    }

    Situation grant(ReferenceGrant grant) {
        grants.add(grant);
        return this;
    }

    /** This provisioner is the one of a node, and takes claims with immediate binding after 20 to 60 seconds. */
    Situation onNode(String name, Map<String, String> place) {
        return onNode(name, place, Immediate.TAKEN);
    }

    Situation onNode(String name, Map<String, String> place, Immediate immediate) {
        nodeDeployment = new NodeDeployment(
                name, "id-" + name, Topology.of(place), immediate, Duration.ofSeconds(20), Duration.ofSeconds(60));
        return this;
    }

    Situation answered(ProvisioningAnswer came) {
        answer = came;
        return this;
    }

    ProvisioningOptions options() {
        return new ProvisioningOptions(
                ModelDriver.NAME,
                new DriverCapabilities(plugin, Set.of(), controller, Set.of(), Set.of()),
                "identity-1",
                naming,
                defaultFsType,
                features,
                nodeDeployment);
    }

    ProvisioningView view() {
        return new ProvisioningView(
                options(),
                PersistentVolumeClaim.of(json(claim)),
                standing,
                classMissing ? null : StorageClass.of(json(storageClass)),
                volumes,
                nodeDeployment == null
                        ? new ClusterTopology(nodes, csiNodes)
                        : nodeDeployment.cluster(ModelDriver.NAME),
                new DataSources(sourceClaim, sourceVolume, grants),
                history,
                facts,
                answer);
    }

    ProvisioningDecision decide() {
        return ProvisioningRules.decide(view());
    }

    /** Why the claim waits; fails if it does not. */
    ProvisioningReason refusal() {
        return switch (decide()) {
            case ProvisioningDecision.Wait(var reason, var retry) -> reason;
            case ProvisioningDecision.Run(var effects) -> throw new AssertionError("not refused but: " + effects);
        };
    }

    List<ProvisioningEffect> effects() {
        return switch (decide()) {
            case ProvisioningDecision.Wait(var reason, var retry) ->
                throw new AssertionError("refused: " + reason.message());
            case ProvisioningDecision.Run(var effects) -> effects;
        };
    }

    /** The CreateVolume request that is about to be made; fails if it is not. */
    VolumeRequest request() {
        return effects().stream()
                .filter(CreateVolume.class::isInstance)
                .map(effect -> ((CreateVolume) effect).request())
                .findFirst()
                .orElseThrow(() -> new AssertionError("no CreateVolume but: " + effects()));
    }

    /** The PersistentVolume that is about to be saved; fails if it is not. */
    NewPersistentVolume saved() {
        return effects().stream()
                .filter(SaveVolume.class::isInstance)
                .map(effect -> ((SaveVolume) effect).volume())
                .findFirst()
                .orElseThrow(() -> new AssertionError("no SaveVolume but: " + effects()));
    }

    static Json json(ObjectBuilder<?> object) {
        return new Json(object.build());
    }
}
