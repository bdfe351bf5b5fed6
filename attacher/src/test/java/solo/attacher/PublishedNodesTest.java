package solo.attacher;

import static org.assertj.core.api.Assertions.assertThat;

import csi.v1.ListVolumesResponse;
import csi.v1.ListVolumesResponse.VolumeStatus;
import csi.v1.Volume;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import solo.csi.model.Code;
import solo.kube.model.ObjectKey;
import solo.kube.model.Outcome;
import solo.simulation.AttachmentBuilder;
import solo.simulation.Objects;

/** The driver's own list of published nodes is compared with the attachments, and the driver called where they differ. */
class PublishedNodesTest {
    private static final ObjectKey VA = ObjectKey.cluster("va");

    private final AttacherWorld world = new AttacherWorld();

    @Test
    void attached_but_not_listed_is_published_again_and_nothing_is_written() {
        world.with(AttacherWorld.volume(), AttacherWorld.node(), attached());

        assertThat(world.runPublishedNodes()).isEqualTo(Outcome.again(Duration.ofMinutes(1)));
        assertThat(world.disputed).containsExactly(VA);
        assertThat(world.run()).isEqualTo(Outcome.done());

        assertThat(world.log).containsExactly("list volumes", "publish handle-pv to id-node");
    }

    @Test
    void attached_and_listed_is_as_it_should_be() {
        world.with(AttacherWorld.volume(), AttacherWorld.node(), attached());
        listing("handle-pv", "id-node");

        world.runPublishedNodes();

        assertThat(world.disputed).isEmpty();
    }

    @Test
    void a_deleted_attachment_without_finalizer_that_is_still_listed_is_unpublished_and_nothing_is_written() {
        world.with(
                AttacherWorld.volume(),
                AttacherWorld.node(),
                AttacherWorld.fresh().finalizer("other").deleting());
        listing("handle-pv", "id-node");

        world.runPublishedNodes();
        world.run();

        assertThat(world.log).containsExactly("list volumes", "unpublish handle-pv from id-node");
    }

    @Test
    void not_yet_attached_but_listed_is_published() {
        world.with(AttacherWorld.volume(), AttacherWorld.node(), AttacherWorld.fresh());
        listing("handle-pv", "id-node");

        world.runPublishedNodes();

        assertThat(world.disputed).containsExactly(VA);
    }

    @Test
    void a_listed_volume_without_an_attachment_is_left_alone() {
        listing("stranger", "id-node");
        world.with(AttacherWorld.volume(), AttacherWorld.node(), attached());
        listing("handle-pv", "id-node");

        world.runPublishedNodes();

        assertThat(world.disputed).isEmpty();
    }

    @Test
    void a_volume_of_which_the_driver_does_not_say_where_it_is_published_is_not_disputed() {
        world.with(AttacherWorld.volume(), AttacherWorld.node(), attached());
        world.driver.page(
                "",
                ListVolumesResponse.newBuilder()
                        .addEntries(ListVolumesResponse.Entry.newBuilder()
                                .setVolume(Volume.newBuilder().setVolumeId("handle-pv")))
                        .build());

        world.runPublishedNodes();

        assertThat(world.disputed).isEmpty();
    }

    @Test
    void a_node_that_is_gone_is_compared_by_its_annotated_id() {
        world.with(AttacherWorld.volume(), attached());
        listing("handle-pv", "id-node");

        world.runPublishedNodes();

        assertThat(world.disputed).isEmpty();
    }

    @Test
    void inline_volumes_are_compared_too() {
        world.with(
                AttacherWorld.node(),
                Objects.attachment("va")
                        .node("node")
                        .finalizer(AttacherWorld.FINALIZER)
                        .attached()
                        .inline(Map.of(
                                "accessModes",
                                List.of("ReadWriteOnce"),
                                "csi",
                                Map.of("driver", "model.csi.solo", "volumeHandle", "inline-1"))));

        world.runPublishedNodes();

        assertThat(world.disputed).containsExactly(VA);
    }

    @Test
    void a_forced_attach_that_fails_is_retried_by_backoff() {
        world.with(AttacherWorld.volume(), AttacherWorld.node(), attached());
        world.runPublishedNodes();
        world.driver.failing(Code.INTERNAL, "no");

        assertThat(world.run()).isInstanceOf(Outcome.Waiting.class);
        assertThat(world.va().at("status", "attached").flag(false)).isTrue();
        assertThat(world.va().at("status", "attachError", "message").text())
                .isEqualTo("rpc error: code = Internal desc = no");
        assertThat(world.run()).isEqualTo(Outcome.done());

        assertThat(world.driver.published).hasSize(2);
        assertThat(world.va().at("status", "attachError").present()).isFalse();
        assertThat(world.run()).isEqualTo(Outcome.done());
        assertThat(world.driver.published).as("settled").hasSize(2);
    }

    @Test
    void an_attachment_that_changed_while_the_driver_listed_is_not_compared() {
        world.with(AttacherWorld.volume(), AttacherWorld.node(), AttacherWorld.fresh());
        world.driver.meanwhile(() -> world.with(attached()));

        world.runPublishedNodes();

        assertThat(world.disputed).isEmpty();
    }

    @Test
    void a_dispute_about_a_status_that_has_changed_since_is_void() {
        world.with(AttacherWorld.volume(), AttacherWorld.node(), AttacherWorld.fresh());
        listing("handle-pv", "id-node");
        world.runPublishedNodes();
        world.with(attached());

        world.run();

        assertThat(world.driver.published).isEmpty();
    }

    @Test
    void a_dispute_that_is_under_way_is_not_raised_again_before_it_is_settled() {
        world.with(AttacherWorld.volume(), AttacherWorld.node(), attached());
        world.runPublishedNodes();
        world.clock.advance(Duration.ofMinutes(1));
        world.runPublishedNodes();
        assertThat(world.disputed).hasSize(1);

        world.run();
        world.clock.advance(Duration.ofMinutes(1));
        world.runPublishedNodes();
        assertThat(world.disputed).hasSize(2);
    }

    @Test
    void a_list_that_fails_disputes_nothing_and_waits_for_its_turn() {
        world.with(AttacherWorld.volume(), AttacherWorld.node(), attached());
        world.driver.failing(Code.UNAVAILABLE, "later");

        Outcome outcome = world.runPublishedNodes();

        assertThat(outcome).isInstanceOf(Outcome.Waiting.class);
        assertThat(world.disputed).isEmpty();
    }

    @Test
    void new_attachments_do_not_make_the_driver_list_more_often() {
        world.with(AttacherWorld.volume(), AttacherWorld.node(), attached());
        world.runPublishedNodes();
        world.clock.advance(Duration.ofSeconds(20));

        assertThat(world.runPublishedNodes()).isEqualTo(Outcome.again(Duration.ofSeconds(40)));

        assertThat(world.driver.listed).hasSize(1);
    }

    private static AttachmentBuilder attached() {
        return AttacherWorld.marked()
                .annotation("solo.csi/volume-handle", "handle-pv")
                .attached();
    }

    private void listing(String handle, String nodeId) {
        world.driver.page(
                "",
                ListVolumesResponse.newBuilder()
                        .addEntries(ListVolumesResponse.Entry.newBuilder()
                                .setVolume(Volume.newBuilder().setVolumeId(handle))
                                .setStatus(VolumeStatus.newBuilder().addPublishedNodeIds(nodeId)))
                        .build());
    }
}
