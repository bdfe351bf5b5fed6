package solo.attacher;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import solo.kube.ApiException;
import solo.kube.Controller;
import solo.kube.Kinds;
import solo.kube.Trigger;
import solo.kube.model.ObjectKey;
import solo.kube.model.Patch;
import solo.kube.model.Projected;
import solo.simulation.Objects;
import solo.simulation.SimulatedWrites;

/** Which changes make the attacher look, and at what. */
class AttachmentTriggersTest {
    private static final ObjectKey VA = ObjectKey.cluster("va");
    private static final ObjectKey PV = ObjectKey.cluster("pv");

    private final AttacherWorld world = new AttacherWorld();
    private final List<ObjectKey> attachments = new ArrayList<>();
    private final List<ObjectKey> volumes = new ArrayList<>();

    @BeforeEach
    void listen() {
        listen(world.controller(Attacher.ATTACHMENTS), attachments);
        listen(world.controller(Attacher.VOLUMES), volumes);
    }

    @Test
    void a_new_attachment_is_looked_at() {
        world.with(AttacherWorld.fresh());

        assertThat(attachments).containsExactly(VA);
    }

    @Test
    void another_attachers_is_not() {
        world.with(AttacherWorld.fresh().attacher("other"));

        assertThat(attachments).isEmpty();
    }

    @Test
    void our_own_note_of_an_error_does_not_end_the_backoff() {
        world.with(AttacherWorld.fresh());
        attachments.clear();

        world.with(AttacherWorld.fresh().with(Map.of("message", "no"), "status", "attachError"));
        world.with(AttacherWorld.fresh().with(Map.of("message", "no"), "status", "detachError"));

        assertThat(attachments).isEmpty();
    }

    @Test
    void managed_fields_alone_are_no_change() {
        world.with(AttacherWorld.fresh());
        attachments.clear();

        world.with(AttacherWorld.fresh().with(List.of(Map.of("manager", "x")), "metadata", "managedFields"));

        assertThat(attachments).isEmpty();
    }

    @Test
    void deletion_status_and_finalizers_are_changes() {
        world.with(AttacherWorld.fresh());
        attachments.clear();

        world.with(AttacherWorld.marked());
        world.with(AttacherWorld.marked().attached());
        world.with(AttacherWorld.marked().attached().deleting());

        assertThat(attachments).containsExactly(VA, VA, VA);
    }

    @Test
    void retry_now_is_a_change_each_time_its_value_is_new() {
        world.with(AttacherWorld.fresh());
        attachments.clear();

        world.with(AttacherWorld.fresh().annotation("solo.csi/retry-now", "1"));
        world.with(AttacherWorld.fresh().annotation("solo.csi/retry-now", "1").label("x", "y"));
        world.with(AttacherWorld.fresh().annotation("solo.csi/retry-now", "2"));

        assertThat(attachments).containsExactly(VA, VA);
    }

    @Test
    void a_volume_that_appears_wakes_its_attachments() {
        world.with(AttacherWorld.fresh());
        attachments.clear();

        world.with(AttacherWorld.volume());

        assertThat(attachments).containsExactly(VA);
    }

    @Test
    void a_volume_that_merely_changes_does_not() {
        world.with(AttacherWorld.fresh(), Objects.volume("pv"));
        attachments.clear();

        world.with(AttacherWorld.volume().phase("Bound"));

        assertThat(attachments).isEmpty();
    }

    @Test
    void a_volume_that_may_go_wakes_its_attachments_so_that_they_can_note_its_handle() {
        world.with(AttacherWorld.fresh(), AttacherWorld.volume());
        attachments.clear();

        world.with(Objects.volume("pv"));
        world.with(Objects.volume("pv").finalizer("x").deleting());

        assertThat(attachments).containsExactly(VA, VA);
    }

    @Test
    void a_driver_that_registers_on_a_node_wakes_what_waits_for_it() {
        world.with(AttacherWorld.fresh(), Objects.csiNodeOf("other", "node"));
        attachments.clear();

        world.with(AttacherWorld.node());
        world.with(Objects.csiNode("node", "a-new-topology-key"));

        assertThat(attachments).containsExactly(VA);
    }

    @Test
    void attached_attachments_do_not_care_about_nodes() {
        world.with(AttacherWorld.marked().attached());
        attachments.clear();

        world.with(AttacherWorld.node());

        assertThat(attachments).isEmpty();
    }

    @Test
    void only_a_volume_that_is_being_deleted_under_our_finalizer_is_looked_at() {
        world.with(AttacherWorld.volume());
        world.with(Objects.volume("pv").finalizer("x").deleting());
        assertThat(volumes).isEmpty();

        world.with(AttacherWorld.volume().deleting());
        assertThat(volumes).containsExactly(PV);
    }

    @Test
    void an_attachment_that_is_gone_frees_its_volume_whoever_attached_it() throws ApiException {
        world.with(AttacherWorld.fresh().attacher("other").finalizer("x").deleting());
        volumes.clear();

        new SimulatedWrites(world.server, world.cluster)
                .patch(Kinds.ATTACHMENT, VA, Patch.removeFinalizers(List.of("x"), List.of("x")));

        assertThat(volumes).containsExactly(PV);
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
