package solo.resizer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import solo.csi.model.Code;
import solo.kube.Controller;
import solo.kube.Kinds;
import solo.kube.Trigger;
import solo.kube.model.ObjectKey;
import solo.kube.model.Projected;
import solo.simulation.ModelDriver;
import solo.simulation.Objects;

/** Which changes make the resizer look, and at what. */
class ResizerTriggersTest {
    private final ResizerWorld world = new ResizerWorld();
    private final List<ObjectKey> sizes = new ArrayList<>();
    private final List<ObjectKey> classes = new ArrayList<>();

    @BeforeEach
    void listen() {
        world.with(ResizerWorld.claim("3Gi", "3Gi"), ResizerWorld.volume("3Gi"));
        listen(world.controller(ModelDriver.NAME + "-pvc"), sizes);
        listen(world.controller(ModelDriver.NAME + "-pvc-modify"), classes);
    }

    @Test
    void another_size_in_any_direction() {
        wants("5Gi");
        wants("4Gi");

        assertThat(sizes).hasSize(2);
        assertThat(classes).isEmpty();
    }

    @Test
    void the_same_size_written_otherwise_is_no_change() {
        wants("3072Mi");

        assertThat(sizes).isEmpty();
    }

    @Test
    void labels_and_conditions_are_no_change() {
        edit("x", "metadata", "labels", "y");
        world.server.edit(
                Kinds.CLAIM,
                ResizerWorld.CLAIM,
                Edit.set(List.of(Map.of("type", "Resizing", "status", "True")), "status", "conditions"));

        assertThat(sizes).isEmpty();
        assertThat(classes).isEmpty();
    }

    @Test
    void our_own_statuses_do_not_end_the_backoff_and_the_kubelets_are_looked_at() {
        edit("ControllerResizeInProgress", "status", "allocatedResourceStatuses", "storage");
        edit("ControllerResizeInfeasible", "status", "allocatedResourceStatuses", "storage");
        edit("NodeResizePending", "status", "allocatedResourceStatuses", "storage");
        assertThat(sizes).isEmpty();

        edit("NodeResizeInProgress", "status", "allocatedResourceStatuses", "storage");
        edit("NodeResizeInfeasible", "status", "allocatedResourceStatuses", "storage");
        assertThat(sizes).hasSize(2);
    }

    @Test
    void a_node_that_failed_again_is_looked_at_although_the_watch_only_saw_the_end() {
        edit("NodeResizeInfeasible", "status", "allocatedResourceStatuses", "storage");
        sizes.clear();
        world.cluster.lag();
        edit("NodeResizePending", "status", "allocatedResourceStatuses", "storage");
        edit("NodeResizeInfeasible", "status", "allocatedResourceStatuses", "storage");
        world.cluster.simulated(Kinds.CLAIM).relist();

        assertThat(sizes).containsExactly(ResizerWorld.CLAIM);
    }

    @Test
    void a_claim_that_caught_up_is_looked_at() {
        edit("5Gi", "status", "capacity", "storage");

        assertThat(sizes).containsExactly(ResizerWorld.CLAIM);
    }

    @Test
    void another_resizer_and_retry_now_are_looked_at() {
        edit("x", "metadata", "annotations", "volume.kubernetes.io/storage-resizer");
        assertThat(sizes).hasSize(1);

        edit("1", "metadata", "annotations", "solo.csi/retry-now");
        assertThat(sizes).hasSize(2);
        assertThat(classes).hasSize(1);
    }

    @Test
    void another_class_and_the_end_of_a_modification() {
        edit("b", "spec", "volumeAttributesClassName");
        assertThat(classes).hasSize(1);
        edit(Map.of("status", "InProgress"), "status", "modifyVolumeStatus");
        assertThat(classes).as("our own mark").hasSize(1);
        world.with(ResizerWorld.claim("3Gi", "3Gi").attributesClass("b"));

        assertThat(classes).hasSize(2);
        assertThat(sizes).isEmpty();
    }

    @Test
    void a_class_that_appears_wakes_the_claims_that_wait_for_it() {
        world.with(ResizerWorld.claim("3Gi", "3Gi").attributesClass("b"), Objects.claim("ns/other"));
        classes.clear();

        world.with(Objects.attributesClass("b", Map.of()), Objects.attributesClass("c", Map.of()));

        assertThat(classes).containsExactly(ResizerWorld.CLAIM);
    }

    @Test
    void a_volume_that_appears_or_is_bound_wakes_its_claim() {
        world.with(Objects.volume("pv-2"));
        assertThat(sizes).isEmpty();

        world.with(Objects.volume("pv-2").claimRef("ns/data", "uid-1"));
        world.with(Objects.volume("pv-2").claimRef("ns/data", "uid-1").size("7Gi"));

        assertThat(sizes).containsExactly(ResizerWorld.CLAIM);
        assertThat(classes).containsExactly(ResizerWorld.CLAIM);
    }

    @Test
    void a_volume_that_is_to_outlive_its_claim_is_looked_at() {
        world.with(ResizerWorld.volume("3Gi").reclaimPolicy("Delete"));

        assertThat(sizes).containsExactly(ResizerWorld.CLAIM);
    }

    /** Nobody else would take it away where the claim has caught up already. */
    @Test
    void an_old_size_that_a_former_leader_noted_late_is_looked_at() {
        world.with(ResizerWorld.volume("3Gi").annotation("volume.alpha.kubernetes.io/pre-resize-capacity", "1Gi"));
        assertThat(sizes).containsExactly(ResizerWorld.CLAIM);

        world.with(ResizerWorld.volume("3Gi"));
        assertThat(sizes).as("taken away").hasSize(1);
    }

    @Test
    void the_end_of_a_pod_wakes_a_claim_that_the_driver_refused_for_its_sake() {
        world.with(Objects.pod("ns/p", "data"));
        world.with(Objects.pod("ns/p", "data").with("Succeeded", "status", "phase"));
        assertThat(sizes).as("not refused").isEmpty();

        wants("5Gi");
        world.with(Objects.pod("ns/p", "data").with("Running", "status", "phase"));
        world.driver.failing(Code.FAILED_PRECONDITION);
        world.grow();
        sizes.clear();
        world.with(Objects.pod("ns/p", "data").with("Failed", "status", "phase"));

        assertThat(sizes).containsExactly(ResizerWorld.CLAIM);
    }

    @Test
    void a_claim_that_is_gone_is_looked_at_so_that_it_is_forgotten() {
        world.server.remove(Kinds.CLAIM, ResizerWorld.CLAIM);

        assertThat(sizes).containsExactly(ResizerWorld.CLAIM);
    }

    private void wants(String size) {
        edit(size, "spec", "resources", "requests", "storage");
    }

    private void edit(Object value, String... path) {
        world.server.edit(Kinds.CLAIM, ResizerWorld.CLAIM, Edit.set(value, path));
    }

    private void listen(Controller controller, List<ObjectKey> keys) {
        controller.triggers().forEach(trigger -> listen(trigger, keys));
    }

    private <R extends Projected> void listen(Trigger<R> trigger, List<ObjectKey> keys) {
        world.cluster
                .store(trigger.kind())
                .onChange(change -> keys.addAll(trigger.keys().apply(change)));
    }
}
