package solo.attacher.kube;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import solo.attacher.model.ErrorField;
import solo.kube.model.ObjectKey;
import solo.kube.model.ObjectMeta;
import solo.kube.model.Patch;
import solo.kube.model.VolumeAttachment.Problem;

/** The bodies of the attacher's patches, and what each is guarded by. */
class AttachmentPatchesTest {
    private static final ObjectMeta SEEN = new ObjectMeta(
            ObjectKey.cluster("va"), "uid-1", "7", null, null, List.of("ours", "other"), Map.of(), Map.of());

    @Test
    void mark_sets_finalizers_and_annotations_of_the_version_that_was_seen() {
        Patch patch = AttachmentPatches.mark(SEEN, List.of("other", "ours"), Map.of("k", "v"));

        assertThat(patch.type()).isEqualTo(Patch.Type.MERGE);
        assertThat(patch.status()).isFalse();
        assertThat(patch.body())
                .isEqualTo(Map.of(
                        "metadata",
                        Map.of(
                                "finalizers", List.of("other", "ours"),
                                "annotations", Map.of("k", "v"),
                                "resourceVersion", "7")));
    }

    @Test
    void release_tests_uid_and_finalizers_before_it_replaces_them() {
        Patch patch = AttachmentPatches.release(SEEN, "ours");

        assertThat(patch.type()).isEqualTo(Patch.Type.JSON);
        assertThat(patch.body())
                .isEqualTo(List.of(
                        Map.of("op", "test", "path", "/metadata/uid", "value", "uid-1"),
                        Map.of("op", "test", "path", "/metadata/finalizers", "value", List.of("ours", "other")),
                        Map.of("op", "replace", "path", "/metadata/finalizers", "value", List.of("other"))));
    }

    @Test
    void attached_takes_entries_away_that_the_driver_no_longer_gives() {
        Patch patch = AttachmentPatches.attached(SEEN, Map.of("old", "1", "same", "2"), Map.of("same", "3"));

        assertThat(patch.status()).isTrue();
        assertThat(patch.body())
                .isEqualTo(Map.of(
                        "status",
                        map("attached", true, "attachmentMetadata", map("old", null, "same", "3"), "attachError", null),
                        "metadata",
                        Map.of("resourceVersion", "7")));
    }

    @Test
    void attached_without_context_has_no_metadata() {
        Patch patch = AttachmentPatches.attached(SEEN, Map.of("old", "1"), Map.of());

        assertThat(patch.body())
                .isEqualTo(Map.of(
                        "status",
                        map("attached", true, "attachmentMetadata", null, "attachError", null),
                        "metadata",
                        Map.of("resourceVersion", "7")));
    }

    @Test
    void detached_leaves_the_attach_error_alone() {
        Patch patch = AttachmentPatches.detached(SEEN);

        assertThat(patch.body())
                .isEqualTo(Map.of(
                        "status",
                        map("attached", false, "attachmentMetadata", null, "detachError", null),
                        "metadata",
                        Map.of("resourceVersion", "7")));
    }

    @Test
    void an_error_has_seconds_and_a_code_or_none() {
        Instant now = Instant.parse("2026-03-04T05:06:07.89Z");

        assertThat(AttachmentPatches.error(SEEN, ErrorField.ATTACH_ERROR, new Problem("no", 8L), now)
                        .body())
                .isEqualTo(Map.of(
                        "status",
                        Map.of("attachError", Map.of("message", "no", "time", "2026-03-04T05:06:07Z", "errorCode", 8L)),
                        "metadata",
                        Map.of("resourceVersion", "7")));
        assertThat(AttachmentPatches.error(SEEN, ErrorField.DETACH_ERROR, new Problem("no", null), now)
                        .body())
                .isEqualTo(Map.of(
                        "status",
                        Map.of("detachError", map("message", "no", "time", "2026-03-04T05:06:07Z", "errorCode", null)),
                        "metadata",
                        Map.of("resourceVersion", "7")));
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
