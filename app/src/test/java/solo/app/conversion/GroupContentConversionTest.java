package solo.app.conversion;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import solo.app.conversion.Conversion.Converted;
import solo.app.conversion.Conversion.Refused;
import solo.kube.model.Json;

/** How a VolumeGroupSnapshotContent becomes one of another version. */
class GroupContentConversionTest {

    private static final String GROUP = "groupsnapshot.storage.k8s.io/";

    private static final String IN_FULL = """
        apiVersion: groupsnapshot.storage.k8s.io/v1beta2
        kind: VolumeGroupSnapshotContent
        metadata: {name: content, labels: {a: b}, annotations: {theirs: kept}}
        spec: {driver: d}
        status:
          readyToUse: true
          volumeSnapshotInfoList:
            - {volumeHandle: vol-1, snapshotHandle: snap-1, creationTime: 1700000000000000001, restoreSize: 12}
            - {volumeHandle: vol-2, snapshotHandle: snap-2, readyToUse: true}
        """;

    private static final String IN_PAIRS = """
        apiVersion: groupsnapshot.storage.k8s.io/v1beta1
        kind: VolumeGroupSnapshotContent
        metadata:
          name: content
          labels: {a: b}
          annotations:
            theirs: kept
            groupsnapshot.storage.kubernetes.io/volume-snapshot-info-list: >-
              [{"creationTime":1700000000000000001,"restoreSize":12,"snapshotHandle":"snap-1","volumeHandle":"vol-1"},{"readyToUse":true,"snapshotHandle":"snap-2","volumeHandle":"vol-2"}]
        spec: {driver: d}
        status:
          readyToUse: true
          volumeSnapshotHandlePairList:
            - {volumeHandle: vol-1, snapshotHandle: snap-1}
            - {volumeHandle: vol-2, snapshotHandle: snap-2}
        """;

    private static final String FROM_BEFORE_V1BETA2 = """
        apiVersion: groupsnapshot.storage.k8s.io/v1beta1
        kind: VolumeGroupSnapshotContent
        metadata: {name: content}
        status: {volumeSnapshotHandlePairList: [{volumeHandle: vol-1, snapshotHandle: snap-1}]}
        """;

    private static Json yaml(String text) {
        return TextFormat.YAML.read(text.getBytes(StandardCharsets.UTF_8));
    }

    private static Json converted(String version, String object) {
        Conversion done = GroupContentConversion.to(GROUP + version, yaml(object));
        assertThat(done).isInstanceOf(Converted.class);
        return new Json(((Converted) done).object());
    }

    private static String refused(String desired, String object) {
        Conversion done = GroupContentConversion.to(desired, yaml(object));
        assertThat(done).isInstanceOf(Refused.class);
        return ((Refused) done).sentence();
    }

    @ParameterizedTest
    @CsvSource({"v1", "v1beta2"})
    void v1beta1_gets_the_handles_and_an_annotation_with_the_rest(String from) {
        assertThat(converted("v1beta1", IN_FULL.replace("v1beta2", from))).isEqualTo(yaml(IN_PAIRS));
    }

    @ParameterizedTest
    @CsvSource({"v1", "v1beta2"})
    void what_v1beta1_has_noted_comes_back_whole_and_the_note_goes(String to) {
        assertThat(converted(to, IN_PAIRS)).isEqualTo(yaml(IN_FULL.replace("v1beta2", to)));
    }

    @Test
    void v1_and_v1beta2_differ_by_name_only() {
        String v1 = IN_FULL.replace("v1beta2", "v1");
        assertThat(converted("v1", IN_FULL)).isEqualTo(yaml(v1));
        assertThat(converted("v1beta2", v1)).isEqualTo(yaml(IN_FULL));
    }

    @Test
    void pairs_without_a_note_are_what_is_known() {
        assertThat(converted("v1beta2", FROM_BEFORE_V1BETA2))
                .isEqualTo(yaml(FROM_BEFORE_V1BETA2
                        .replace("v1beta1", "v1beta2")
                        .replace("volumeSnapshotHandlePairList", "volumeSnapshotInfoList")));
    }

    @Test
    void the_note_wins_over_the_pairs() {
        String contradicted = IN_PAIRS.replace("volumeHandle: vol-1", "volumeHandle: other");
        assertThat(converted("v1beta2", contradicted)).isEqualTo(yaml(IN_FULL));
    }

    @Test
    void the_note_makes_the_list_even_where_there_is_no_status_and_leaves_no_other_trace() {
        Json made = converted("v1", """
            apiVersion: groupsnapshot.storage.k8s.io/v1beta1
            kind: VolumeGroupSnapshotContent
            metadata:
              annotations: {groupsnapshot.storage.kubernetes.io/volume-snapshot-info-list: '[{"restoreSize":1}]'}
            """);
        assertThat(made).isEqualTo(yaml("""
            apiVersion: groupsnapshot.storage.k8s.io/v1
            kind: VolumeGroupSnapshotContent
            metadata: {annotations: {}}
            status: {volumeSnapshotInfoList: [{restoreSize: 1}]}
            """));
    }

    @Test
    void a_content_that_is_not_taken_yet_changes_its_version_only() {
        String fresh = """
            apiVersion: groupsnapshot.storage.k8s.io/v1beta2
            kind: VolumeGroupSnapshotContent
            metadata: {name: content}
            spec: {driver: d}
            """;
        String old = fresh.replace("v1beta2", "v1beta1");
        assertThat(converted("v1beta1", fresh)).isEqualTo(yaml(old));
        assertThat(converted("v1beta2", old)).isEqualTo(yaml(fresh));
    }

    @Test
    void what_is_converted_stays_as_it_is() {
        Json object = yaml(IN_FULL);
        GroupContentConversion.to(GROUP + "v1beta1", object);
        assertThat(object).isEqualTo(yaml(IN_FULL));
    }

    @Test
    void other_kinds_and_versions_are_refused() {
        assertThat(refused(GROUP + "v1beta2", IN_FULL)).contains("nothing to convert");
        assertThat(refused(GROUP + "v1beta1", IN_FULL.replace("Content\n", "Class\n")))
                .contains("'VolumeGroupSnapshotClass'");
        assertThat(refused(GROUP + "v1alpha1", IN_FULL)).contains("to 'groupsnapshot.storage.k8s.io/v1alpha1'");
        assertThat(refused(GROUP + "v1", IN_FULL.replace("v1beta2", "v2"))).contains("/v2'");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"not json", "{}", "null", "[1]", "\"text\""})
    void a_note_that_is_no_list_of_objects_is_refused_and_not_guessed(String note) {
        assertThat(refused(GROUP + "v1beta2", """
            apiVersion: groupsnapshot.storage.k8s.io/v1beta1
            kind: VolumeGroupSnapshotContent
            metadata: {annotations: {groupsnapshot.storage.kubernetes.io/volume-snapshot-info-list: '%s'}}
            """.formatted(note))).contains("is no list of objects");
    }
}
