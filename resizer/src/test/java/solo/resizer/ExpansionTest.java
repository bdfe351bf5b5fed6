package solo.resizer;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import solo.csi.model.Code;
import solo.csi.model.ControllerCapability;
import solo.kube.ApiException.Failure;
import solo.kube.Kinds;
import solo.kube.model.ObjectKey;
import solo.kube.model.Outcome;
import solo.kube.model.Retry;
import solo.resizer.model.ExpansionReason.NodeIsNext;
import solo.resizer.model.ResizingDriver.PreResizeNote;
import solo.simulation.ClaimBuilder;
import solo.simulation.Fault;
import solo.simulation.Objects;
import solo.simulation.Verb;

/** A claim that asks for more gets it, and says at every moment how far it has come. */
class ExpansionTest {
    private static final String NOTE = "volume.alpha.kubernetes.io/pre-resize-capacity";
    private static final String NOT_REQUIRED = "volume.kubernetes.io/node-expansion-not-required";

    private final ResizerWorld world = new ResizerWorld();

    // --- the two good ends ---

    @Test
    void the_claim_is_told_the_driver_asked_the_volume_grown_and_the_node_is_next() {
        world.with(ResizerWorld.claim("3Gi", "5Gi"), ResizerWorld.volume("3Gi"));

        assertThat(world.grow()).matches(ExpansionTest::leftToNode);

        assertThat(world.log)
                .containsExactly(
                        "patch persistentvolumeclaims status",
                        "expand 5",
                        "patch persistentvolumes",
                        "patch persistentvolumeclaims status");
        assertThat(world.allocated()).isEqualTo("5Gi");
        assertThat(world.expansionStatus()).isEqualTo("NodeResizePending");
        assertThat(world.conditions()).containsExactly("Resizing=True", "FileSystemResizePending=True");
        assertThat(world.status().at("capacity", "storage").text()).isEqualTo("3Gi");
        assertThat(world.volume().at("spec", "capacity", "storage").text()).isEqualTo("5Gi");
        assertThat(world.events.reasons()).containsExactly("Resizing", "FileSystemResizeRequired");
    }

    @Test
    void without_a_part_for_the_node_the_claim_is_finished_at_once() {
        world.driver.withoutNodeExpansion();
        world.with(ResizerWorld.claim("3Gi", "5Gi"), ResizerWorld.volume("3Gi"));

        assertThat(world.grow()).isEqualTo(Outcome.done());

        assertThat(world.expansionStatus()).isNull();
        assertThat(world.allocated()).isEqualTo("5Gi");
        assertThat(world.conditions()).isEmpty();
        assertThat(world.status().at("capacity", "storage").text()).isEqualTo("5Gi");
        assertThat(world.claim().at("metadata", "annotations").textMap()).containsEntry(NOT_REQUIRED, "true");
        assertThat(world.volume().at("metadata", "annotations").textMap()).doesNotContainKey(NOTE);
        assertThat(world.events.reasons()).containsExactly("Resizing", "VolumeResizeSuccessful");
    }

    @Test
    void an_expansion_costs_three_writes() {
        world.with(ResizerWorld.claim("3Gi", "5Gi"), ResizerWorld.volume("3Gi"));

        world.grow();

        assertThat(world.server.requests().writes()).isEqualTo(3);
    }

    @Test
    void the_annotation_of_an_earlier_expansion_goes_before_the_node_is_needed() {
        world.with(ResizerWorld.claim("3Gi", "5Gi").annotation(NOT_REQUIRED, "true"), ResizerWorld.volume("3Gi"));

        world.grow();

        assertThat(world.claim().at("metadata", "annotations").textMap()).doesNotContainKey(NOT_REQUIRED);
    }

    @Test
    void what_the_driver_answers_is_the_size_and_the_allocated_size_stays() {
        world.driver.withoutNodeExpansion().answering(2_000_000_000L * 3);
        world.with(ResizerWorld.claim("3Gi", "5G"), ResizerWorld.volume("3Gi"));

        world.grow();

        assertThat(world.volume().at("spec", "capacity", "storage").text()).isEqualTo("5859375Ki");
        assertThat(world.status().at("capacity", "storage").text()).isEqualTo("5859375Ki");
        assertThat(world.allocated()).isEqualTo("5G");
    }

    @Test
    void conditions_and_resources_of_others_are_left_alone() {
        world.with(
                ResizerWorld.claim("3Gi", "5Gi")
                        .with(
                                List.of(
                                        Map.of("type", "Unused", "status", "True"),
                                        Map.of("type", "NodeResizeError", "status", "True")),
                                "status",
                                "conditions")
                        .with(Map.of("cpu", "ControllerResizeInProgress"), "status", "allocatedResourceStatuses"),
                ResizerWorld.volume("3Gi"));
        world.driver.withoutNodeExpansion();

        world.grow();

        assertThat(world.conditions()).containsExactly("Unused=True");
        assertThat(world.status().at("allocatedResourceStatuses").textMap())
                .containsExactly(Map.entry("cpu", "ControllerResizeInProgress"));
    }

    @Test
    void a_driver_with_node_expansion_only_is_never_called() {
        world.able();
        world.with(ResizerWorld.claim("3Gi", "5Gi"), ResizerWorld.volume("3Gi"));

        assertThat(world.grow()).matches(ExpansionTest::leftToNode);

        assertThat(world.driver.expanded).isEmpty();
        assertThat(world.volume().at("spec", "capacity", "storage").text()).isEqualTo("5Gi");
        assertThat(world.expansionStatus()).isEqualTo("NodeResizePending");
    }

    // --- what the driver is asked ---

    @ParameterizedTest
    @CsvSource({"Filesystem,false", "Block,true"})
    void the_volume_mode_becomes_the_capability(String mode, boolean block) {
        world.with(ResizerWorld.claim("3Gi", "5Gi"), ResizerWorld.volume("3Gi").with(mode, "spec", "volumeMode"));

        world.grow();

        var capability = world.driver.expanded.getFirst().getVolumeCapability();
        assertThat(capability.hasBlock()).isEqualTo(block);
        assertThat(capability.hasMount()).isEqualTo(!block);
        assertThat(capability.getMount().getFsType()).isEmpty();
    }

    @Test
    void the_secret_of_the_volume_goes_along() {
        world.with(
                ResizerWorld.claim("3Gi", "5Gi"),
                ResizerWorld.volume("3Gi")
                        .with(Map.of("namespace", "ns", "name", "s"), "spec", "csi", "controllerExpandSecretRef"),
                Objects.secret("ns/s", Map.of("user", "me")));

        world.grow();

        assertThat(world.driver.expanded.getFirst().getSecretsMap()).containsExactly(Map.entry("user", "me"));
    }

    @Test
    void a_missing_secret_is_told_and_the_driver_is_not_asked() {
        world.with(
                ResizerWorld.claim("3Gi", "5Gi"),
                ResizerWorld.volume("3Gi")
                        .with(Map.of("namespace", "ns", "name", "s"), "spec", "csi", "controllerExpandSecretRef"));

        Outcome outcome = world.grow();

        assertThat(world.driver.expanded).isEmpty();
        assertThat(message(outcome))
                .isEqualTo("resize volume \"pv\" by resizer \"model.csi.solo\" failed:"
                        + " error getting secret s in namespace ns: secrets \"s\" not found");
    }

    // --- when there is nothing to do ---

    @Test
    void nothing_is_done_for_claims_that_are_not_ours_or_have_enough() {
        world.with(ResizerWorld.claim("5Gi", "5Gi"), ResizerWorld.volume("5Gi"));
        assertThat(world.grow()).isEqualTo(Outcome.done());
        world.with(ResizerWorld.claim("3Gi", "5Gi").phase("Lost"));
        assertThat(world.grow()).isEqualTo(Outcome.done());
        world.with(ResizerWorld.claim("3Gi", "5Gi"), ResizerWorld.volume("3Gi").driver("other"));
        assertThat(world.grow()).isEqualTo(Outcome.done());
        world.with(ResizerWorld.volume("3Gi").claimRef("ns/data", "another-uid"));
        assertThat(world.grow()).isEqualTo(Outcome.done());
        world.with(ResizerWorld.volume("3Gi").claimRef("other/data", "uid-1"));
        assertThat(world.grow()).isEqualTo(Outcome.done());
        world.with(ResizerWorld.volume("3Gi").without("spec", "claimRef"));
        assertThat(world.grow()).isEqualTo(Outcome.done());
        world.with(ResizerWorld.claim("3Gi", "5Gi").without("spec", "volumeName"));
        assertThat(world.grow()).isEqualTo(Outcome.done());

        assertThat(world.log).isEmpty();
    }

    @Test
    void a_claim_that_is_gone_and_a_volume_that_is_missing() {
        assertThat(world.grow()).isEqualTo(Outcome.done());
        world.with(ResizerWorld.claim("3Gi", "5Gi"));

        assertThat(message(world.grow())).isEqualTo("PV \"pv\" bound to pvc \"ns/data\" not found");
    }

    @Test
    void what_the_node_has_to_finish_is_left_to_it() {
        world.with(
                ResizerWorld.claim("1Gi", "10Gi")
                        .with("3Gi", "status", "allocatedResources", "storage")
                        .with("NodeResizePending", "status", "allocatedResourceStatuses", "storage"),
                ResizerWorld.volume("3Gi"));

        Outcome outcome = world.grow();

        assertThat(outcome).isInstanceOf(Outcome.Waiting.class);
        assertThat(world.log).isEmpty();
        assertThat(world.allocated()).isEqualTo("3Gi");
    }

    // --- refusals ---

    @ParameterizedTest
    @EnumSource(
            value = Code.class,
            names = {"INVALID_ARGUMENT", "OUT_OF_RANGE", "NOT_FOUND"})
    void an_infeasible_size_is_marked_and_not_asked_again_for_a_while(Code code) {
        world.with(ResizerWorld.claim("3Gi", "5Gi"), ResizerWorld.volume("3Gi"));
        world.driver.failing(code);

        Outcome outcome = world.grow();

        assertThat(((Outcome.Waiting) outcome).retry()).isEqualTo(Retry.after(ResizerWorld.HOLD));
        assertThat(world.expansionStatus()).isEqualTo("ControllerResizeInfeasible");
        assertThat(world.allocated()).isEqualTo("5Gi");
        assertThat(world.conditions()).containsExactly("Resizing=True", "ControllerResizeError=True");
        assertThat(world.condition("ControllerResizeError").at("message").text())
                .isEqualTo("failed to expand pvc with rpc error: code = " + code.goName() + " desc = no");

        world.clock.advance(Duration.ofMinutes(1));
        assertThat(((Outcome.Waiting) world.grow()).retry()).isEqualTo(Retry.after(Duration.ofMinutes(4)));
        assertThat(world.driver.expanded).hasSize(1);

        world.clock.advance(Duration.ofMinutes(4));
        world.grow();
        assertThat(world.driver.expanded).hasSize(2);
    }

    @Test
    void an_infeasible_size_that_is_asked_again_has_to_end_before_another_is_tried() {
        world.with(ResizerWorld.claim("3Gi", "10Gi"), ResizerWorld.volume("3Gi"));
        world.driver.failing(Code.OUT_OF_RANGE).failing(Code.DEADLINE_EXCEEDED);
        world.grow();
        world.clock.advance(ResizerWorld.HOLD);
        world.grow();
        assertThat(world.expansionStatus()).isEqualTo("ControllerResizeInProgress");
        wants("5Gi");
        world.restart();

        world.grow();

        assertThat(world.log).doesNotContain("expand 5");
        assertThat(world.volume().at("spec", "capacity", "storage").text()).isEqualTo("10Gi");
    }

    @Test
    void a_lowered_size_is_tried_at_once_after_an_infeasible_one() {
        world.with(ResizerWorld.claim("3Gi", "10Gi"), ResizerWorld.volume("3Gi"));
        world.driver.failing(Code.OUT_OF_RANGE);
        world.grow();
        wants("5Gi");

        assertThat(world.grow()).matches(ExpansionTest::leftToNode);

        assertThat(world.log).contains("expand 10", "expand 5");
        assertThat(world.allocated()).isEqualTo("5Gi");
        assertThat(world.conditions()).containsExactly("Resizing=True", "FileSystemResizePending=True");
    }

    @Test
    void retry_now_ends_the_hold() {
        world.with(ResizerWorld.claim("3Gi", "5Gi"), ResizerWorld.volume("3Gi"));
        world.driver.failing(Code.OUT_OF_RANGE);
        world.grow();
        world.server.edit(
                Kinds.CLAIM, ResizerWorld.CLAIM, Edit.set("now", "metadata", "annotations", "solo.csi/retry-now"));

        assertThat(world.grow()).matches(ExpansionTest::leftToNode);
        assertThat(world.driver.expanded).hasSize(2);
    }

    @Test
    void a_claim_made_anew_is_not_held_back_for_its_predecessor() {
        world.with(ResizerWorld.claim("3Gi", "5Gi"), ResizerWorld.volume("3Gi"));
        world.driver.failing(Code.OUT_OF_RANGE);
        world.grow();
        world.with(
                ResizerWorld.claim("3Gi", "5Gi").uid("uid-2").with("5Gi", "status", "allocatedResources", "storage"),
                ResizerWorld.volume("3Gi").claimRef("ns/data", "uid-2"));

        assertThat(world.grow()).matches(ExpansionTest::leftToNode);
    }

    @Test
    void after_a_final_failure_another_size_may_be_tried() {
        world.with(ResizerWorld.claim("3Gi", "10Gi"), ResizerWorld.volume("3Gi"));
        world.driver.failing(Code.INTERNAL);

        assertThat(((Outcome.Waiting) world.grow()).retry()).isEqualTo(Retry.backoff());
        assertThat(world.expansionStatus()).isEqualTo("ControllerResizeInProgress");
        assertThat(world.conditions()).containsExactly("Resizing=True", "ControllerResizeError=True");
        wants("5Gi");
        world.grow();

        assertThat(world.log).contains("expand 10", "expand 5");
    }

    @ParameterizedTest
    @EnumSource(
            value = Code.class,
            names = {"CANCELED", "DEADLINE_EXCEEDED", "UNAVAILABLE", "RESOURCE_EXHAUSTED", "ABORTED"})
    void what_may_still_come_has_to_end_before_another_size_is_tried(Code code) {
        world.with(ResizerWorld.claim("3Gi", "10Gi"), ResizerWorld.volume("3Gi"));
        world.driver.failing(code);
        world.grow();
        assertThat(world.conditions()).containsExactly("Resizing=True");
        wants("5Gi");

        world.grow();

        assertThat(world.log).contains("expand 10").doesNotContain("expand 5");
        assertThat(world.allocated()).isEqualTo("10Gi");
    }

    @Test
    void after_a_restart_what_was_in_progress_counts_as_uncertain() {
        world.with(ResizerWorld.claim("3Gi", "10Gi"), ResizerWorld.volume("3Gi"));
        world.driver.failing(Code.INTERNAL);
        world.grow();
        wants("5Gi");
        world.restart();

        world.grow();

        assertThat(world.log).doesNotContain("expand 5");
    }

    @Test
    void a_retry_of_the_same_size_writes_nothing_before_the_driver_is_asked() {
        world.with(ResizerWorld.claim("3Gi", "5Gi"), ResizerWorld.volume("3Gi"));
        world.driver.failing(Code.INTERNAL).failing(Code.INTERNAL);
        world.grow();
        world.log.clear();

        world.grow();

        assertThat(world.log).containsExactly("expand 5");
    }

    @Test
    void a_refusal_that_cannot_be_noted_is_told_with_both_reasons() {
        world.with(inProgress(), ResizerWorld.volume("3Gi"));
        world.driver.failing(Code.INTERNAL);
        world.fail(Fault.refused(Verb.PATCH, Kinds.CLAIM, Failure.UNAVAILABLE));

        Outcome outcome = world.grow();

        assertThat(message(outcome)).contains("code = Internal").contains("failed to update PVC ns/data");
        assertThat(((Outcome.Waiting) outcome).reason().event()).isNotNull();
    }

    @Test
    void the_refusal_is_noted_although_the_claim_has_changed_meanwhile() {
        world.with(ResizerWorld.claim("3Gi", "5Gi"), ResizerWorld.volume("3Gi"));
        world.driver.failing(Code.OUT_OF_RANGE);
        world.driver.meanwhile(() ->
                world.server.edit(Kinds.CLAIM, ResizerWorld.CLAIM, Edit.set("x", "metadata", "labels", "touched")));

        world.grow();

        assertThat(world.expansionStatus()).isEqualTo("ControllerResizeInfeasible");
    }

    @Test
    void but_not_on_a_namesake() {
        world.with(ResizerWorld.claim("3Gi", "5Gi"), ResizerWorld.volume("3Gi"));
        world.driver.failing(Code.OUT_OF_RANGE);
        world.driver.meanwhile(() -> world.with(ResizerWorld.claim("3Gi", "5Gi").uid("uid-2")));

        world.grow();

        assertThat(world.expansionStatus()).isNull();
    }

    // --- volumes in use ---

    @Test
    void a_volume_in_use_is_not_asked_for_again_while_a_pod_uses_it() {
        world.with(ResizerWorld.claim("3Gi", "5Gi"), ResizerWorld.volume("3Gi"), Objects.pod("ns/p", "data"));
        world.driver.failing(Code.FAILED_PRECONDITION);
        world.grow();
        assertThat(world.expansionStatus()).isEqualTo("ControllerResizeInProgress");

        Outcome outcome = world.grow();

        assertThat(world.driver.expanded).hasSize(1);
        assertThat(message(outcome))
                .isEqualTo("Unable to expand ns/data because CSI driver model.csi.solo only supports offline"
                        + " expansion and volume is currently in-use");
        world.with(Objects.pod("ns/p", "data").with("Succeeded", "status", "phase"));
        assertThat(world.grow()).matches(ExpansionTest::leftToNode);
    }

    @Test
    void a_pod_alone_or_an_error_alone_does_not_keep_it_from_being_tried() {
        world.with(ResizerWorld.claim("3Gi", "5Gi"), ResizerWorld.volume("3Gi"), Objects.pod("ns/p", "data"));
        assertThat(world.grow()).matches(ExpansionTest::leftToNode);

        ResizerWorld alone = new ResizerWorld();
        alone.with(ResizerWorld.claim("3Gi", "5Gi"), ResizerWorld.volume("3Gi"));
        alone.driver.failing(Code.FAILED_PRECONDITION);
        alone.grow();
        assertThat(alone.grow()).matches(ExpansionTest::leftToNode);
    }

    @Test
    void without_handling_it_is_tried_each_time() {
        world.ignoringPods()
                .with(ResizerWorld.claim("3Gi", "5Gi"), ResizerWorld.volume("3Gi"), Objects.pod("ns/p", "data"));
        world.driver.failing(Code.FAILED_PRECONDITION);
        world.grow();

        assertThat(world.grow()).matches(ExpansionTest::leftToNode);
    }

    // --- the note of the old size ---

    @Test
    void the_old_size_is_noted_and_forgotten_once_the_claim_has_caught_up() {
        world.with(ResizerWorld.claim("3Gi", "5Gi"), ResizerWorld.volume("3Gi"));
        world.grow();
        assertThat(world.volume().at("metadata", "annotations").textMap()).containsEntry(NOTE, "3Gi");

        world.with(ResizerWorld.claim("5Gi", "5Gi"));
        world.grow();

        assertThat(world.volume().at("metadata", "annotations").textMap()).doesNotContainKey(NOTE);
    }

    @Test
    void a_note_that_is_there_already_is_kept() {
        world.with(ResizerWorld.claim("3Gi", "5Gi"), ResizerWorld.volume("4Gi").annotation(NOTE, "1Gi"));

        world.grow();

        assertThat(world.volume().at("metadata", "annotations").textMap()).containsEntry(NOTE, "1Gi");
    }

    @ParameterizedTest
    @CsvSource({
        "ALWAYS, Delete, 3Gi, removed",
        "ALWAYS, Retain, 3Gi, removed",
        "LAZILY, Delete, 3Gi, left",
        "LAZILY, Retain, 3Gi, removed",
        "NEVER, Delete, , removed",
    })
    void where_it_is_noted_and_for_how_long(PreResizeNote when, String policy, @Nullable String noted, String then) {
        world.noting(when)
                .with(
                        ResizerWorld.claim("3Gi", "5Gi"),
                        ResizerWorld.volume("3Gi").reclaimPolicy(policy));
        world.grow();
        assertThat(note()).isEqualTo(noted);

        world.with(ResizerWorld.claim("5Gi", "5Gi"));
        world.grow();

        assertThat(note() == null ? "removed" : "left").isEqualTo(then);
    }

    @Test
    void a_note_that_was_left_is_replaced_by_the_next_growth() {
        world.noting(PreResizeNote.LAZILY)
                .with(
                        ResizerWorld.claim("5Gi", "9Gi"),
                        ResizerWorld.volume("5Gi").reclaimPolicy("Delete").annotation(NOTE, "3Gi"));

        world.grow();

        assertThat(note()).isEqualTo("5Gi");
        assertThat(world.server.requests().writes()).isEqualTo(3);
    }

    @Test
    void a_note_that_was_left_goes_when_its_volume_is_to_outlive_the_claim() {
        world.noting(PreResizeNote.LAZILY)
                .with(
                        ResizerWorld.claim("5Gi", "5Gi"),
                        ResizerWorld.volume("5Gi").reclaimPolicy("Delete").annotation(NOTE, "3Gi"));
        world.grow();
        assertThat(note()).isEqualTo("3Gi");
        world.server.edit(
                Kinds.VOLUME, ObjectKey.cluster("pv"), Edit.set("Retain", "spec", "persistentVolumeReclaimPolicy"));

        world.grow();

        assertThat(note()).isNull();
    }

    /** What a former leader sees whose cache of claims is behind that of volumes: the note is over and gone. */
    @Test
    void a_volume_that_has_its_size_gets_no_note() {
        world.with(ResizerWorld.claim("3Gi", "5Gi"), ResizerWorld.volume("5Gi"));

        world.grow();

        assertThat(note()).isNull();
    }

    @Test
    void a_volume_that_has_changed_while_the_driver_was_asked_is_looked_at_again_before_it_is_grown() {
        world.with(ResizerWorld.claim("3Gi", "5Gi"), ResizerWorld.volume("3Gi"));
        world.driver.meanwhile(() -> world.server.edit(
                Kinds.VOLUME, ObjectKey.cluster("pv"), Edit.set("9Gi", "spec", "capacity", "storage")));

        world.grow();

        assertThat(world.volume().at("spec", "capacity", "storage").text()).isEqualTo("9Gi");
        assertThat(note()).isNull();
    }

    private @Nullable String note() {
        return world.volume().at("metadata", "annotations").textMap().get(NOTE);
    }

    @Test
    void another_drivers_volume_keeps_its_note() {
        world.with(
                ResizerWorld.claim("5Gi", "5Gi"),
                ResizerWorld.volume("5Gi").driver("other").annotation(NOTE, "3Gi"));

        world.grow();

        assertThat(world.log).isEmpty();
    }

    // --- the node could not do it ---

    @Test
    void what_the_node_could_not_do_is_asked_again_so_that_it_may_try_again() {
        world.with(
                ResizerWorld.claim("3Gi", "10Gi")
                        .with("10Gi", "status", "allocatedResources", "storage")
                        .with("NodeResizeInfeasible", "status", "allocatedResourceStatuses", "storage"),
                ResizerWorld.volume("10Gi"));

        world.grow();

        assertThat(world.log).contains("expand 10");
        assertThat(world.expansionStatus()).isEqualTo("NodeResizePending");
    }

    @Test
    void with_node_expansion_only_a_lowered_size_lowers_the_volume_too() {
        world.able();
        world.with(
                ResizerWorld.claim("3Gi", "5Gi")
                        .with("10Gi", "status", "allocatedResources", "storage")
                        .with("NodeResizeInfeasible", "status", "allocatedResourceStatuses", "storage"),
                ResizerWorld.volume("10Gi"));

        world.grow();

        assertThat(world.allocated()).isEqualTo("5Gi");
        assertThat(world.expansionStatus()).isEqualTo("NodeResizePending");
        assertThat(world.volume().at("spec", "capacity", "storage").text()).isEqualTo("5Gi");
    }

    // --- interruptions ---

    @Test
    void a_claim_that_changed_before_it_was_told_is_read_again() {
        world.with(ResizerWorld.claim("3Gi", "5Gi"), ResizerWorld.volume("3Gi"));
        world.cluster.lag();
        wants("7Gi");

        assertThat(world.grow()).isInstanceOf(Outcome.Waiting.class);
        assertThat(world.driver.expanded).isEmpty();
        world.cluster.catchUp();
        world.grow();

        assertThat(world.log).contains("expand 7");
    }

    @Test
    void whatever_is_lost_on_the_way_the_end_is_the_same() {
        for (int lost = 0; lost < 3; lost++) {
            ResizerWorld unlucky = new ResizerWorld();
            unlucky.with(ResizerWorld.claim("3Gi", "5Gi"), ResizerWorld.volume("3Gi"));
            unlucky.fail(Fault.answerLost(Verb.PATCH, lost == 1 ? Kinds.VOLUME : Kinds.CLAIM));
            if (lost == 2) {
                unlucky.fail(Fault.refused(Verb.PATCH, Kinds.CLAIM, Failure.UNAVAILABLE));
            }
            for (int i = 0; i < 4; i++) {
                unlucky.grow();
                unlucky.restart();
            }

            assertThat(unlucky.expansionStatus()).isEqualTo("NodeResizePending");
            assertThat(unlucky.volume().at("spec", "capacity", "storage").text())
                    .isEqualTo("5Gi");
            assertThat(unlucky.volume().at("metadata", "annotations").textMap()).containsEntry(NOTE, "3Gi");
        }
    }

    // --- which drivers ---

    @Test
    void which_controllers_a_driver_needs() {
        assertThat(world.names()).containsExactly("model.csi.solo-pvc", "model.csi.solo-pvc-modify");
        assertThat(world.able(ControllerCapability.EXPAND_VOLUME).names()).containsExactly("model.csi.solo-pvc");
    }

    private static ClaimBuilder inProgress() {
        return ResizerWorld.claim("3Gi", "5Gi")
                .with("5Gi", "status", "allocatedResources", "storage")
                .with("ControllerResizeInProgress", "status", "allocatedResourceStatuses", "storage")
                .with(List.of(Map.of("type", "Resizing", "status", "True")), "status", "conditions");
    }

    private void wants(String size) {
        world.server.edit(Kinds.CLAIM, ResizerWorld.CLAIM, Edit.set(size, "spec", "resources", "requests", "storage"));
    }

    /** It has gone well as far as the controller is concerned. */
    private static boolean leftToNode(Outcome outcome) {
        return outcome instanceof Outcome.Waiting waiting && waiting.reason() instanceof NodeIsNext;
    }

    private static String message(Outcome outcome) {
        return ((Outcome.Waiting) outcome).reason().message();
    }
}
