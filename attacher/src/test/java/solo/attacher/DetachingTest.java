package solo.attacher;

import static org.assertj.core.api.Assertions.assertThat;

import csi.v1.ListVolumesResponse;
import csi.v1.Volume;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import solo.attacher.rules.AttachmentName;
import solo.csi.model.Code;
import solo.csi.model.ControllerCapability;
import solo.kube.ApiException.Failure;
import solo.kube.Kinds;
import solo.kube.model.Json;
import solo.kube.model.ObjectKey;
import solo.kube.model.Outcome;
import solo.simulation.AttachmentBuilder;
import solo.simulation.Fault;
import solo.simulation.ModelDriver;
import solo.simulation.Objects;
import solo.simulation.Verb;

/** A VolumeAttachment that is being deleted goes only after the driver has detached the volume. */
class DetachingTest {
    private final AttacherWorld world = new AttacherWorld();

    @Test
    void detaching_costs_one_write_because_the_object_goes_with_its_finalizer() {
        world.with(AttacherWorld.volume(), AttacherWorld.node(), going().attached());

        assertThat(world.run()).isEqualTo(Outcome.done());

        assertThat(world.log).containsExactly("unpublish handle-pv from id-node", "patch volumeattachments/va");
        assertThat(world.findVa()).isNull();
    }

    @Test
    void the_status_says_detached_where_somebody_else_still_holds_the_object() {
        world.with(
                AttacherWorld.volume(), AttacherWorld.node(), going().attached().finalizer("other"));

        world.run();

        assertThat(world.log)
                .containsExactly(
                        "unpublish handle-pv from id-node",
                        "patch volumeattachments/va",
                        "patch volumeattachments/va status");
        assertThat(world.va().at("metadata", "finalizers").texts()).containsExactly("other");
        assertThat(world.va().at("status", "attached").flag(true)).isFalse();
    }

    @Test
    void without_our_finalizer_nothing_is_owed() {
        world.with(
                AttacherWorld.volume(),
                AttacherWorld.node(),
                AttacherWorld.fresh().deleting().finalizer("other").attached());

        assertThat(world.run()).isEqualTo(Outcome.done());

        assertThat(world.log).isEmpty();
    }

    @Test
    void not_attached_with_our_finalizer_means_maybe_attached() {
        world.with(AttacherWorld.volume(), AttacherWorld.node(), going());

        world.run();

        assertThat(world.driver.unpublished).hasSize(1);
    }

    @Test
    void a_node_that_is_gone_is_detached_from_by_the_annotated_id() {
        world.with(AttacherWorld.volume(), going());

        world.run();

        assertThat(world.log).contains("unpublish handle-pv from id-node");
    }

    @Test
    void a_node_that_lost_the_driver_is_detached_from_by_the_annotated_id() {
        world.with(AttacherWorld.volume(), Objects.csiNodeOf("other", "node"), going());

        world.run();

        assertThat(world.log).contains("unpublish handle-pv from id-node");
    }

    @Test
    void where_both_are_there_the_registered_node_id_wins() {
        world.with(
                AttacherWorld.volume(),
                AttacherWorld.node(),
                going().annotation("csi.alpha.kubernetes.io/node-id", "id-of-old"));

        world.run();

        assertThat(world.log).contains("unpublish handle-pv from id-node");
    }

    @Test
    void neither_node_nor_annotation_waits_and_says_so() {
        world.with(
                AttacherWorld.volume(),
                AttacherWorld.fresh().finalizer(AttacherWorld.FINALIZER).deleting());

        assertThat(world.run()).isInstanceOf(Outcome.Waiting.class);

        assertThat(detachError()).isEqualTo("csinode.storage.k8s.io \"node\" not found");
    }

    @Test
    void a_volume_that_is_being_deleted_is_detached() {
        world.with(AttacherWorld.volume().deleting(), AttacherWorld.node(), going());

        world.run();

        assertThat(world.findVa()).isNull();
    }

    @Test
    void the_secret_of_the_volume_goes_along() {
        world.with(
                AttacherWorld.volume()
                        .with(Map.of("namespace", "ns", "name", "s"), "spec", "csi", "controllerPublishSecretRef"),
                AttacherWorld.node(),
                going(),
                Objects.secret("ns/s", Map.of("user", "me")));

        world.run();

        assertThat(world.driver.unpublished.getFirst().getSecretsMap()).containsExactly(Map.entry("user", "me"));
    }

    @Test
    void not_found_is_an_ordinary_error_and_has_no_code() {
        world.with(AttacherWorld.volume(), AttacherWorld.node(), going().attached());
        world.driver.failing(Code.NOT_FOUND, "what volume?");

        assertThat(world.run()).isInstanceOf(Outcome.Waiting.class);

        assertThat(detachError()).isEqualTo("rpc error: code = NotFound desc = what volume?");
        assertThat(world.va().at("status", "detachError", "errorCode").present())
                .isFalse();
        assertThat(world.va().at("metadata", "finalizers").texts()).containsExactly(AttacherWorld.FINALIZER);
        assertThat(world.run()).isEqualTo(Outcome.done());
        assertThat(world.driver.unpublished).hasSize(2);
    }

    @Test
    void a_finalizer_that_could_not_be_removed_is_told_and_the_driver_is_called_again() {
        world.with(AttacherWorld.volume(), AttacherWorld.node(), going().attached());
        world.fail(Fault.refused(Verb.PATCH, Kinds.ATTACHMENT, Failure.FORBIDDEN));

        assertThat(world.run()).isInstanceOf(Outcome.Waiting.class);
        assertThat(detachError()).startsWith("could not mark as detached: ");

        assertThat(world.run()).isEqualTo(Outcome.done());
        assertThat(world.driver.unpublished).hasSize(2);
        assertThat(world.findVa()).isNull();
    }

    @Test
    void an_object_that_is_gone_before_the_finalizer_comes_off_is_success() {
        world.with(AttacherWorld.volume(), AttacherWorld.node(), going().attached());
        world.fail(Fault.refused(Verb.PATCH, Kinds.ATTACHMENT, Failure.NOT_FOUND));

        assertThat(world.run()).isEqualTo(Outcome.done());
    }

    @Test
    void a_finalizer_that_somebody_added_meanwhile_stays() {
        world.with(AttacherWorld.volume(), AttacherWorld.node(), going().attached());
        world.cluster.lag();
        world.with(going().attached().finalizer("other"));

        assertThat(world.run()).isInstanceOf(Outcome.Waiting.class);
        world.cluster.catchUp();
        world.run();

        assertThat(world.va().at("metadata", "finalizers").texts()).containsExactly("other");
    }

    @Test
    void both_sources_are_an_error_on_detach_too() {
        world.with(
                AttacherWorld.volume(),
                AttacherWorld.node(),
                going().inline(Map.of("csi", Map.of("driver", "d", "volumeHandle", "h"))));

        world.run();

        assertThat(world.driver.unpublished).isEmpty();
        assertThat(detachError())
                .isEqualTo("both InlineCSIVolumeSource and PersistentVolumeName specified in VA source");
    }

    // --- ext-attacher #235: the PersistentVolume is gone ---

    @Test
    void a_lost_volume_is_detached_by_what_was_noted_before_it_was_attached() {
        world.with(
                AttacherWorld.volume()
                        .with(Map.of("namespace", "ns", "name", "s"), "spec", "csi", "controllerPublishSecretRef"),
                AttacherWorld.node(),
                AttacherWorld.fresh(),
                Objects.secret("ns/s", Map.of("user", "me")));
        world.run();
        loseVolume();
        world.server.edit(Kinds.ATTACHMENT, ObjectKey.cluster("va"), tree -> marked(tree));

        assertThat(world.run()).isEqualTo(Outcome.done());

        assertThat(world.log).contains("unpublish handle-pv from id-node");
        assertThat(world.driver.unpublished.getFirst().getSecretsMap()).containsExactly(Map.entry("user", "me"));
        assertThat(world.findVa()).isNull();
    }

    @Test
    void a_lost_volume_of_the_go_attacher_is_found_by_the_name_of_the_attachment() {
        String name = AttachmentName.of("vol-7", ModelDriver.NAME, "node");
        world.driver.page(
                "",
                ListVolumesResponse.newBuilder()
                        .addEntries(entry("vol-6"))
                        .setNextToken("2")
                        .build());
        world.driver.page(
                "2", ListVolumesResponse.newBuilder().addEntries(entry("vol-7")).build());
        world.with(
                AttacherWorld.node(),
                Objects.attachment(name)
                        .volume("pv")
                        .node("node")
                        .finalizer(AttacherWorld.FINALIZER)
                        .deleting());

        Outcome outcome = run(name);

        assertThat(outcome).isEqualTo(Outcome.done());
        assertThat(world.log).contains("unpublish vol-7 from id-node");
    }

    @Test
    void a_lost_volume_whose_handle_is_its_name_is_proven_without_asking_anybody() {
        AttacherWorld silent = new AttacherWorld(EnumSet.of(ControllerCapability.PUBLISH_UNPUBLISH_VOLUME));
        String name = AttachmentName.of("pvc-1", ModelDriver.NAME, "node");
        silent.with(
                AttacherWorld.node(),
                Objects.attachment(name)
                        .volume("pvc-1")
                        .node("node")
                        .finalizer(AttacherWorld.FINALIZER)
                        .deleting());

        reconcile(silent, name);

        assertThat(silent.log).contains("unpublish pvc-1 from id-node");
    }

    @Test
    void a_lost_volume_of_which_nothing_is_proven_is_never_guessed() {
        world.driver.page(
                "", ListVolumesResponse.newBuilder().addEntries(entry("pv")).build());
        world.with(AttacherWorld.node(), going());

        assertThat(world.run()).isInstanceOf(Outcome.Waiting.class);

        assertThat(world.driver.unpublished).isEmpty();
        assertThat(detachError())
                .startsWith("persistentvolume \"pv\" not found")
                .contains("solo.csi/volume-handle");
    }

    @Test
    void an_administrators_annotation_frees_it_but_not_if_the_name_disproves_it() {
        String name = AttachmentName.of("vol-7", ModelDriver.NAME, "node");
        world.with(
                AttacherWorld.node(),
                Objects.attachment(name)
                        .volume("pv")
                        .node("node")
                        .finalizer(AttacherWorld.FINALIZER)
                        .deleting()
                        .annotation("solo.csi/volume-handle", "vol-8"));
        assertThat(run(name)).isInstanceOf(Outcome.Waiting.class);
        assertThat(world.driver.unpublished).isEmpty();

        world.with(Objects.attachment(name)
                .volume("pv")
                .node("node")
                .finalizer(AttacherWorld.FINALIZER)
                .deleting()
                .annotation("solo.csi/volume-handle", "vol-7"));
        assertThat(run(name)).isEqualTo(Outcome.done());
        assertThat(world.log).contains("unpublish vol-7 from id-node");
    }

    @Test
    void a_volume_made_anew_under_the_same_name_does_not_hide_what_was_published() {
        world.with(
                AttacherWorld.volume().handle("new"),
                AttacherWorld.node(),
                going().annotation("solo.csi/volume-handle", "old"));

        world.run();

        assertThat(world.log).contains("unpublish old from id-node");
    }

    @Test
    void a_volume_made_anew_is_not_published_over_the_old_one() {
        world.with(
                AttacherWorld.volume().handle("new"),
                AttacherWorld.node(),
                AttacherWorld.marked().annotation("solo.csi/volume-handle", "old"));

        assertThat(world.run()).isInstanceOf(Outcome.Waiting.class);

        assertThat(world.driver.published).isEmpty();
    }

    @Test
    void a_volume_made_anew_is_not_published_under_the_name_of_another_either() {
        String name = AttachmentName.of("old", ModelDriver.NAME, "node");
        world.with(
                AttacherWorld.volume().handle("new"),
                AttacherWorld.node(),
                Objects.attachment(name).volume("pv").node("node"));

        assertThat(run(name)).isInstanceOf(Outcome.Waiting.class);

        assertThat(world.driver.published).isEmpty();
    }

    @Test
    void the_go_attachers_attachment_learns_its_handle_when_its_volume_is_about_to_go() {
        world.with(
                AttacherWorld.volume().deleting(),
                AttacherWorld.node(),
                AttacherWorld.marked().attached());

        world.run();

        assertThat(world.log).containsExactly("patch volumeattachments/va");
        assertThat(world.va().at("metadata", "annotations").textMap())
                .containsEntry("solo.csi/volume-handle", "handle-pv");
    }

    private static AttachmentBuilder going() {
        return AttacherWorld.marked().deleting();
    }

    private Outcome run(String name) {
        return reconcile(world, name);
    }

    private static Outcome reconcile(AttacherWorld world, String name) {
        try {
            return world.controller(Attacher.ATTACHMENTS).reconciler().reconcile(ObjectKey.cluster(name));
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private void loseVolume() {
        world.server.edit(Kinds.VOLUME, ObjectKey.cluster("pv"), DetachingTest::marked);
        world.server.edit(Kinds.VOLUME, ObjectKey.cluster("pv"), tree -> {
            Map<String, Object> copy = new LinkedHashMap<>(tree);
            Map<String, Object> metadata = metadata(copy);
            metadata.remove("finalizers");
            copy.put("metadata", metadata);
            return copy;
        });
        assertThat(world.server.find(Kinds.VOLUME, ObjectKey.cluster("pv"))).isNull();
    }

    private static Map<String, Object> marked(Map<String, Object> tree) {
        Map<String, Object> copy = new LinkedHashMap<>(tree);
        Map<String, Object> metadata = metadata(copy);
        metadata.put("deletionTimestamp", "2026-01-01T00:00:00Z");
        copy.put("metadata", metadata);
        return copy;
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> metadata(Map<String, Object> tree) {
        return new LinkedHashMap<>(
                (Map<String, Object>) new Json(tree).at("metadata").value());
    }

    private static ListVolumesResponse.Entry entry(String handle) {
        return ListVolumesResponse.Entry.newBuilder()
                .setVolume(Volume.newBuilder().setVolumeId(handle))
                .build();
    }

    private String detachError() {
        return world.va().at("status", "detachError", "message").text("");
    }
}
