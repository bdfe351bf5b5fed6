package solo.provisioner;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import solo.csi.Rpcs;
import solo.csi.model.Code;
import solo.csi.model.ControllerCapability;
import solo.csi.model.PluginCapability;
import solo.kube.ApiException.Failure;
import solo.kube.Kinds;
import solo.kube.model.Outcome;
import solo.kube.model.Reason;
import solo.kube.model.Retry;
import solo.provisioner.model.Feature;
import solo.provisioner.model.NotYet.ClassMissing;
import solo.provisioner.model.NotYet.NoNodeSelected;
import solo.provisioner.model.Unprepared.SelectedNodeGone;
import solo.provisioner.model.Unprepared.UnknownReservedKey;
import solo.provisioner.model.Unprovisioned.DriverRefused;
import solo.provisioner.model.Unprovisioned.NotSaved;
import solo.simulation.ClaimBuilder;
import solo.simulation.DriverFault;
import solo.simulation.Fault;
import solo.simulation.Objects;
import solo.simulation.Verb;

/** A claim becomes a volume, with one write and whatever stands in the way told. */
class ProvisioningTest {

    private final ProvisionerWorld world = new ProvisionerWorld();

    @Test
    void a_claim_becomes_a_volume_with_one_write_and_two_events() {
        world.with(Objects.storageClass("fast"), claim());

        assertThat(world.claim("ns/data")).isEqualTo(Outcome.done());

        assertThat(world.server.requests().all()).isEqualTo(Map.of("create persistentvolumes", 1));
        assertThat(world.volumesAtDriver()).isEqualTo(1);
        assertThat(world.events.reasons()).containsExactly("Provisioning", "ProvisioningSucceeded");
    }

    @Test
    void the_volume_is_what_the_controller_manager_needs_to_bind_it() {
        world.with(Feature.ATTACHER_FINALIZER).with(Objects.storageClass("fast"), claim());

        world.claim("ns/data");

        var volume = world.pv("pvc-uid-1");
        assertThat(volume.at("metadata", "finalizers").texts())
                .containsExactly(ProvisionerWorld.FINALIZER, "external-attacher/model-csi-solo");
        assertThat(volume.at("metadata", "annotations").textMap())
                .containsEntry("pv.kubernetes.io/provisioned-by", "model.csi.solo")
                .containsEntry("volume.kubernetes.io/provisioner-deletion-secret-name", "")
                .containsEntry("volume.kubernetes.io/provisioner-deletion-secret-namespace", "");
        var spec = volume.at("spec");
        assertThat(spec.at("capacity", "storage").text()).isEqualTo("1Gi");
        assertThat(spec.at("storageClassName").text()).isEqualTo("fast");
        assertThat(spec.at("persistentVolumeReclaimPolicy").text()).isEqualTo("Delete");
        assertThat(spec.at("claimRef", "uid").text()).isEqualTo("uid-1");
        assertThat(spec.at("claimRef", "kind").text()).isEqualTo("PersistentVolumeClaim");
        assertThat(spec.at("csi", "volumeHandle").text()).isEqualTo("vol-1");
        assertThat(spec.at("csi", "volumeAttributes", "storage.kubernetes.io/csiProvisionerIdentity")
                        .text())
                .isEqualTo("identity-1");
    }

    @Test
    void once_the_volume_is_there_nothing_more_is_asked_of_anybody() {
        world.with(Objects.storageClass("fast"), claim());
        world.claim("ns/data");
        world.server.requests().reset();
        world.driver.calls().forgetMade();

        assertThat(world.claim("ns/data")).isEqualTo(Outcome.done());
        world.bind("ns/data");
        assertThat(world.claim("ns/data")).isEqualTo(Outcome.done());

        assertThat(world.driver.calls().made()).isEmpty();
        assertThat(world.server.requests().writes()).isZero();
    }

    @Test
    void a_claim_waits_for_its_class_and_is_looked_at_as_soon_as_the_class_appears() {
        world.with(claim());

        assertThat(reason(world.claim("ns/data"))).isEqualTo(new ClassMissing("fast"));

        world.with(Objects.storageClass("fast"));
        assertThat(world.triggered("claims", Kinds.STORAGE_CLASS, world.appeared(Kinds.STORAGE_CLASS, "fast")))
                .extracting(key -> key.name())
                .containsExactly("uid-1");
        assertThat(world.claim("ns/data")).isEqualTo(Outcome.done());
    }

    @Test
    void a_late_binding_claim_waits_for_the_scheduler_without_being_asked_again() {
        world.with(Objects.storageClass("fast").waitForFirstConsumer(), claim());

        Outcome.Waiting waiting = (Outcome.Waiting) world.claim("ns/data");

        assertThat(waiting.reason()).isEqualTo(new NoNodeSelected("fast"));
        assertThat(waiting.retry()).isEqualTo(Retry.onChange());
        assertThat(waiting.reason().event()).isNull();
    }

    @Test
    void a_late_binding_claim_is_made_where_its_pod_will_run() {
        ProvisionerWorld zones = zones();
        zones.with(Objects.storageClass("fast").waitForFirstConsumer(), claim().selectedNode("n2"));

        assertThat(zones.claim("ns/data")).isEqualTo(Outcome.done());

        var terms = zones.pv("pvc-uid-1").at("spec", "nodeAffinity", "required", "nodeSelectorTerms");
        assertThat(terms.items()
                        .getFirst()
                        .at("matchExpressions")
                        .items()
                        .getFirst()
                        .at("values")
                        .texts())
                .containsExactly("b");
    }

    @Test
    void a_node_that_has_gone_is_taken_off_the_claim_so_that_the_scheduler_chooses_again() {
        ProvisionerWorld zones = zones();
        zones.with(Objects.storageClass("fast").waitForFirstConsumer(), claim().selectedNode("gone"));

        assertThat(reason(zones.claim("ns/data"))).isInstanceOf(SelectedNodeGone.class);

        assertThat(zones.server
                        .object(Kinds.CLAIM, Objects.key("ns/data"))
                        .at("metadata", "annotations")
                        .textMap())
                .doesNotContainKey("volume.kubernetes.io/selected-node");
        assertThat(zones.driver.calls().made()).isEmpty();
    }

    @Test
    void a_full_node_is_taken_off_the_claim_too() {
        ProvisionerWorld zones = zones();
        zones.with(Objects.storageClass("fast").waitForFirstConsumer(), claim().selectedNode("n2"));
        zones.driver.calls().plan(Rpcs.CREATE_VOLUME, DriverFault.refused(Code.RESOURCE_EXHAUSTED));

        Outcome outcome = zones.claim("ns/data");

        assertThat(reason(outcome)).isInstanceOf(DriverRefused.class);
        assertThat(((Outcome.Waiting) outcome).retry()).isEqualTo(Retry.onChange());
        assertThat(zones.server.requests().all()).isEqualTo(Map.of("patch persistentvolumeclaims", 1));
    }

    @Test
    void a_mistyped_parameter_is_told_in_one_event() {
        world.with(Objects.storageClass("fast").parameter("csi.storage.k8s.io/fsType", "xfs"), claim());

        Outcome.Waiting waiting = (Outcome.Waiting) world.claim("ns/data");

        assertThat(waiting.reason()).isEqualTo(new UnknownReservedKey("csi.storage.k8s.io/fsType"));
        assertThat(waiting.reason().event()).isNotNull().satisfies(note -> {
            assertThat(note.reason()).isEqualTo("ProvisioningFailed");
            assertThat(note.message()).contains("csi.storage.k8s.io/fsType");
        });
        assertThat(waiting.about()).isNotNull();
        assertThat(world.driver.calls().made()).isEmpty();
    }

    @Test
    void a_secret_is_read_once_and_handed_to_the_driver() {
        world.with(
                Objects.storageClass("fast")
                        .parameter("csi.storage.k8s.io/provisioner-secret-name", "for-${pvc.name}")
                        .parameter("csi.storage.k8s.io/provisioner-secret-namespace", "${pvc.namespace}"),
                Objects.secret("ns/for-data", Map.of("user", "admin")),
                claim());

        assertThat(world.claim("ns/data")).isEqualTo(Outcome.done());

        assertThat(world.server.requests().all()).isEqualTo(Map.of("get secrets", 1, "create persistentvolumes", 1));
        assertThat(world.driver.calls().made(Rpcs.CREATE_VOLUME).getFirst().getSecretsMap())
                .isEqualTo(Map.of("user", "admin"));
        assertThat(world.pv("pvc-uid-1").at("metadata", "annotations").textMap())
                .containsEntry("volume.kubernetes.io/provisioner-deletion-secret-name", "for-data")
                .containsEntry("volume.kubernetes.io/provisioner-deletion-secret-namespace", "ns");
    }

    @Test
    void a_volume_that_is_too_small_is_deleted_again() {
        world.with(Objects.storageClass("fast"), claim());
        world.driver.calls().plan(Rpcs.CREATE_VOLUME, DriverFault.tooSmall());

        assertThat(reason(world.claim("ns/data")).message()).contains("less than requested capacity");

        assertThat(world.volumesAtDriver()).isZero();
        assertThat(world.driver.calls().made(Rpcs.DELETE_VOLUME)).hasSize(1);
        assertThat(world.server.objects(Kinds.VOLUME)).isEmpty();
    }

    @Test
    void a_volume_that_cannot_be_saved_is_saved_with_the_next_attempt_without_asking_the_driver_again() {
        world.with(Objects.storageClass("fast"), claim());
        world.server.fail(Fault.refused(Verb.CREATE, Kinds.VOLUME, Failure.TOO_MANY_REQUESTS));

        assertThat(reason(world.claim("ns/data"))).isInstanceOf(NotSaved.class);
        assertThat(world.volumesAtDriver()).isEqualTo(1);

        assertThat(world.claim("ns/data")).isEqualTo(Outcome.done());
        assertThat(world.volumesAtDriver()).isEqualTo(1);
        assertThat(world.pv("pvc-uid-1").at("spec", "csi", "volumeHandle").text())
                .isEqualTo("vol-1");
        assertThat(world.driver.calls().made(Rpcs.CREATE_VOLUME)).hasSize(1);
    }

    @Test
    void a_lost_answer_to_the_save_is_no_harm() {
        world.with(Objects.storageClass("fast"), claim());
        world.server.fail(Fault.answerLost(Verb.CREATE, Kinds.VOLUME));

        assertThat(reason(world.claim("ns/data"))).isInstanceOf(NotSaved.class);
        assertThat(world.claim("ns/data")).isEqualTo(Outcome.done());

        assertThat(world.volumesAtDriver()).isEqualTo(1);
        assertThat(world.server.objects(Kinds.VOLUME)).hasSize(1);
    }

    @Test
    void after_a_lost_answer_to_the_save_the_volume_may_go_and_is_not_made_again() {
        world.with(Objects.storageClass("fast"), claim());
        world.cluster.lag();
        world.server.fail(Fault.answerLost(Verb.CREATE, Kinds.VOLUME));
        world.claim("ns/data");
        world.server.remove(Kinds.CLAIM, Objects.key("ns/data"));
        world.phase("pvc-uid-1", "Released");

        assertThat(reason(world.claimUid("ns/data", "uid-1"))).isInstanceOf(NotSaved.class);
        world.cluster.catchUp();
        world.volume("pvc-uid-1");
        assertThat(world.claimUid("ns/data", "uid-1")).isEqualTo(Outcome.done());

        assertThat(world.volumesAtDriver()).isZero();
        assertThat(world.driver.calls().made(Rpcs.CREATE_VOLUME)).hasSize(1);
    }

    @Test
    void other_drivers_claims_are_left_alone() {
        world.with(
                Objects.storageClass("fast"),
                Objects.claim("ns/data").uid("uid-1").storageClass("fast").provisioner("other.csi"));

        assertThat(world.claim("ns/data")).isEqualTo(Outcome.done());
        assertThat(world.server.requests().all()).isEmpty();
        assertThat(world.triggered("claims", Kinds.CLAIM, world.appeared(Kinds.CLAIM, "ns/data")))
                .isEmpty();
    }

    @Test
    void successes_and_failures_are_counted_as_in_go() {
        world.with(Objects.storageClass("fast"), claim());
        world.driver.calls().plan(Rpcs.CREATE_VOLUME, DriverFault.refused(Code.INTERNAL));

        world.claim("ns/data");
        world.claim("ns/data");

        assertThat(world.counter("controller_persistentvolumeclaim_provision_failed", "fast", ""))
                .isEqualTo(1);
        assertThat(world.counter("controller_persistentvolumeclaim_provision", "fast", ""))
                .isEqualTo(1);
    }

    private static ClaimBuilder claim() {
        return Objects.claim("ns/data").uid("uid-1").storageClass("fast").provisioner();
    }

    private static ProvisionerWorld zones() {
        ProvisionerWorld zones = new ProvisionerWorld(
                EnumSet.of(PluginCapability.CONTROLLER_SERVICE, PluginCapability.VOLUME_ACCESSIBILITY_CONSTRAINTS),
                EnumSet.of(ControllerCapability.CREATE_DELETE_VOLUME));
        for (String node : List.of("n1/a", "n2/b")) {
            String name = node.substring(0, 2);
            zones.with(Objects.node(name).label("zone", node.substring(3)), Objects.csiNode(name, "zone"));
        }
        return zones;
    }

    private static Reason reason(Outcome outcome) {
        assertThat(outcome).isInstanceOf(Outcome.Waiting.class);
        return ((Outcome.Waiting) outcome).reason();
    }
}
