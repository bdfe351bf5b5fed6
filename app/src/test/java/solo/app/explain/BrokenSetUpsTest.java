package solo.app.explain;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import solo.app.options.SoloOptions;
import solo.kube.ApiException;
import solo.kube.Kind.Resource;
import solo.kube.Kind.Scope;
import solo.kube.Kinds;
import solo.kube.model.Actor;
import solo.kube.model.Finalizers;
import solo.resizer.ResizerOptions.AttributesClasses;
import solo.simulation.AttachmentBuilder;
import solo.simulation.ClaimBuilder;
import solo.simulation.ModelDriver;
import solo.simulation.ObjectBuilder;
import solo.simulation.Objects;
import solo.simulation.SimulatedApiServer;
import solo.simulation.SimulatedCluster;
import solo.simulation.StorageClassBuilder;
import solo.simulation.VirtualClock;
import solo.simulation.VolumeBuilder;

/** Set-ups as people break them, each with the stage, the cause and who must act. */
class BrokenSetUpsTest {

    private static final String DRIVER = ModelDriver.NAME;
    private static final Setup SETUP = new Setup(new SoloOptions(), AttributesClasses.SERVED);

    /** @param says a part of the sentence that names the cause */
    record SetUp(String name, Stage stage, @Nullable Actor actor, String says, List<ObjectBuilder<?>> objects) {
        @Override
        public String toString() {
            return name;
        }
    }

    static List<SetUp> pending() {
        return List.of(
                set(
                                "the class does not exist",
                                Stage.WAITS_FOR_CLASS,
                                Actor.ADMINISTRATOR,
                                "StorageClass fast does not")
                        .with(claim()),
                set("no class and no default", Stage.WAITS_FOR_CLASS, Actor.USER, "no default one")
                        .with(claim().without("spec", "storageClassName")),
                set("two default classes", Stage.WAITS_FOR_CLASS, Actor.KUBERNETES, "it takes the newest")
                        .with(claim().without("spec", "storageClassName"), byDefault("one"), byDefault("two")),
                set("class \"\"", Stage.WAITS_FOR_VOLUME, Actor.ADMINISTRATOR, "made by hand")
                        .with(claim().storageClass("")),
                set("a class that makes no volumes", Stage.WAITS_FOR_VOLUME, Actor.ADMINISTRATOR, "makes no volumes")
                        .with(claim(), fast().provisioner("kubernetes.io/no-provisioner")),
                set("late binding without a pod", Stage.WAITS_FOR_NODE, Actor.USER, "no pod uses the claim")
                        .with(claim(), late()),
                set("a pod that names its node itself", Stage.WAITS_FOR_NODE, Actor.USER, "spec.nodeName")
                        .with(claim(), late(), pod().with("node", "spec", "nodeName")),
                set("a pod that fits nowhere", Stage.WAITS_FOR_NODE, Actor.ADMINISTRATOR, "0/3 nodes are available")
                        .with(claim(), late(), unschedulable()),
                set("the claim is not handed over", Stage.PREPARING, Actor.KUBERNETES, "has not handed the claim")
                        .with(claim(), fast()),
                set("a volume asked by name that is not there", Stage.WAITS_FOR_VOLUME, Actor.USER, "there is none")
                        .with(claim().with("pv", "spec", "volumeName")),
                set(
                                "a volume asked by name that is another's",
                                Stage.WAITS_FOR_VOLUME,
                                Actor.ADMINISTRATOR,
                                "belongs to")
                        .with(claim().with("pv", "spec", "volumeName"), volume().claimRef("default/other", "u-other")),
                set(
                                "the claim was made anew under its name",
                                Stage.WAITS_FOR_VOLUME,
                                Actor.ADMINISTRATOR,
                                "earlier life")
                        .with(claim().with("pv", "spec", "volumeName"), volume().claimRef("default/data", "u-before")),
                set("a volume asked by name is of another class", Stage.WAITS_FOR_VOLUME, Actor.USER, "of class 'slow'")
                        .with(claim().with("pv", "spec", "volumeName"), volume().storageClass("slow")),
                set("nobody knows the driver", Stage.WAITS_FOR_DRIVER, Actor.ADMINISTRATOR, "no CSIDriver object")
                        .with(claim().provisioner("gone.example.org"), fast().provisioner("gone.example.org")),
                set(
                                "a parameter of the reserved kind",
                                Stage.PREPARING,
                                Actor.ADMINISTRATOR,
                                "csi.storage.k8s.io/nonsense")
                        .with(handed(), fast().parameter("csi.storage.k8s.io/nonsense", "x"), node()),
                set("the provisioning secret is missing", Stage.PREPARING, Actor.ADMINISTRATOR, "keys")
                        .with(
                                handed(),
                                fast().parameter("csi.storage.k8s.io/provisioner-secret-name", "keys")
                                        .parameter("csi.storage.k8s.io/provisioner-secret-namespace", "default"),
                                node()),
                set("the snapshot is missing", Stage.PREPARING, Actor.USER, "snap")
                        .with(handed().fromSnapshot("snap"), fast(), node()),
                set("the snapshot is not ready", Stage.PREPARING, Actor.USER, "snap")
                        .with(
                                handed().fromSnapshot("snap"),
                                fast(),
                                node(),
                                Objects.snapshot("default/snap").with(false, "status", "readyToUse"),
                                Objects.contentOf("default/snap", "handle")),
                set("the claim is smaller than its snapshot", Stage.PREPARING, Actor.USER, "snap")
                        .with(
                                handed().fromSnapshot("snap").size("1Mi"),
                                fast(),
                                node(),
                                Objects.snapshot("default/snap"),
                                Objects.contentOf("default/snap", "handle")),
                set("the clone's source is missing", Stage.PREPARING, Actor.USER, "source")
                        .with(handed().fromClaim("source"), fast(), node()),
                set("the clone's source is not bound", Stage.PREPARING, Actor.USER, "source")
                        .with(
                                handed().fromClaim("source"),
                                fast(),
                                node(),
                                Objects.claim("default/source").storageClass("fast")),
                set("a selector", Stage.PREPARING, Actor.USER, "selector")
                        .with(handed().with(Map.of("a", "b"), "spec", "selector", "matchLabels"), fast(), node()),
                set("the driver refuses a parameter", Stage.WAITS_FOR_DRIVER, Actor.ADMINISTRATOR, "unknown parameter")
                        .with(handed(), fast(), node(), answered("InvalidArgument", "unknown parameter tier")),
                set("the backend is full", Stage.WAITS_FOR_DRIVER, Actor.ADMINISTRATOR, "no room for it: pool is full")
                        .with(handed(), fast(), node(), answered("ResourceExhausted", "pool is full")),
                set("the size is none the driver makes", Stage.WAITS_FOR_DRIVER, Actor.USER, "of this size")
                        .with(handed(), fast(), node(), answered("OutOfRange", "at most 1 TiB")),
                set("the backend is away", Stage.WAITS_FOR_DRIVER, Actor.DRIVER, "Unavailable: connection refused")
                        .with(handed(), fast(), node(), answered("Unavailable", "connection refused")),
                set("the claim is kept by a pod", Stage.DELETING, Actor.USER, "still used by pod web")
                        .with(claim().finalizer("kubernetes.io/pvc-protection").deleting(), fast(), pod()),
                set("the volume went away", Stage.LOST, Actor.ADMINISTRATOR, "does not exist any more")
                        .with(claim().phase("Lost").with("pv", "spec", "volumeName")));
    }

    @ParameterizedTest
    @MethodSource({"pending", "bound", "detaching"})
    void the_cause_is_named_and_who_must_act(SetUp set) throws ApiException, InterruptedException {
        Explanation told = explain(set.objects());
        assertThat(told.why()).contains(set.says());
        assertThat(told.stage()).isEqualTo(set.stage());
        assertThat(told.actor()).isEqualTo(set.actor());
    }

    static List<SetUp> bound() {
        return List.of(
                set("no node for a bound claim's pod", Stage.WAITS_FOR_NODE, Actor.KUBERNETES, "0/3 nodes")
                        .with(boundClaim(), volume(), fast(), node(), unschedulable()),
                set("attached elsewhere", Stage.ATTACHING, Actor.KUBERNETES, "still attached to node other")
                        .with(
                                boundClaim(),
                                volume(),
                                fast(),
                                node(),
                                onNode(),
                                Objects.attachment("va")
                                        .volume("pv")
                                        .node("other")
                                        .attached()),
                set("not asked to be attached yet", Stage.ATTACHING, Actor.KUBERNETES, "asks for it to be attached")
                        .with(boundClaim(), volume(), fast(), node(), onNode()),
                set("the driver is not on the node", Stage.ATTACHING, Actor.KUBERNETES, "node")
                        .with(
                                boundClaim(),
                                volume(),
                                fast(),
                                csiDriver(),
                                onNode(),
                                Objects.attachment("va").volume("pv").node("node")),
                set("the driver refuses to attach", Stage.ATTACHING, Actor.DRIVER, "too many volumes")
                        .with(
                                boundClaim(),
                                volume(),
                                fast(),
                                node(),
                                onNode(),
                                Objects.attachment("va")
                                        .volume("pv")
                                        .node("node")
                                        .with("too many volumes", "status", "attachError", "message")),
                set("attached, the kubelet mounts", Stage.MOUNTING, Actor.KUBERNETES, "kubelet of node node")
                        .with(
                                boundClaim(),
                                volume(),
                                fast(),
                                node(),
                                onNode(),
                                Objects.attachment("va")
                                        .volume("pv")
                                        .node("node")
                                        .attached()),
                set("the backend can not grow", Stage.EXPANDING, Actor.DRIVER, "asked")
                        .with(boundClaim().size("2Gi"), volume(), fast().expandable(), node()),
                set("the filesystem waits for a pod", Stage.EXPANDING, Actor.KUBERNETES, "has to finish")
                        .with(
                                boundClaim()
                                        .size("2Gi")
                                        .with("NodeResizePending", "status", "allocatedResourceStatuses", "storage")
                                        .with("2Gi", "status", "allocatedResources", "storage"),
                                volume().size("2Gi"),
                                fast().expandable(),
                                node()),
                set(
                                "the driver can not make it as large",
                                Stage.EXPANDING,
                                Actor.USER,
                                "no volume of this size: at most 1Gi")
                        .with(
                                boundClaim()
                                        .size("2Gi")
                                        .with("2Gi", "status", "allocatedResources", "storage")
                                        .with(
                                                "ControllerResizeInfeasible",
                                                "status",
                                                "allocatedResourceStatuses",
                                                "storage")
                                        .with(
                                                List.of(condition(
                                                        "ControllerResizeError",
                                                        "",
                                                        "failed to expand pvc with rpc error: code = OutOfRange desc ="
                                                                + " at most 1Gi")),
                                                "status",
                                                "conditions"),
                                volume(),
                                fast().expandable(),
                                node()),
                set(
                                "the driver does not grow it in use",
                                Stage.EXPANDING,
                                Actor.USER,
                                "while a pod uses it: offline only")
                        .with(
                                boundClaim().size("2Gi"),
                                volume(),
                                fast().expandable(),
                                node(),
                                warning(
                                        "VolumeResizeFailed",
                                        "resize volume \"pv\" by resizer \"x\" failed: rpc error: code ="
                                                + " FailedPrecondition desc = offline only")),
                set(
                                "an old refusal to make it is no refusal to grow it",
                                Stage.EXPANDING,
                                Actor.DRIVER,
                                "asked to do it")
                        .with(
                                boundClaim().size("2Gi"),
                                volume(),
                                fast().expandable(),
                                node(),
                                answered("ResourceExhausted", "pool is full")),
                set("the driver refuses the attributes class", Stage.MODIFYING, Actor.ADMINISTRATOR, "no tier gold")
                        .with(
                                boundClaim()
                                        .attributesClass("gold")
                                        .with("Infeasible", "status", "modifyVolumeStatus", "status")
                                        .with("gold", "status", "modifyVolumeStatus", "targetVolumeAttributesClassName")
                                        .with(
                                                List.of(condition(
                                                        "ModifyVolumeError", "InvalidArgument", "no tier gold")),
                                                "status",
                                                "conditions"),
                                volume(),
                                fast(),
                                Objects.attributesClass("gold", Map.of("tier", "gold")),
                                node()),
                set("the attributes class is missing", Stage.MODIFYING, Actor.ADMINISTRATOR, "gold")
                        .with(boundClaim().attributesClass("gold"), volume(), fast(), node()),
                set("nobody uses it", Stage.BOUND, null, "no pod uses it").with(boundClaim(), volume(), fast(), node()),
                set("nobody uses it, still attached", Stage.BOUND, Actor.KUBERNETES, "detached from node node once")
                        .with(boundClaim(), volume(), fast(), node(), attached("node")));
    }

    static List<SetUp> detaching() {
        return List.of(
                set(
                                "the driver refuses to detach",
                                Stage.DETACHING,
                                Actor.DRIVER,
                                "node node; the last answer was: rpc")
                        .with(boundClaim(), volume(), fast(), node(), refused("Internal", "device is busy")),
                set("the backend lets nobody in", Stage.DETACHING, Actor.ADMINISTRATOR, "token expired")
                        .with(boundClaim(), volume(), fast(), node(), refused("PermissionDenied", "token expired")),
                set("it has just been asked", Stage.DETACHING, Actor.DRIVER, "is asked to detach it from node node")
                        .with(boundClaim(), volume(), fast(), node(), going("node")),
                set("the node is gone for good", Stage.DETACHING, Actor.ADMINISTRATOR, "node node is gone")
                        .with(boundClaim(), volume(), fast(), csiDriver(), going("node")),
                set("the node is gone and its id is known", Stage.DETACHING, Actor.DRIVER, "is asked to detach it")
                        .with(
                                boundClaim(),
                                volume(),
                                fast(),
                                csiDriver(),
                                going("node").annotation("csi.alpha.kubernetes.io/node-id", "id-node")),
                set("somebody else keeps the attachment", Stage.DETACHING, Actor.KUBERNETES, "finalizers example.org/x")
                        .with(
                                boundClaim(),
                                volume(),
                                fast(),
                                node(),
                                attached("node").finalizer("example.org/x").deleting()),
                set("a detach elsewhere holds up the pod", Stage.DETACHING, Actor.DRIVER, "pod web waits until it is")
                        .with(
                                boundClaim(),
                                volume(),
                                fast(),
                                node(),
                                Objects.csiNodeOf(DRIVER, "other"),
                                onNode(),
                                going("other")),
                set(
                                "the next pod is on the node that is left",
                                Stage.DETACHING,
                                Actor.DRIVER,
                                "detach it from node node")
                        .with(boundClaim(), volume(), fast(), node(), onNode(), going("node")));
    }

    @Test
    void the_next_effect_of_a_detach_is_the_driver_call() throws ApiException, InterruptedException {
        Explanation told = explain(List.of(boundClaim(), volume(), fast(), node(), refused("Internal", "busy")));
        assertThat(told.effects())
                .last()
                .asString()
                .startsWith("call ControllerUnpublishVolume ")
                .contains("\"volume_id\":\"handle-pv\"", "\"node_id\":\"id-node\"");
    }

    @Test
    void what_a_detach_waits_for_is_asked_of_the_running_controller() throws ApiException, InterruptedException {
        var told = requireNonNull(explainer(List.of(boundClaim(), volume(), fast(), node(), going("node")))
                .claim(Objects.key("default/data")));
        assertThat(told.keys()).containsExactly("default/data", "default/data/u-data", "va");
    }

    @Test
    void a_volume_that_is_deleted_while_attached_tells_what_holds_it() throws ApiException, InterruptedException {
        VolumeBuilder deleted = volume().finalizer(Finalizers.attacher(DRIVER)).deleting();
        var attached = requireNonNull(
                explainer(List.of(deleted, fast(), node(), attached("node"))).volume("pv"));
        assertThat(attached.explanation().stage()).isEqualTo(Stage.DELETING);
        assertThat(attached.explanation().why()).contains("still attached to node node");
        var refused = requireNonNull(explainer(List.of(deleted, fast(), node(), refused("Internal", "busy")))
                .volume("pv"));
        assertThat(refused.explanation().stage()).isEqualTo(Stage.DETACHING);
        assertThat(refused.explanation().why()).contains("code = Internal desc = busy");
    }

    @Test
    void a_released_volume_is_not_deleted_before_its_detach() throws ApiException, InterruptedException {
        var told = requireNonNull(explainer(List.of(
                        volume().provisioned().phase("Released").claimRef("default/gone", "u-gone"),
                        fast(),
                        node(),
                        refused("Internal", "busy")))
                .volume("pv"));
        assertThat(told.explanation().stage()).isEqualTo(Stage.DETACHING);
        assertThat(told.explanation().actor()).isEqualTo(Actor.DRIVER);
    }

    @Test
    void a_volume_that_is_gone_is_explained_by_the_attachment_it_left() throws ApiException, InterruptedException {
        var unknown =
                requireNonNull(explainer(List.of(fast(), node(), going("node"))).volume("pv"));
        assertThat(unknown.explanation().stage()).isEqualTo(Stage.DETACHING);
        assertThat(unknown.explanation().actor()).isEqualTo(Actor.ADMINISTRATOR);
        assertThat(unknown.explanation().why()).contains("set the annotation solo.csi/volume-handle");
        var noted = requireNonNull(
                explainer(List.of(fast(), node(), going("node").annotation("solo.csi/volume-handle", "handle-pv")))
                        .volume("pv"));
        assertThat(noted.explanation().effects().toString()).contains("call ControllerUnpublishVolume");
        var kept = requireNonNull(
                explainer(List.of(fast(), node(), attached("node"))).volume("pv"));
        assertThat(kept.explanation().why()).contains("VolumeAttachment va still names it");
        assertThat(explainer(List.of(fast(), node())).volume("pv")).isNull();
    }

    @Test
    void the_next_effect_is_the_driver_call_with_its_secrets_blanked() throws ApiException, InterruptedException {
        Explanation told = explain(List.of(
                handed(),
                fast().parameter("csi.storage.k8s.io/provisioner-secret-name", "keys")
                        .parameter("csi.storage.k8s.io/provisioner-secret-namespace", "default")
                        .parameter("tier", "gold"),
                Objects.secret("default/keys", Map.of("password", "hunter2")),
                node()));
        assertThat(told.stage()).isEqualTo(Stage.WAITS_FOR_DRIVER);
        assertThat(told.effects())
                .last()
                .asString()
                .startsWith("call CreateVolume ")
                .contains("\"tier\":\"gold\"");
        assertThat(told.effects().toString()).contains("***stripped***").doesNotContain("hunter2");
    }

    @Test
    void an_explanation_changes_nothing() throws ApiException, InterruptedException {
        SimulatedApiServer server = new SimulatedApiServer(new VirtualClock());
        List.of(handed(), fast(), node()).forEach(server::put);
        SimulatedCluster cluster = new SimulatedCluster(server);
        Explainer explainer = new Explainer(cluster, new VirtualClock(), SETUP);
        var first = explainer.claim(Objects.key("default/data"));
        assertThat(explainer.claim(Objects.key("default/data"))).isEqualTo(first);
        assertThat(cluster.store(Kinds.VOLUME).all()).isEmpty();
        assertThat(cluster.store(Told.KIND).all()).isEmpty();
    }

    @Test
    void a_volume_with_a_living_claim_is_explained_by_its_claim() throws ApiException, InterruptedException {
        var told = requireNonNull(
                explainer(List.of(boundClaim(), volume(), fast(), node())).volume("pv"));
        assertThat(told.subject()).isEqualTo("claim default/data");
    }

    @Test
    void a_retained_volume_tells_how_it_can_be_used_again() throws ApiException, InterruptedException {
        var told = requireNonNull(explainer(List.of(
                        volume().reclaimPolicy("Retain").phase("Released").claimRef("default/gone", "u-gone"),
                        fast(),
                        node()))
                .volume("pv"));
        assertThat(told.explanation().stage()).isEqualTo(Stage.RELEASED);
        assertThat(told.explanation().why()).contains("remove spec.claimRef");
    }

    @Test
    void a_released_volume_shows_its_deletion() throws ApiException, InterruptedException {
        var told = requireNonNull(explainer(List.of(
                        volume().provisioned()
                                .reclaimPolicy("Delete")
                                .phase("Released")
                                .claimRef("default/gone", "u-gone"),
                        fast(),
                        node()))
                .volume("pv"));
        assertThat(told.explanation().stage()).isEqualTo(Stage.DELETING);
        assertThat(told.explanation().effects().toString()).contains("call DeleteVolume");
    }

    private static Explanation explain(List<ObjectBuilder<?>> objects) throws ApiException, InterruptedException {
        var answer = requireNonNull(explainer(objects).claim(Objects.key("default/data")));
        return answer.explanation();
    }

    static Explainer explainer(List<? extends ObjectBuilder<?>> objects) {
        VirtualClock clock = new VirtualClock();
        SimulatedApiServer server = new SimulatedApiServer(clock);
        objects.forEach(server::put);
        return new Explainer(new SimulatedCluster(server), clock, SETUP);
    }

    /** A set-up without its objects. */
    private record Named(String name, Stage stage, @Nullable Actor actor, String says) {
        SetUp with(ObjectBuilder<?>... objects) {
            return new SetUp(name, stage, actor, says, new ArrayList<>(List.of(objects)));
        }
    }

    private static Named set(String name, Stage stage, @Nullable Actor actor, String says) {
        return new Named(name, stage, actor, says);
    }

    private static ClaimBuilder claim() {
        return Objects.claim("default/data").uid("u-data").storageClass("fast");
    }

    /** With its provisioner. */
    private static ClaimBuilder handed() {
        return claim().provisioner();
    }

    private static ClaimBuilder boundClaim() {
        return handed().boundTo("pv").phase("Bound").capacity("1Gi");
    }

    private static StorageClassBuilder fast() {
        return Objects.storageClass("fast").provisioner(DRIVER);
    }

    private static StorageClassBuilder late() {
        return fast().bindingMode("WaitForFirstConsumer");
    }

    private static StorageClassBuilder byDefault(String name) {
        return Objects.storageClass(name)
                .provisioner(DRIVER)
                .annotation("storageclass.kubernetes.io/is-default-class", "true");
    }

    private static VolumeBuilder volume() {
        return Objects.volume("pv")
                .storageClass("fast")
                .driver(DRIVER)
                .claimRef("default/data", "u-data")
                .phase("Bound");
    }

    /** The driver is registered on it. */
    private static ObjectBuilder<?> node() {
        return Objects.csiNodeOf(DRIVER, "node");
    }

    private static ObjectBuilder<?> csiDriver() {
        return new CsiDriverBuilder();
    }

    /** The event that tells of the driver's last answer. */
    private static ObjectBuilder<?> answered(String code, String message) {
        return warning(
                "ProvisioningFailed", "failed to provision volume: rpc error: code = " + code + " desc = " + message);
    }

    private static ObjectBuilder<?> warning(String reason, String message) {
        return new EventBuilder()
                .with("u-data", "involvedObject", "uid")
                .with("Warning", "type")
                .with(reason, "reason")
                .with(message, "message");
    }

    private static Map<String, Object> condition(String type, String reason, String message) {
        return Map.of("type", type, "status", "True", "reason", reason, "message", message);
    }

    private static AttachmentBuilder attached(String node) {
        return Objects.attachment("va").volume("pv").node(node).attached();
    }

    /** Deleted, and not detached yet. */
    private static AttachmentBuilder going(String node) {
        return attached(node).finalizer(Finalizers.attacher(DRIVER)).deleting();
    }

    /** The same, with the driver's last answer. */
    private static AttachmentBuilder refused(String code, String message) {
        return going("node")
                .with("rpc error: code = " + code + " desc = " + message, "status", "detachError", "message");
    }

    private static Objects.Plain pod() {
        return Objects.pod("default/web", "data");
    }

    private static Objects.Plain onNode() {
        return pod().with("node", "spec", "nodeName").with("Pending", "status", "phase");
    }

    private static Objects.Plain unschedulable() {
        return pod().with(
                        List.of(Map.of(
                                "type", "PodScheduled", "status", "False", "message", "0/3 nodes are available")),
                        "status",
                        "conditions");
    }

    private static final class CsiDriverBuilder extends ObjectBuilder<CsiDriverBuilder> {
        CsiDriverBuilder() {
            super(new Resource("storage.k8s.io", "v1", "csidrivers", "CSIDriver", Scope.CLUSTER), DRIVER);
        }

        @Override
        protected CsiDriverBuilder self() {
            return this;
        }
    }
}
