package solo.attacher;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import solo.csi.model.Code;
import solo.csi.model.ControllerCapability;
import solo.kube.ApiException.Failure;
import solo.kube.Kinds;
import solo.kube.model.Outcome;
import solo.simulation.Fault;
import solo.simulation.Objects;
import solo.simulation.Verb;

/** A VolumeAttachment that somebody wants is attached, in the order and with the texts of external-attacher. */
class AttachingTest {
    private final AttacherWorld world = new AttacherWorld();

    @Test
    void a_fresh_attachment_is_marked_then_published_then_saved() {
        world.with(AttacherWorld.volume(), AttacherWorld.node(), AttacherWorld.fresh());
        world.driver.answering(Map.of("device", "/dev/sdb"));

        assertThat(world.run()).isEqualTo(Outcome.done());

        assertThat(world.log)
                .containsExactly(
                        "patch volumeattachments/va",
                        "publish handle-pv to id-node",
                        "patch volumeattachments/va status");
        assertThat(world.va().at("metadata", "finalizers").texts()).containsExactly(AttacherWorld.FINALIZER);
        assertThat(world.va().at("metadata", "annotations").textMap())
                .containsEntry("csi.alpha.kubernetes.io/node-id", "id-node");
        assertThat(world.va().at("status", "attached").flag(false)).isTrue();
        assertThat(world.va().at("status", "attachmentMetadata").textMap()).containsEntry("device", "/dev/sdb");
    }

    @Test
    void attaching_costs_two_writes_when_the_provisioner_has_set_the_finalizer_of_the_volume() {
        world.with(AttacherWorld.volume(), AttacherWorld.node(), AttacherWorld.fresh());

        world.run();

        assertThat(world.server.requests().writes()).isEqualTo(2);
    }

    @Test
    void a_volume_without_our_finalizer_is_protected_first_of_all() {
        world.with(
                Objects.volume("pv").finalizer("kubernetes.io/pv-protection"),
                AttacherWorld.node(),
                AttacherWorld.fresh());

        world.run();

        assertThat(world.log.getFirst()).isEqualTo("patch persistentvolumes/pv");
        assertThat(world.pv().at("metadata", "finalizers").texts())
                .containsExactly("kubernetes.io/pv-protection", AttacherWorld.FINALIZER);
    }

    @Test
    void a_finalizer_that_another_controller_has_just_removed_does_not_come_back() {
        // ext-provisioner #1217: the cache still shows the provisioner's finalizer.
        world.with(Objects.volume("pv").finalizer("provisioner"), AttacherWorld.node(), AttacherWorld.fresh());
        world.cluster.lag();
        world.with(Objects.volume("pv"));

        Outcome outcome = world.run();

        assertThat(outcome).isInstanceOf(Outcome.Waiting.class);
        assertThat(world.pv().at("metadata", "finalizers").texts()).isEmpty();
        assertThat(world.driver.published).isEmpty();
        assertThat(world.va().at("status", "attachError").present()).isFalse();

        world.cluster.catchUp();
        assertThat(world.run()).isEqualTo(Outcome.done());
        assertThat(world.pv().at("metadata", "finalizers").texts()).containsExactly(AttacherWorld.FINALIZER);
    }

    @Test
    void an_attached_attachment_is_left_alone() {
        world.with(
                AttacherWorld.volume(),
                AttacherWorld.node(),
                AttacherWorld.marked().attached());

        assertThat(world.run()).isEqualTo(Outcome.done());

        assertThat(world.log).isEmpty();
    }

    @Test
    void another_attachers_attachment_is_left_alone() {
        world.with(
                AttacherWorld.volume(),
                AttacherWorld.node(),
                AttacherWorld.fresh().attacher("other"));

        assertThat(world.run()).isEqualTo(Outcome.done());

        assertThat(world.log).isEmpty();
    }

    @Test
    void the_volume_belongs_to_another_driver_but_only_the_attacher_counts() {
        world.with(AttacherWorld.volume().driver("other"), AttacherWorld.node(), AttacherWorld.fresh());

        world.run();

        assertThat(world.driver.published).hasSize(1);
    }

    @Test
    void the_secret_is_read_before_the_attachment_is_marked() {
        world.with(
                AttacherWorld.volume()
                        .with(Map.of("namespace", "ns", "name", "s"), "spec", "csi", "controllerPublishSecretRef"),
                AttacherWorld.node(),
                AttacherWorld.fresh(),
                Objects.secret("ns/s", Map.of("user", "me")));

        world.run();

        assertThat(world.log)
                .containsExactly(
                        "get secrets/ns/s",
                        "patch volumeattachments/va",
                        "publish handle-pv to id-node",
                        "patch volumeattachments/va status");
        assertThat(world.driver.published.getFirst().getSecretsMap()).containsExactly(Map.entry("user", "me"));
    }

    @Test
    void an_empty_secret_is_an_empty_map() {
        world.with(
                AttacherWorld.volume()
                        .with(Map.of("namespace", "ns", "name", "s"), "spec", "csi", "controllerPublishSecretRef"),
                AttacherWorld.node(),
                AttacherWorld.fresh(),
                Objects.secret("ns/s", Map.of()));

        world.run();

        assertThat(world.driver.published.getFirst().getSecretsMap()).isEmpty();
    }

    @Test
    void a_missing_secret_is_an_error_and_leaves_the_attachment_free_to_go() {
        world.with(
                AttacherWorld.volume()
                        .with(Map.of("namespace", "ns", "name", "s"), "spec", "csi", "controllerPublishSecretRef"),
                AttacherWorld.node(),
                AttacherWorld.fresh());

        world.run();

        assertThat(world.driver.published).isEmpty();
        assertThat(world.va().at("metadata", "finalizers").texts()).isEmpty();
        assertThat(attachError()).isEqualTo("failed to load secret \"ns/s\": secrets \"s\" not found");
    }

    @Test
    void a_volume_that_is_being_deleted_is_not_attached() {
        world.with(AttacherWorld.volume().deleting(), AttacherWorld.node(), AttacherWorld.fresh());

        world.run();

        assertThat(world.driver.published).isEmpty();
        assertThat(attachError()).isEqualTo("PersistentVolume \"pv\" is marked for deletion");
    }

    @Test
    void a_missing_volume_is_told_in_kubernetes_words() {
        world.with(AttacherWorld.node(), AttacherWorld.fresh());

        world.run();

        assertThat(attachError()).isEqualTo("persistentvolume \"pv\" not found");
    }

    @Test
    void a_node_without_the_driver_is_an_error_that_names_both() {
        world.with(AttacherWorld.volume(), Objects.csiNodeOf("other", "node"), AttacherWorld.fresh());

        world.run();

        assertThat(attachError()).isEqualTo("CSINode node does not contain driver model.csi.solo");
    }

    @Test
    void the_annotated_node_id_is_no_substitute_for_a_registered_driver() {
        world.with(AttacherWorld.volume(), AttacherWorld.marked());

        world.run();

        assertThat(world.driver.published).isEmpty();
        assertThat(attachError()).isEqualTo("csinode.storage.k8s.io \"node\" not found");
    }

    @Test
    void the_drivers_refusal_is_recorded_as_go_spells_it_with_its_code() {
        world.with(AttacherWorld.volume(), AttacherWorld.node(), AttacherWorld.fresh());
        world.driver.failing(Code.RESOURCE_EXHAUSTED, "node is full");

        Outcome outcome = world.run();

        assertThat(outcome).isInstanceOf(Outcome.Waiting.class);
        assertThat(attachError()).isEqualTo("rpc error: code = ResourceExhausted desc = node is full");
        assertThat(world.va().at("status", "attachError", "errorCode").number()).isEqualTo(8L);
        assertThat(world.va().at("status", "attachError", "time").text()).isEqualTo("2026-01-01T00:00:00Z");
        assertThat(world.va().at("metadata", "finalizers").texts()).containsExactly(AttacherWorld.FINALIZER);
    }

    @Test
    void success_clears_error_and_code() {
        world.with(AttacherWorld.volume(), AttacherWorld.node(), AttacherWorld.fresh());
        world.driver.failing(Code.RESOURCE_EXHAUSTED, "node is full");
        world.run();

        assertThat(world.run()).isEqualTo(Outcome.done());

        assertThat(world.va().at("status", "attachError").present()).isFalse();
        assertThat(world.va().at("status", "attached").flag(false)).isTrue();
    }

    @Test
    void the_same_error_is_not_written_twice() {
        world.with(AttacherWorld.volume(), AttacherWorld.node(), AttacherWorld.fresh());
        world.driver.failing(Code.INTERNAL, "broken").failing(Code.INTERNAL, "broken");
        world.run();
        int writes = world.server.requests().writes();

        world.run();

        assertThat(world.driver.published).hasSize(2);
        assertThat(world.server.requests().writes()).isEqualTo(writes);
    }

    @Test
    void an_error_without_a_code_takes_the_code_of_the_earlier_one_away() {
        world.with(AttacherWorld.volume(), AttacherWorld.node(), AttacherWorld.fresh());
        world.driver.failing(Code.RESOURCE_EXHAUSTED, "node is full");
        world.run();
        world.with(Objects.csiNodeOf("other", "node"));

        world.run();

        assertThat(world.va().at("status", "attachError", "errorCode").present())
                .isFalse();
    }

    @ParameterizedTest
    @EnumSource(
            value = Code.class,
            names = {"DEADLINE_EXCEEDED", "NOT_FOUND", "INTERNAL"})
    void final_or_not_every_failure_keeps_the_finalizer_and_is_repeated(Code code) {
        world.with(AttacherWorld.volume(), AttacherWorld.node(), AttacherWorld.fresh());
        world.driver.failing(code, "no");
        world.run();

        assertThat(world.run()).isEqualTo(Outcome.done());

        assertThat(world.driver.published).hasSize(2);
        assertThat(world.driver.published.getFirst()).isEqualTo(world.driver.published.getLast());
    }

    @Test
    void a_status_that_could_not_be_saved_is_published_again() {
        world.with(
                AttacherWorld.volume(),
                AttacherWorld.node(),
                AttacherWorld.marked().annotation("solo.csi/volume-handle", "handle-pv"));
        world.fail(Fault.refused(Verb.PATCH, Kinds.ATTACHMENT, Failure.UNAVAILABLE));

        assertThat(world.run()).isInstanceOf(Outcome.Waiting.class);
        assertThat(world.va().at("status", "attachError").present()).isFalse();
        assertThat(world.run()).isEqualTo(Outcome.done());

        assertThat(world.driver.published).hasSize(2);
    }

    @Test
    void without_the_mark_the_driver_is_not_called() {
        world.with(AttacherWorld.volume(), AttacherWorld.node(), AttacherWorld.fresh());
        world.fail(Fault.refused(Verb.PATCH, Kinds.ATTACHMENT, Failure.FORBIDDEN));

        assertThat(world.run()).isInstanceOf(Outcome.Waiting.class);

        assertThat(world.driver.published).isEmpty();
        assertThat(attachError()).startsWith("could not save VolumeAttachment: ");
    }

    @Test
    void a_namesake_made_anew_while_the_driver_works_is_not_called_attached() {
        world.with(AttacherWorld.volume(), AttacherWorld.node(), AttacherWorld.fresh());
        world.driver.meanwhile(() -> world.with(AttacherWorld.fresh().uid("another")));

        assertThat(world.run()).isInstanceOf(Outcome.Waiting.class);

        assertThat(world.va().at("status", "attached").flag(true)).isFalse();
    }

    @Test
    void an_attachment_that_is_deleted_while_the_driver_works_is_detached_again() {
        world.with(AttacherWorld.volume(), AttacherWorld.node(), AttacherWorld.fresh());
        world.driver.meanwhile(() -> world.with(AttacherWorld.marked().deleting()));

        world.run();
        assertThat(world.run()).isEqualTo(Outcome.done());

        assertThat(world.log).contains("unpublish handle-pv from id-node");
        assertThat(world.findVa()).isNull();
    }

    @Test
    void an_inline_volume_is_attached_like_any_other_but_there_is_no_volume_to_protect() {
        world.with(
                AttacherWorld.node(),
                Objects.attachment("va")
                        .node("node")
                        .inline(Map.of(
                                "accessModes",
                                List.of("ReadWriteMany"),
                                "csi",
                                Map.of(
                                        "driver",
                                        "model.csi.solo",
                                        "volumeHandle",
                                        "inline-1",
                                        "readOnly",
                                        true,
                                        "volumeAttributes",
                                        Map.of("a", "b")))));

        world.run();

        assertThat(world.log)
                .containsExactly(
                        "patch volumeattachments/va",
                        "publish inline-1 to id-node",
                        "patch volumeattachments/va status");
        assertThat(world.driver.published.getFirst().getVolumeContextMap()).containsExactly(Map.entry("a", "b"));
    }

    @Test
    void a_source_that_names_both_is_an_error() {
        world.with(
                AttacherWorld.volume(),
                AttacherWorld.node(),
                AttacherWorld.fresh().inline(Map.of("csi", Map.of("driver", "d", "volumeHandle", "h"))));

        world.run();

        assertThat(attachError())
                .isEqualTo("both InlineCSIVolumeSource and PersistentVolumeName specified in VA source");
    }

    @Test
    void a_process_that_does_not_lead_writes_nothing_and_says_so() {
        world.with(AttacherWorld.volume(), AttacherWorld.node(), AttacherWorld.fresh());
        world.fail(Fault.refused(Verb.PATCH, Kinds.ATTACHMENT, Failure.NOT_LEADING));

        assertThat(world.run()).isInstanceOf(Outcome.Waiting.class);

        assertThat(world.driver.published).isEmpty();
        assertThat(world.va().at("status", "attachError").present()).isFalse();
    }

    @Test
    void one_lost_answer_after_another_ends_attached_all_the_same() {
        world.with(Objects.volume("pv"), AttacherWorld.node(), AttacherWorld.fresh());
        world.fail(Fault.answerLost(Verb.PATCH, Kinds.VOLUME));
        world.fail(Fault.answerLost(Verb.PATCH, Kinds.ATTACHMENT));
        world.fail(Fault.answerLost(Verb.PATCH, Kinds.ATTACHMENT));

        for (int i = 0; i < 6; i++) {
            world.run();
        }

        assertThat(world.run()).isEqualTo(Outcome.done());
        assertThat(world.va().at("status", "attached").flag(false)).isTrue();
        assertThat(world.va().at("status", "attachError").present()).isFalse();
        assertThat(world.pv().at("metadata", "finalizers").texts()).containsExactly(AttacherWorld.FINALIZER);
    }

    @Test
    void a_driver_that_attaches_but_lists_nothing_has_two_controllers() {
        AttacherWorld plain = new AttacherWorld(EnumSet.of(ControllerCapability.PUBLISH_UNPUBLISH_VOLUME));

        assertThat(plain.attacher.controllers())
                .extracting(controller -> controller.name())
                .containsExactly("csi-attacher-va", "csi-attacher-pv");
    }

    private String attachError() {
        return world.va().at("status", "attachError", "message").text("");
    }
}
