package solo.snapshotter;

import static org.assertj.core.api.Assertions.assertThat;
import static solo.snapshotter.SnapshotWorld.CONTENT;
import static solo.snapshotter.SnapshotWorld.code;
import static solo.snapshotter.SnapshotWorld.snapshotClass;
import static solo.snapshotter.SnapshotWorld.wish;

import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import solo.kube.Kinds;
import solo.kube.model.Outcome;
import solo.kube.model.VolumeSnapshotClass;
import solo.simulation.ObjectBuilder;
import solo.simulation.Objects;

/** Why a snapshot gets no content: the word, the text in its status, the event; and that nothing was made. */
class RefusedSnapshotTest {
    private static final String CREATION = "Failed to create snapshot content with error ";

    static Stream<Arguments> refusals() {
        return Stream.of(
                Arguments.of(
                        "a class that is not there",
                        "ClassMissing",
                        "Failed to get snapshot class with error volumesnapshotclass.snapshot.storage.k8s.io \"gone\" not"
                                + " found",
                        objects(wish().with("gone", "spec", "volumeSnapshotClassName"))),
                Arguments.of(
                        "no class, and no default",
                        "NoDefaultClass",
                        "Failed to set default snapshot class with error cannot find default snapshot class",
                        objects(wish().without("spec", "volumeSnapshotClassName"))),
                Arguments.of(
                        "a default with another word than true",
                        "NoDefaultClass",
                        "Failed to set default snapshot class with error cannot find default snapshot class",
                        objects(
                                snapshotClass("fast").annotation(VolumeSnapshotClass.IS_DEFAULT, "True"),
                                wish().without("spec", "volumeSnapshotClassName"))),
                Arguments.of(
                        "two defaults",
                        "NoDefaultClass",
                        "Failed to set default snapshot class with error 2 default snapshot classes were found",
                        objects(
                                snapshotClass("fast").annotation(VolumeSnapshotClass.IS_DEFAULT, "true"),
                                snapshotClass("slow").annotation(VolumeSnapshotClass.IS_DEFAULT, "true"),
                                wish().without("spec", "volumeSnapshotClassName"))),
                Arguments.of(
                        "a claim that is not there",
                        "ClaimMissing",
                        CREATION
                                + "snapshot controller failed to update gone on API server: cannot get claim from snapshot",
                        objects(wish().with("gone", "spec", "source", "persistentVolumeClaimName"))),
                Arguments.of(
                        "a claim that is not bound",
                        "ClaimNotBound",
                        CREATION + "the PVC data is not yet bound to a PV, will not attempt to take a snapshot",
                        objects(Objects.claim("ns/data").uid("uid-data"), wish())),
                Arguments.of(
                        "a claim that is being deleted",
                        "ClaimDeleting",
                        CREATION + "snapshot controller failed to update data on API server: cannot add finalizer on"
                                + " claim because it is being deleted",
                        objects(
                                Objects.claim("ns/data")
                                        .uid("uid-data")
                                        .boundTo("pv")
                                        .finalizer("kubernetes.io/pvc-protection")
                                        .deleting(),
                                wish())),
                Arguments.of(
                        "a volume of another claim",
                        "VolumeOfAnother",
                        CREATION + "claim in dataSource not bound or invalid",
                        objects(Objects.volume("pv").handle("vol").claimRef("ns/data", "another-uid"), wish())),
                Arguments.of(
                        "a volume that is no CSI volume",
                        "VolumeNotCsi",
                        CREATION + "cannot find CSI PersistentVolumeSource for volume pv",
                        objects(
                                Objects.volume("pv")
                                        .claimRef("ns/data", "uid-data")
                                        .without("spec", "csi"),
                                wish())),
                Arguments.of(
                        "a class of another driver, which snapshot-controller takes (trap 16)",
                        "ClassOfAnotherDriver",
                        CREATION + "VolumeSnapshotClass fast is of driver other.csi, but volume pv is of driver"
                                + " model.csi.solo",
                        objects(snapshotClass("fast").with("other.csi", "driver"), wish())),
                Arguments.of(
                        "a reserved parameter that nobody knows, told before anything is made (trap 10)",
                        "BadParameters",
                        CREATION + "VolumeSnapshotClass fast: failed to remove CSI Parameters of prefixed keys: found"
                                + " unknown parameter key \"csi.storage.k8s.io/typo\" with reserved namespace"
                                + " csi.storage.k8s.io/",
                        objects(
                                snapshotClass("fast").with(Map.of("csi.storage.k8s.io/typo", "x"), "parameters"),
                                wish())),
                Arguments.of(
                        "half a secret",
                        "BadSecretReference",
                        CREATION + "failed to get secret reference from VolumeSnapshotClass fast: parameters"
                                + " csi.storage.k8s.io/snapshotter-secret-name and"
                                + " csi.storage.k8s.io/snapshotter-secret-namespace must both be set and not be empty",
                        objects(
                                snapshotClass("fast")
                                        .with(Map.of("csi.storage.k8s.io/snapshotter-secret-name", "s"), "parameters"),
                                wish())));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refusals")
    void is_refused(String what, String word, String error, ObjectBuilder<?>[] objects) {
        SnapshotWorld world = new SnapshotWorld().with(objects);

        Outcome outcome = world.runSnapshot();

        assertThat(code(outcome)).as(what).isEqualTo(word);
        assertThat(world.error(world.snapshot())).isEqualTo(error);
        assertThat(((Outcome.Waiting) outcome).about()).as("an event tells").isNotNull();
        assertThat(world.find(Kinds.SNAPSHOT_CONTENT, CONTENT)).isNull();
        assertThat(world.runSnapshot())
                .as("told once")
                .extracting(again -> ((Outcome.Waiting) again).about())
                .isNull();
    }

    @Test
    void the_one_default_of_the_volumes_driver_is_taken_and_written_down() {
        SnapshotWorld world = new SnapshotWorld()
                .with(
                        snapshotClass("fast").annotation(VolumeSnapshotClass.IS_DEFAULT, "true"),
                        snapshotClass("other")
                                .with("other.csi", "driver")
                                .annotation(VolumeSnapshotClass.IS_DEFAULT, "true"),
                        wish().without("spec", "volumeSnapshotClassName"));

        world.runSnapshot();

        assertThat(world.snapshot().at("spec", "volumeSnapshotClassName").text())
                .isEqualTo("fast");
        assertThat(world.content().at("spec", "volumeSnapshotClassName").text()).isEqualTo("fast");
    }

    @Test
    void what_was_wrong_is_forgotten_once_it_is_right() {
        SnapshotWorld world = new SnapshotWorld().with(wish().with("late", "spec", "volumeSnapshotClassName"));
        world.runSnapshot();
        world.with(snapshotClass("late"));

        world.settle();

        assertThat(world.snapshot().at("status", "readyToUse").flag(false)).isTrue();
        assertThat(world.snapshot().at("status", "error").present()).isFalse();
    }

    @Test
    void a_class_that_went_does_not_matter_to_a_snapshot_that_is_ready() {
        SnapshotWorld world = new SnapshotWorld().with(wish()).settle();
        world.server.remove(Kinds.SNAPSHOT_CLASS, solo.kube.model.ObjectKey.cluster("fast"));

        assertThat(world.runSnapshot()).isEqualTo(Outcome.done());
        assertThat(world.snapshot().at("status", "error").present()).isFalse();
    }

    private static ObjectBuilder<?>[] objects(ObjectBuilder<?>... objects) {
        return objects;
    }
}
