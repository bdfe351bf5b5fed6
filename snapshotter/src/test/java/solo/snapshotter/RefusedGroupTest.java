package solo.snapshotter;

import static org.assertj.core.api.Assertions.assertThat;
import static solo.snapshotter.GroupWorld.groupClass;
import static solo.snapshotter.GroupWorld.wish;
import static solo.snapshotter.SnapshotWorld.GROUP_CONTENT;
import static solo.snapshotter.SnapshotWorld.code;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import solo.kube.Kinds;
import solo.kube.model.Outcome;
import solo.kube.model.VolumeGroupSnapshotClass;
import solo.simulation.ObjectBuilder;
import solo.simulation.Objects;

/** Why a group gets no content: the word, the text in its status, the event; and that nothing was made. */
class RefusedGroupTest {
    private static final String CREATION = "failed to create group snapshot content with error ";
    private static final String DEFAULT = "Failed to set default group snapshot class with error ";

    static Stream<Arguments> refusals() {
        return Stream.of(
                Arguments.of(
                        "two sources",
                        "SourceMalformed",
                        "Exactly one of Selector and VolumeGroupSnapshotContentName should be specified",
                        objects(wish().with("imported", "spec", "source", "volumeGroupSnapshotContentName"))),
                Arguments.of(
                        "a class that is not there",
                        "ClassMissing",
                        "failed to get group snapshot class with error"
                                + " volumegroupsnapshotclass.groupsnapshot.storage.k8s.io \"gone\" not found",
                        objects(wish().with("gone", "spec", "volumeGroupSnapshotClassName"))),
                Arguments.of(
                        "no class, and no default",
                        "NoDefaultClass",
                        DEFAULT + "cannot find default group snapshot class",
                        objects(wish().without("spec", "volumeGroupSnapshotClassName"))),
                Arguments.of(
                        "two defaults",
                        "NoDefaultClass",
                        DEFAULT + "2 default snapshot classes were found",
                        objects(
                                groupClass("together").annotation(VolumeGroupSnapshotClass.IS_DEFAULT, "true"),
                                groupClass("other").annotation(VolumeGroupSnapshotClass.IS_DEFAULT, "true"),
                                wish().without("spec", "volumeGroupSnapshotClassName"))),
                Arguments.of(
                        "labels that no claim has",
                        "NoClaims",
                        CREATION + "label selector app=none for group snapshot not applied to any PVC",
                        objects(wish().with(Map.of("app", "none"), "spec", "source", "selector", "matchLabels"))),
                Arguments.of(
                        "an operator that does not exist",
                        "BadSelector",
                        CREATION + "label selector app=db,name Like (a): \"Like\" of label name is not a valid label"
                                + " selector operator",
                        objects(wish().with(
                                        List.of(Map.of("key", "name", "operator", "Like", "values", List.of("a"))),
                                        "spec",
                                        "source",
                                        "selector",
                                        "matchExpressions"))),
                Arguments.of(
                        "one claim that is not bound",
                        "ClaimNotBound",
                        CREATION + "the PVC b is not yet bound to a PV, will not attempt to take a group snapshot",
                        objects(Objects.claim("ns/b").uid("uid-b").label("app", "db"), wish())),
                Arguments.of(
                        "a volume of another claim",
                        "VolumeOfAnother",
                        CREATION + "claim in dataSource not bound or invalid",
                        objects(Objects.volume("pv-b").handle("vol-b").claimRef("ns/b", "another-uid"), wish())),
                Arguments.of(
                        "a volume that is no CSI volume",
                        "VolumeNotCsi",
                        CREATION + "cannot find CSI PersistentVolumeSource for volume pv-b",
                        objects(Objects.volume("pv-b").claimRef("ns/b", "uid-b").without("spec", "csi"), wish())),
                Arguments.of(
                        "a class of another driver than one of the volumes",
                        "ClassOfAnotherDriver",
                        CREATION + "Volume CSI driver (model.csi.solo) mismatch with VolumeGroupSnapshotClass"
                                + " (other.csi) ns/group: pv-a",
                        objects(groupClass("together").with("other.csi", "driver"), wish())),
                Arguments.of(
                        "a reserved parameter that nobody knows",
                        "BadParameters",
                        CREATION
                                + "VolumeGroupSnapshotClass together: failed to remove CSI Parameters of prefixed keys:"
                                + " found unknown parameter key \"csi.storage.k8s.io/typo\" with reserved namespace"
                                + " csi.storage.k8s.io/",
                        objects(
                                groupClass("together").with(Map.of("csi.storage.k8s.io/typo", "x"), "parameters"),
                                wish())),
                Arguments.of(
                        "half a secret",
                        "BadSecretReference",
                        CREATION + "failed to get secret reference from VolumeGroupSnapshotClass together: parameters"
                                + " csi.storage.k8s.io/group-snapshotter-secret-name and"
                                + " csi.storage.k8s.io/group-snapshotter-secret-namespace must both be set and not be"
                                + " empty",
                        objects(
                                groupClass("together")
                                        .with(
                                                Map.of("csi.storage.k8s.io/group-snapshotter-secret-name", "s"),
                                                "parameters"),
                                wish())));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refusals")
    void is_refused(String what, String word, String error, ObjectBuilder<?>[] objects) {
        GroupWorld world = new GroupWorld().with(objects);

        Outcome outcome = world.all.runGroup();

        assertThat(code(outcome)).as(what).isEqualTo(word);
        assertThat(world.all.error(world.group())).isEqualTo(error);
        assertThat(((Outcome.Waiting) outcome).about()).as("an event tells").isNotNull();
        assertThat(world.find(Kinds.GROUP_SNAPSHOT_CONTENT, GROUP_CONTENT)).isNull();
        assertThat(world.all.runGroup())
                .as("told once")
                .extracting(again -> ((Outcome.Waiting) again).about())
                .isNull();
    }

    @Test
    void what_was_wrong_is_forgotten_once_it_is_right() {
        GroupWorld world = new GroupWorld().with(wish().with("late", "spec", "volumeGroupSnapshotClassName"));
        world.all.runGroup();
        world.with(groupClass("late"));

        world.settle();

        assertThat(world.ready()).isTrue();
        assertThat(world.group().at("status", "error").present()).isFalse();
    }

    private static ObjectBuilder<?>[] objects(ObjectBuilder<?>... objects) {
        return objects;
    }
}
