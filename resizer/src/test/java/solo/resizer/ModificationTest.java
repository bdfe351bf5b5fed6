package solo.resizer;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import solo.csi.model.Code;
import solo.kube.ApiException.Failure;
import solo.kube.Kinds;
import solo.kube.model.EventNote;
import solo.kube.model.ObjectKey;
import solo.kube.model.Outcome;
import solo.kube.model.Retry;
import solo.simulation.ClaimBuilder;
import solo.simulation.Fault;
import solo.simulation.Objects;
import solo.simulation.Verb;

/** A claim that asks for another VolumeAttributesClass gets its attributes, or says why not. */
class ModificationTest {
    private final ResizerWorld world = new ResizerWorld();

    @Test
    void the_claim_is_told_the_driver_asked_the_volume_named_and_the_claim_done() {
        world.with(claim("b", "a"), ResizerWorld.volume("5Gi"), attributes("b"));

        assertThat(world.modify()).isEqualTo(Outcome.done());

        assertThat(world.log)
                .containsExactly(
                        "patch persistentvolumeclaims status",
                        "modify b",
                        "patch persistentvolumes",
                        "patch persistentvolumeclaims status");
        assertThat(world.status().at("modifyVolumeStatus").present()).isFalse();
        assertThat(world.status().at("currentVolumeAttributesClassName").text()).isEqualTo("b");
        assertThat(world.volume().at("spec", "volumeAttributesClassName").text())
                .isEqualTo("b");
        assertThat(world.conditions()).isEmpty();
        assertThat(world.events.reasons()).containsExactly("VolumeModify", "VolumeModifySuccessful");
    }

    @Test
    void a_modification_costs_three_writes() {
        world.with(claim("b", "a"), ResizerWorld.volume("5Gi"), attributes("b"));

        world.modify();

        assertThat(world.server.requests().writes()).isEqualTo(3);
    }

    @Test
    void while_it_goes_on_the_claim_says_so() {
        world.with(claim("b", "a"), ResizerWorld.volume("5Gi"), attributes("b"));
        world.driver.meanwhile(() -> {
            assertThat(state()).isEqualTo("InProgress");
            assertThat(target()).isEqualTo("b");
            assertThat(world.condition("ModifyingVolume").at("message").text())
                    .isEqualTo("Modifying volume to \"b\" is in progress.");
        });

        world.modify();

        assertThat(world.driver.modified).hasSize(1);
    }

    @Test
    void a_claim_that_never_had_a_class_gets_its_first_one() {
        world.with(claim("b", ""), ResizerWorld.volume("5Gi"), attributes("b"));

        world.modify();

        assertThat(world.status().at("currentVolumeAttributesClassName").text()).isEqualTo("b");
    }

    @Test
    void nothing_is_done_for_claims_that_are_not_ours_or_have_what_they_want() {
        world.with(claim("a", "a"), ResizerWorld.volume("5Gi"), attributes("a"), attributes("b"));
        assertThat(world.modify()).isEqualTo(Outcome.done());
        world.with(claim("b", "a").phase("Pending"));
        assertThat(world.modify()).isEqualTo(Outcome.done());
        world.with(claim("b", "a"), ResizerWorld.volume("5Gi").driver("other"));
        assertThat(world.modify()).isEqualTo(Outcome.done());
        world.with(ResizerWorld.volume("5Gi").without("spec", "csi"));
        assertThat(world.modify()).isEqualTo(Outcome.done());
        world.with(claim("b", "a").without("spec", "volumeName"));
        assertThat(world.modify()).isEqualTo(Outcome.done());

        assertThat(world.log).isEmpty();
    }

    // --- what the driver is asked ---

    @Test
    void the_parameters_are_those_of_the_class() {
        world.with(claim("b", "a"), ResizerWorld.volume("5Gi"), attributes("b"));

        world.modify();

        assertThat(world.driver.modified.getFirst().getMutableParametersMap()).isEqualTo(Map.of("class", "b"));
    }

    @Test
    void names_are_added_when_asked_for() {
        world.sendingMetadata().with(claim("b", "a"), ResizerWorld.volume("5Gi"), attributes("b"));

        world.modify();

        assertThat(world.driver.modified.getFirst().getMutableParametersMap())
                .isEqualTo(Map.of(
                        "class", "b",
                        "csi.storage.k8s.io/pvc/name", "data",
                        "csi.storage.k8s.io/pvc/namespace", "ns",
                        "csi.storage.k8s.io/pv/name", "pv"));
    }

    @Test
    void the_secret_for_modification_wins_over_the_one_for_expansion() {
        world.with(
                claim("b", "a"),
                ResizerWorld.volume("5Gi")
                        .with(Map.of("namespace", "ns", "name", "expand"), "spec", "csi", "controllerExpandSecretRef")
                        .annotation("volume.kubernetes.io/controller-modify-secret-name", "modify")
                        .annotation("volume.kubernetes.io/controller-modify-secret-namespace", "ns"),
                attributes("b"),
                Objects.secret("ns/expand", Map.of("user", "expander")),
                Objects.secret("ns/modify", Map.of("user", "modifier")));

        world.modify();

        assertThat(world.driver.modified.getFirst().getSecretsMap()).containsExactly(Map.entry("user", "modifier"));
    }

    @Test
    void half_of_an_annotated_secret_is_none() {
        world.with(
                claim("b", "a"),
                ResizerWorld.volume("5Gi")
                        .with(Map.of("namespace", "ns", "name", "expand"), "spec", "csi", "controllerExpandSecretRef")
                        .annotation("volume.kubernetes.io/controller-modify-secret-name", "modify"),
                attributes("b"),
                Objects.secret("ns/expand", Map.of("user", "expander")));

        world.modify();

        assertThat(world.driver.modified.getFirst().getSecretsMap()).containsExactly(Map.entry("user", "expander"));
    }

    // --- a class that is not there ---

    @Test
    void a_missing_class_leaves_target_and_conditions_as_they_were() {
        world.with(
                claim("b", "a")
                        .with(
                                Map.of("status", "Infeasible", "targetVolumeAttributesClassName", "x"),
                                "status",
                                "modifyVolumeStatus")
                        .with(List.of(Map.of("type", "ModifyVolumeError", "status", "True")), "status", "conditions"),
                ResizerWorld.volume("5Gi"));

        Outcome outcome = world.modify();

        assertThat(((Outcome.Waiting) outcome).retry()).isEqualTo(Retry.onChange());
        assertThat(event(outcome)).isEqualTo(EventNote.warning("VolumeModifyFailed", "VAC \"b\" does not exist."));
        assertThat(state()).isEqualTo("Pending");
        assertThat(target()).isEqualTo("x");
        assertThat(world.conditions()).containsExactly("ModifyVolumeError=True");
        assertThat(world.driver.modified).isEmpty();
    }

    @Test
    void a_class_that_appears_is_used() {
        world.with(claim("b", "a"), ResizerWorld.volume("5Gi"));
        world.modify();
        int writes = world.server.requests().writes();
        world.modify();
        assertThat(world.server.requests().writes()).as("marked once").isEqualTo(writes);
        world.with(attributes("b"));

        assertThat(world.modify()).isEqualTo(Outcome.done());
    }

    // --- refusals ---

    @Test
    void an_infeasible_class_is_marked_and_not_asked_again_for_a_while() {
        world.with(claim("b", "a"), ResizerWorld.volume("5Gi"), attributes("b"));
        world.driver.failing(Code.INVALID_ARGUMENT);

        Outcome outcome = world.modify();

        assertThat(((Outcome.Waiting) outcome).retry()).isEqualTo(Retry.after(ResizerWorld.HOLD));
        assertThat(((Outcome.Waiting) outcome).reason().message())
                .isEqualTo("rpc error: code = InvalidArgument desc = no");
        assertThat(state()).isEqualTo("Infeasible");
        assertThat(world.condition("ModifyingVolume").at("message").text())
                .isEqualTo("Modifying volume to \"b\" failed. Waiting for retry.");
        assertThat(world.condition("ModifyVolumeError").at("reason").text()).isEqualTo("InvalidArgument");
        assertThat(world.condition("ModifyVolumeError").at("message").text()).isEqualTo("no");

        world.modify();
        assertThat(world.driver.modified).hasSize(1);
        world.clock.advance(ResizerWorld.HOLD);
        world.modify();
        assertThat(world.driver.modified).hasSize(2);
    }

    @Test
    void another_class_is_tried_at_once_and_so_is_going_back() {
        world.with(claim("b", "a"), ResizerWorld.volume("5Gi"), attributes("a"), attributes("b"), attributes("c"));
        world.driver.failing(Code.INVALID_ARGUMENT).failing(Code.INVALID_ARGUMENT);
        world.modify();
        wants("c");
        world.modify();
        wants("a");

        assertThat(world.modify()).isEqualTo(Outcome.done());

        assertThat(world.log).contains("modify b", "modify c", "modify a");
        assertThat(world.conditions()).isEmpty();
    }

    @Test
    void no_class_any_more_cancels_without_a_call() {
        world.with(claim("b", ""), ResizerWorld.volume("5Gi"), attributes("b"));
        world.driver.failing(Code.INVALID_ARGUMENT);
        world.modify();
        world.server.edit(Kinds.CLAIM, ResizerWorld.CLAIM, Edit.set("", "spec", "volumeAttributesClassName"));
        world.events.clear();

        assertThat(world.modify()).isEqualTo(Outcome.done());

        assertThat(world.driver.modified).hasSize(1);
        assertThat(world.conditions()).containsExactly("ModifyVolumeError=True");
        assertThat(state()).isEqualTo("Infeasible");
        assertThat(world.events.reasons()).containsExactly("VolumeModifyCanceled");
        world.modify();
        assertThat(world.events.reasons()).as("once").hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(
            value = Code.class,
            names = {"INTERNAL", "OUT_OF_RANGE", "NOT_FOUND", "FAILED_PRECONDITION"})
    void a_final_refusal_stays_in_progress_and_lets_the_user_choose_again(Code code) {
        world.with(claim("b", "a"), ResizerWorld.volume("5Gi"), attributes("b"), attributes("c"));
        world.driver.failing(code);

        assertThat(((Outcome.Waiting) world.modify()).retry()).isEqualTo(Retry.backoff());
        assertThat(state()).isEqualTo("InProgress");
        wants("c");
        world.modify();

        assertThat(world.log).contains("modify b", "modify c");
    }

    @Test
    void no_class_after_a_final_refusal_goes_on_with_the_target() {
        world.with(claim("b", "a"), ResizerWorld.volume("5Gi"), attributes("b"));
        world.driver.failing(Code.INTERNAL);
        world.modify();
        wants("");

        world.modify();

        assertThat(world.driver.modified).hasSize(2);
        assertThat(world.status().at("currentVolumeAttributesClassName").text()).isEqualTo("b");
    }

    @Test
    void what_may_still_be_applied_has_to_end_before_another_class_is_tried() {
        world.with(claim("b", "a"), ResizerWorld.volume("5Gi"), attributes("b"), attributes("c"));
        world.driver.failing(Code.ABORTED).failing(Code.INTERNAL);

        Outcome outcome = world.modify();
        assertThat(event(outcome))
                .isEqualTo(EventNote.warning(
                        "VolumeModifyFailed", "rpc error: code = Aborted desc = no. Still modifying to VAC b"));
        assertThat(world.condition("ModifyingVolume").at("message").text())
                .isEqualTo("Modifying volume to \"b\" is still in progress.");
        wants("c");
        world.modify();
        assertThat(target()).isEqualTo("b");
        world.modify();

        assertThat(world.log.stream().filter(one -> one.startsWith("modify")))
                .containsExactly("modify b", "modify b", "modify c");
    }

    @Test
    void after_a_restart_what_was_in_progress_counts_as_uncertain() {
        world.with(claim("b", "a"), ResizerWorld.volume("5Gi"), attributes("b"), attributes("c"));
        world.driver.failing(Code.INTERNAL);
        world.modify();
        wants("c");
        world.restart();

        world.modify();

        assertThat(world.log.stream().filter(one -> one.startsWith("modify")))
                .containsExactly("modify b", "modify b", "modify c");
    }

    @Test
    void a_target_whose_class_is_gone_waits_for_it_and_touches_nothing() {
        world.with(claim("b", "a"), ResizerWorld.volume("5Gi"), attributes("b"));
        world.driver.failing(Code.ABORTED);
        world.modify();
        world.log.clear();
        world.server.remove(Kinds.ATTRIBUTES_CLASS, ObjectKey.cluster("b"));

        Outcome outcome = world.modify();

        assertThat(((Outcome.Waiting) outcome).retry()).isEqualTo(Retry.onChange());
        assertThat(world.log).isEmpty();
        assertThat(state()).isEqualTo("InProgress");
    }

    @Test
    void the_same_refusal_is_not_written_twice() {
        world.with(claim("b", "a"), ResizerWorld.volume("5Gi"), attributes("b"));
        world.driver.failing(Code.INTERNAL).failing(Code.INTERNAL);
        world.modify();
        world.log.clear();

        world.modify();

        assertThat(world.log).containsExactly("modify b");
    }

    @Test
    void the_transition_time_moves_only_when_the_reason_changes() {
        world.with(claim("b", "a"), ResizerWorld.volume("5Gi"), attributes("b"));
        world.driver.failing(Code.INTERNAL).failing(Code.ABORTED);
        world.modify();
        world.clock.advance(Duration.ofSeconds(10));

        world.modify();

        assertThat(world.condition("ModifyingVolume").at("lastTransitionTime").text())
                .isEqualTo("2026-01-01T00:00:00Z");
        assertThat(world.condition("ModifyingVolume").at("lastProbeTime").text())
                .isEqualTo("2026-01-01T00:00:10Z");
        assertThat(world.condition("ModifyVolumeError").at("lastTransitionTime").text())
                .isEqualTo("2026-01-01T00:00:10Z");
    }

    // --- interruptions ---

    @Test
    void a_choice_made_while_the_driver_works_is_followed_up_at_once() {
        world.with(claim("b", "a"), ResizerWorld.volume("5Gi"), attributes("a"), attributes("b"));
        world.driver.meanwhile(() -> wants("a"));

        assertThat(world.modify()).isInstanceOf(Outcome.Waiting.class);
        assertThat(world.modify()).isEqualTo(Outcome.done());

        assertThat(world.log).contains("modify b", "modify a");
        assertThat(world.status().at("currentVolumeAttributesClassName").text()).isEqualTo("a");
    }

    @Test
    void the_call_is_repeated_when_the_end_could_not_be_written() {
        for (var kind : List.of(Kinds.VOLUME, Kinds.CLAIM)) {
            ResizerWorld unlucky = new ResizerWorld();
            unlucky.with(claim("b", "a"), ResizerWorld.volume("5Gi"), attributes("b"));
            unlucky.driver.meanwhile(() -> unlucky.fail(Fault.refused(Verb.PATCH, kind, Failure.UNAVAILABLE)));

            assertThat(unlucky.modify()).isInstanceOf(Outcome.Waiting.class);
            unlucky.restart();
            assertThat(unlucky.modify()).isEqualTo(Outcome.done());

            assertThat(unlucky.driver.modified).hasSize(2);
        }
    }

    @Test
    void a_claim_that_changed_before_it_was_told_is_read_again() {
        world.with(claim("b", "a"), ResizerWorld.volume("5Gi"), attributes("b"), attributes("c"));
        world.cluster.lag();
        wants("c");

        assertThat(world.modify()).isInstanceOf(Outcome.Waiting.class);
        assertThat(world.driver.modified).isEmpty();
        world.cluster.catchUp();
        world.modify();

        assertThat(world.log).contains("modify c");
    }

    private static ClaimBuilder claim(String wanted, String current) {
        ClaimBuilder claim = ResizerWorld.claim("5Gi", "5Gi").attributesClass(wanted);
        return current.isEmpty() ? claim : claim.with(current, "status", "currentVolumeAttributesClassName");
    }

    private static Objects.Plain attributes(String name) {
        return Objects.attributesClass(name, Map.of("class", name));
    }

    private void wants(String name) {
        world.server.edit(Kinds.CLAIM, ResizerWorld.CLAIM, Edit.set(name, "spec", "volumeAttributesClassName"));
    }

    private static @Nullable EventNote event(Outcome outcome) {
        return ((Outcome.Waiting) outcome).reason().event();
    }

    private String state() {
        return world.status().at("modifyVolumeStatus", "status").text("");
    }

    private String target() {
        return world.status()
                .at("modifyVolumeStatus", "targetVolumeAttributesClassName")
                .text("");
    }
}
