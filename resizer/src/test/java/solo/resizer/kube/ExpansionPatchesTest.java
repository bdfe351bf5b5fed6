package solo.resizer.kube;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import solo.kube.model.Json;
import solo.kube.model.ObjectKey;
import solo.kube.model.ObjectMeta;
import solo.kube.model.Patch;
import solo.kube.model.PersistentVolumeClaim;
import solo.kube.model.Quantity;
import solo.resizer.model.ExpansionEffect.Attempt;
import solo.resizer.model.ExpansionStatus;

/** The bodies of the patches of an expansion, and what each is guarded by. */
class ExpansionPatchesTest {
    private static final Instant NOW = Instant.parse("2026-03-04T05:06:07.89Z");
    private static final Map<String, Object> AT = Map.of("resourceVersion", "7");
    private static final Quantity SIZE = Quantity.ofBytes(5L << 30);

    @Test
    void the_first_attempt_starts_with_a_clean_slate() {
        Patch patch = ExpansionPatches.inProgress(
                claim(condition("ControllerResizeError"), condition("Unused")),
                SIZE,
                Attempt.FIRST,
                Optional.of(ExpansionStatus.CONTROLLER_IN_PROGRESS),
                NOW);

        assertThat(patch.type()).isEqualTo(Patch.Type.STRATEGIC);
        assertThat(patch.status()).isTrue();
        assertThat(patch.body())
                .isEqualTo(Map.of(
                        "metadata",
                        AT,
                        "status",
                        Map.of(
                                "allocatedResources",
                                Map.of("storage", "5Gi"),
                                "allocatedResourceStatuses",
                                Map.of("storage", "ControllerResizeInProgress"),
                                "conditions",
                                List.of(
                                        now("Resizing"),
                                        Map.of("$patch", "delete", "type", "ControllerResizeError")))));
    }

    @Test
    void a_repetition_keeps_status_and_conditions() {
        Patch patch = ExpansionPatches.inProgress(
                claim(condition("ControllerResizeError")), SIZE, Attempt.AGAIN, Optional.empty(), NOW);

        assertThat(patch.body())
                .isEqualTo(Map.of(
                        "metadata",
                        AT,
                        "status",
                        Map.of(
                                "allocatedResources",
                                Map.of("storage", "5Gi"),
                                "conditions",
                                List.of(now("Resizing")))));
    }

    @Test
    void node_pending_keeps_other_conditions_and_takes_the_annotation_away() {
        Patch patch = ExpansionPatches.nodePending(annotated(), NOW);

        assertThat(patch.body())
                .isEqualTo(Map.of(
                        "metadata",
                        Map.of(
                                "annotations",
                                map("volume.kubernetes.io/node-expansion-not-required", null),
                                "resourceVersion",
                                "7"),
                        "status",
                        Map.of(
                                "allocatedResourceStatuses",
                                Map.of("storage", "NodeResizePending"),
                                "conditions",
                                List.of(Map.of(
                                        "type", "FileSystemResizePending",
                                        "status", "True",
                                        "lastTransitionTime", "2026-03-04T05:06:07Z",
                                        "message",
                                                "Waiting for user to (re-)start a pod to finish file system resize of"
                                                        + " volume on node.")))));
    }

    @Test
    void finished_names_the_size_and_takes_every_condition_of_an_expansion_away() {
        Patch patch = ExpansionPatches.finished(
                claim(condition("Resizing"), condition("NodeResizeError"), condition("Unused")), SIZE, NOW);

        assertThat(patch.body())
                .isEqualTo(Map.of(
                        "metadata",
                        Map.of(
                                "annotations",
                                Map.of("volume.kubernetes.io/node-expansion-not-required", "true"),
                                "resourceVersion",
                                "7"),
                        "status",
                        Map.of(
                                "capacity",
                                Map.of("storage", "5Gi"),
                                "allocatedResourceStatuses",
                                map("storage", null),
                                "conditions",
                                List.of(
                                        Map.of("$patch", "delete", "type", "Resizing"),
                                        Map.of("$patch", "delete", "type", "NodeResizeError")))));
    }

    @Test
    void a_failure_lands_on_a_changed_claim_but_not_on_a_namesake() {
        Patch patch = ExpansionPatches.failed(claim(), "no", Optional.of(ExpansionStatus.CONTROLLER_INFEASIBLE), NOW);

        assertThat(patch.body())
                .isEqualTo(Map.of(
                        "metadata",
                        Map.of("uid", "uid-1"),
                        "status",
                        Map.of(
                                "allocatedResourceStatuses",
                                Map.of("storage", "ControllerResizeInfeasible"),
                                "conditions",
                                List.of(Map.of(
                                        "type", "ControllerResizeError",
                                        "status", "True",
                                        "lastTransitionTime", "2026-03-04T05:06:07Z",
                                        "message", "no")))));
    }

    @Test
    void a_condition_is_replaced_whole() {
        PersistentVolumeClaim claim =
                claim(Map.of("type", "Resizing", "status", "False", "reason", "Because", "message", "somebody else's"));

        Patch patch = ExpansionPatches.inProgress(claim, SIZE, Attempt.AGAIN, Optional.empty(), NOW);

        assertThat(new Json(patch.body())
                        .at("status", "conditions")
                        .items()
                        .getFirst()
                        .value())
                .isEqualTo(map(
                        "type", "Resizing",
                        "status", "True",
                        "lastTransitionTime", "2026-03-04T05:06:07Z",
                        "message", null,
                        "reason", null));
    }

    @Test
    void the_volume_gets_its_size_and_the_note_if_nothing_else_has_changed() {
        ObjectMeta seen =
                new ObjectMeta(ObjectKey.cluster("pv"), "uid-2", "7", null, null, List.of(), Map.of(), Map.of());

        assertThat(ExpansionPatches.grown(seen, SIZE, "3Gi").body())
                .isEqualTo(Map.of(
                        "metadata",
                        Map.of(
                                "uid",
                                "uid-2",
                                "resourceVersion",
                                "7",
                                "annotations",
                                Map.of("volume.alpha.kubernetes.io/pre-resize-capacity", "3Gi")),
                        "spec",
                        Map.of("capacity", Map.of("storage", "5Gi"))));
    }

    private static Map<String, Object> now(String type) {
        return Map.of("type", type, "status", "True", "lastTransitionTime", "2026-03-04T05:06:07Z");
    }

    private static Map<String, Object> condition(String type) {
        return Map.of("type", type, "status", "True");
    }

    private static PersistentVolumeClaim claim(Map<?, ?>... conditions) {
        return claim(Map.of(), List.of(conditions));
    }

    private static PersistentVolumeClaim annotated() {
        return claim(Map.of("volume.kubernetes.io/node-expansion-not-required", "true"), List.of());
    }

    private static PersistentVolumeClaim claim(Map<String, String> annotations, List<Map<?, ?>> conditions) {
        return PersistentVolumeClaim.of(new Json(Map.of(
                "metadata",
                Map.of(
                        "namespace", "ns",
                        "name", "data",
                        "uid", "uid-1",
                        "resourceVersion", "7",
                        "annotations", annotations),
                "status",
                Map.of("conditions", conditions))));
    }

    private static Map<String, @Nullable Object> map(@Nullable Object... entries) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        var list = Arrays.asList(entries);
        for (int i = 0; i < list.size(); i += 2) {
            map.put(String.valueOf(list.get(i)), list.get(i + 1));
        }
        return map;
    }
}
