package solo.app.explain;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import solo.app.options.SoloOptions;
import solo.kube.ApiException;
import solo.kube.Kinds;
import solo.kube.model.Actor;
import solo.kube.model.ObjectKey;
import solo.resizer.ResizerOptions.AttributesClasses;
import solo.simulation.ClaimBuilder;
import solo.simulation.ModelDriver;
import solo.simulation.ObjectBuilder;
import solo.simulation.Objects;
import solo.simulation.Objects.Plain;
import solo.simulation.SimulatedApiServer;
import solo.simulation.SimulatedCluster;
import solo.simulation.VirtualClock;
import solo.simulation.VolumeBuilder;

/** Snapshots as people break them, each with the stage, the cause and who must act. */
class BrokenSnapshotsTest {

    private static final String DRIVER = ModelDriver.NAME;
    private static final ObjectKey SNAPSHOT = new ObjectKey("ns", "snap");
    private static final String CONTENT = "snapcontent-u-snap";
    private static final String ANNOTATION = "snapshot.storage.kubernetes.io/";
    private static final String BOUND = ANNOTATION + "volumesnapshotcontent-bound-protection";
    private static final Setup SETUP = new Setup(new SoloOptions(), AttributesClasses.SERVED);

    /** @param says a part of the sentence that names the cause */
    record SetUp(String name, Stage stage, @Nullable Actor actor, String says, List<ObjectBuilder<?>> objects) {
        SetUp with(ObjectBuilder<?>... objects) {
            return new SetUp(name, stage, actor, says, List.of(objects));
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static List<SetUp> notTaken() {
        return List.of(
                set("the class does not exist", Stage.PREPARING_SNAPSHOT, Actor.ADMINISTRATOR, "\"fast\" not found")
                        .with(wish(), claim(), volume()),
                set("no class and no default", Stage.PREPARING_SNAPSHOT, Actor.ADMINISTRATOR, "cannot find default")
                        .with(wish().without("spec", "volumeSnapshotClassName"), claim(), volume(), fast()),
                set("two defaults", Stage.PREPARING_SNAPSHOT, Actor.ADMINISTRATOR, "2 default snapshot classes")
                        .with(
                                wish().without("spec", "volumeSnapshotClassName"),
                                claim(),
                                volume(),
                                byDefault("one"),
                                byDefault("two")),
                set("no class and no claim", Stage.PREPARING_SNAPSHOT, Actor.USER, "cannot get claim")
                        .with(wish().without("spec", "volumeSnapshotClassName"), byDefault("one")),
                set("the class of another driver", Stage.PREPARING_SNAPSHOT, Actor.ADMINISTRATOR, "other.example.org")
                        .with(wish(), claim(), volume(), fast().with("other.example.org", "driver")),
                set("a parameter of the reserved kind", Stage.PREPARING_SNAPSHOT, Actor.ADMINISTRATOR, "nonsense")
                        .with(wish(), claim(), volume(), fast().with("x", "parameters", "csi.storage.k8s.io/nonsense")),
                set(
                                "the claim does not exist",
                                Stage.PREPARING_SNAPSHOT,
                                Actor.USER,
                                "no PersistentVolumeClaim ns/data")
                        .with(wish(), fast()),
                set("the claim is not bound", Stage.PREPARING_SNAPSHOT, Actor.USER, "not yet bound to a PV")
                        .with(wish(), Objects.claim("ns/data").uid("u-data"), fast()),
                set("the claim is being deleted", Stage.PREPARING_SNAPSHOT, Actor.USER, "is being deleted")
                        .with(
                                wish(),
                                claim().finalizer("kubernetes.io/pvc-protection")
                                        .deleting(),
                                volume(),
                                fast()),
                set("the volume is none of CSI", Stage.PREPARING_SNAPSHOT, Actor.USER, "cannot find CSI")
                        .with(wish(), claim(), volume().without("spec", "csi"), fast()),
                set("a claim and a content at once", Stage.PREPARING_SNAPSHOT, Actor.USER, "Exactly one of")
                        .with(wish().with("imported", "spec", "source", "volumeSnapshotContentName")),
                set("the content to import is missing", Stage.WAITS_FOR_CONTENT, Actor.USER, "missing: imported")
                        .with(importing()),
                set("the content is another's", Stage.WAITS_FOR_CONTENT, Actor.USER, "bound to a different snapshot")
                        .with(importing(), imported().with("other", "spec", "volumeSnapshotRef", "name")),
                set("the content is to be taken", Stage.WAITS_FOR_CONTENT, Actor.USER, "is dynamically provisioned")
                        .with(
                                importing(),
                                imported().without("spec", "source").with("vol", "spec", "source", "volumeHandle")),
                set(
                                "the secret is missing",
                                Stage.PREPARING_SNAPSHOT,
                                Actor.ADMINISTRATOR,
                                "secrets \"keys\" not found")
                        .with(
                                wish(),
                                claim(),
                                volume(),
                                fast(),
                                content()
                                        .annotation(ANNOTATION + "deletion-secret-name", "keys")
                                        .annotation(ANNOTATION + "deletion-secret-namespace", "default")),
                set("the class went meanwhile", Stage.PREPARING_SNAPSHOT, Actor.ADMINISTRATOR, "'fast' not found")
                        .with(wish(), claim(), volume(), content()),
                set(
                                "the driver refuses a parameter",
                                Stage.TAKING,
                                Actor.ADMINISTRATOR,
                                "asks for: unknown parameter x")
                        .with(wish(), fast(), node(), refused("InvalidArgument", "unknown parameter x")),
                set("the backend is away", Stage.TAKING, Actor.DRIVER, "Unavailable: connection refused")
                        .with(wish(), fast(), node(), refused("Unavailable", "connection refused")),
                set("nobody knows the driver", Stage.TAKING, Actor.ADMINISTRATOR, "no CSIDriver object")
                        .with(wish(), fast(), content()),
                set("the driver still copies", Stage.TAKEN, Actor.DRIVER, "still works on it")
                        .with(
                                wish(),
                                fast(),
                                node(),
                                content()
                                        .with("handle", "status", "snapshotHandle")
                                        .with(false, "status", "readyToUse")),
                set(
                                "the driver has no such snapshot",
                                Stage.LOOKED_UP,
                                Actor.ADMINISTRATOR,
                                "mend the content's handle")
                        .with(
                                importing(),
                                node(),
                                boundImport()
                                        .with(
                                                "Failed to check and update snapshot content: can not find snapshot for"
                                                        + " snapshotID handle",
                                                "status",
                                                "error",
                                                "message")));
    }

    static List<SetUp> taken() {
        return List.of(
                set("all is well", Stage.READY, null, "bound to content " + CONTENT)
                        .with(bound(), node(), ready()),
                set("its content was removed by force", Stage.CONTENT_LOST, Actor.USER, "missing: " + CONTENT)
                        .with(
                                bound().with("2026-01-01T00:00:00Z", "status", "creationTime"),
                                claim(),
                                volume(),
                                fast()),
                set("deleted while a claim is filled from it", Stage.DELETING, Actor.USER, "restore a PVC: ns/copy")
                        .with(
                                bound().deleting(),
                                ready(),
                                Objects.claim("ns/copy").fromSnapshot("snap").phase("Pending")),
                set("the driver does not delete it", Stage.DELETING, Actor.DRIVER, "FailedPrecondition: has clones")
                        .with(
                                bound().deleting(),
                                node(),
                                ready().deleting(),
                                new EventBuilder()
                                        .with("u-content", "involvedObject", "uid")
                                        .with("Warning", "type")
                                        .with("SnapshotDeleteError", "reason")
                                        .with(
                                                "Failed to delete snapshot: rpc error: code = FailedPrecondition"
                                                        + " desc = has clones",
                                                "message")),
                set("the driver that has it is gone", Stage.DELETING, Actor.ADMINISTRATOR, "no CSIDriver object")
                        .with(bound().deleting(), ready().deleting()),
                set("somebody else holds it", Stage.DELETING, Actor.KUBERNETES, "example.org/backup")
                        .with(bound().without("metadata", "finalizers")
                                .finalizer("example.org/backup")
                                .deleting()));
    }

    @ParameterizedTest
    @MethodSource({"notTaken", "taken"})
    void the_cause_is_named_and_who_must_act(SetUp set) throws ApiException, InterruptedException {
        is(set, snapshot(set.objects()));
    }

    static List<SetUp> contents() {
        return List.of(
                set(
                                "deleted before its snapshot",
                                Stage.DELETING,
                                Actor.USER,
                                "goes only with its VolumeSnapshot ns/snap")
                        .with(bound(), node(), ready().deleting()),
                set("deleted before it was ready", Stage.DELETING, Actor.USER, "goes only with its VolumeSnapshot")
                        .with(
                                bound(),
                                fast(),
                                node(),
                                ready().with(false, "status", "readyToUse").deleting()),
                set("deleted with its snapshot", Stage.DELETING, Actor.SOLO, "lets it go next")
                        .with(
                                bound().deleting(),
                                node(),
                                ready().with(false, "status", "readyToUse").deleting()),
                set("deleted, and its snapshot is no more", Stage.DELETING, Actor.SOLO, "is no more")
                        .with(node(), ready().deleting()),
                set("deleted in the middle of being taken", Stage.DELETING, Actor.DRIVER, "may still be under way")
                        .with(
                                bound().deleting(),
                                node(),
                                fast(),
                                content()
                                        .annotation(ANNOTATION + "volumesnapshot-being-created", "yes")
                                        .deleting()),
                set("of no source", Stage.PREPARING_SNAPSHOT, Actor.ADMINISTRATOR, "either a volume or a snapshot")
                        .with(bound(), node(), content().without("spec", "source")),
                set("retained", Stage.LEFT_BEHIND, Actor.ADMINISTRATOR, "deletion policy is Retain")
                        .with(node(), ready().with("Retain", "spec", "deletionPolicy")),
                set(
                                "its snapshot was removed by force",
                                Stage.LEFT_BEHIND,
                                Actor.ADMINISTRATOR,
                                "nobody deletes a content")
                        .with(node(), ready()),
                set("imported, and nobody asks for it", Stage.AVAILABLE, null, "no snapshot is bound to it")
                        .with(node(), ready().without("spec", "volumeSnapshotRef", "uid")),
                set("all is well", Stage.READY, null, "of snapshot ns/snap").with(bound(), node(), ready()));
    }

    @ParameterizedTest
    @MethodSource("contents")
    void so_it_is_for_contents(SetUp set) throws ApiException, InterruptedException {
        is(set, requireNonNull(explainer(set.objects()).content(CONTENT)).explanation());
    }

    private static void is(SetUp set, Explanation told) {
        assertThat(told.why()).contains(set.says());
        assertThat(told.stage()).isEqualTo(set.stage());
        assertThat(told.actor()).isEqualTo(set.actor());
    }

    @Test
    void the_next_effects_of_a_new_snapshot_are_its_finalizers_and_its_content()
            throws ApiException, InterruptedException {
        Explanation told = snapshot(List.of(wish(), claim(), volume(), fast(), node()));
        assertThat(told.stage()).isEqualTo(Stage.PREPARING_SNAPSHOT);
        assertThat(told.actor()).isEqualTo(Actor.SOLO);
        assertThat(told.effects()).hasSize(4);
        assertThat(told.effects().getFirst()).startsWith("patch volumesnapshots ns/snap");
        assertThat(told.effects().get(1)).startsWith("patch persistentvolumeclaims ns/data");
        assertThat(told.effects().get(2)).startsWith("create volumesnapshotcontents " + CONTENT);
    }

    @Test
    void the_next_effect_of_a_content_is_the_driver_call_with_its_secrets_blanked()
            throws ApiException, InterruptedException {
        Explanation told = snapshot(List.of(
                wish(),
                fast().with("gold", "parameters", "tier"),
                content()
                        .annotation(ANNOTATION + "deletion-secret-name", "keys")
                        .annotation(ANNOTATION + "deletion-secret-namespace", "default"),
                Objects.secret("default/keys", Map.of("password", "hunter2")),
                node()));
        assertThat(told.stage()).isEqualTo(Stage.TAKING);
        assertThat(told.effects())
                .last()
                .asString()
                .startsWith("call CreateSnapshot ")
                .contains("\"name\":\"snapshot-u-snap\"", "\"tier\":\"gold\"", "***stripped***")
                .doesNotContain("hunter2");
    }

    @Test
    void a_deleted_snapshot_shows_what_becomes_of_its_content() throws ApiException, InterruptedException {
        Explanation told = snapshot(List.of(bound().deleting(), node(), ready()));
        assertThat(told.stage()).isEqualTo(Stage.DELETING);
        assertThat(told.actor()).isEqualTo(Actor.SOLO);
        assertThat(told.effects()).first().asString().startsWith("delete volumesnapshotcontents " + CONTENT);
    }

    @Test
    void an_explanation_changes_nothing() throws ApiException, InterruptedException {
        VirtualClock clock = new VirtualClock();
        SimulatedApiServer server = new SimulatedApiServer(clock);
        List.of(wish(), claim(), volume(), fast(), node()).forEach(server::put);
        long before = server.revision();
        SnapshotExplainer explainer = new SnapshotExplainer(new SimulatedCluster(server), clock, SETUP);
        var first = explainer.snapshot(SNAPSHOT);
        assertThat(explainer.snapshot(SNAPSHOT)).isEqualTo(first);
        assertThat(server.revision()).isEqualTo(before);
    }

    @Test
    void what_is_not_there_is_not_explained() throws ApiException, InterruptedException {
        assertThat(explainer(List.of()).snapshot(SNAPSHOT)).isNull();
        assertThat(explainer(List.of()).content(CONTENT)).isNull();
    }

    private static Explanation snapshot(List<? extends ObjectBuilder<?>> objects)
            throws ApiException, InterruptedException {
        return requireNonNull(explainer(objects).snapshot(SNAPSHOT)).explanation();
    }

    private static SnapshotExplainer explainer(List<? extends ObjectBuilder<?>> objects) {
        VirtualClock clock = new VirtualClock();
        SimulatedApiServer server = new SimulatedApiServer(clock);
        objects.forEach(server::put);
        // Long enough that nobody waits for a driver that may answer at once.
        clock.advance(Duration.ofMinutes(1));
        return new SnapshotExplainer(new SimulatedCluster(server), clock, SETUP);
    }

    private static SetUp set(String name, Stage stage, @Nullable Actor actor, String says) {
        return new SetUp(name, stage, actor, says, List.of());
    }

    private static Plain wish() {
        return Objects.of(Kinds.SNAPSHOT, "ns/snap")
                .uid("u-snap")
                .with("data", "spec", "source", "persistentVolumeClaimName")
                .with("fast", "spec", "volumeSnapshotClassName");
    }

    private static Plain importing() {
        return Objects.of(Kinds.SNAPSHOT, "ns/snap")
                .uid("u-snap")
                .with("imported", "spec", "source", "volumeSnapshotContentName");
    }

    /** As it is once it was taken. */
    private static Plain bound() {
        return wish().finalizer(ANNOTATION + "volumesnapshot-as-source-protection")
                .finalizer(ANNOTATION + "volumesnapshot-bound-protection")
                .with(CONTENT, "status", "boundVolumeSnapshotContentName")
                .with(true, "status", "readyToUse");
    }

    private static Plain content() {
        return ofSnapshot(CONTENT)
                .uid("u-content")
                .finalizer(BOUND)
                .with("fast", "spec", "volumeSnapshotClassName")
                .with("vol", "spec", "source", "volumeHandle")
                .with("u-snap", "spec", "volumeSnapshotRef", "uid");
    }

    private static Plain ready() {
        return content().with("handle", "status", "snapshotHandle").with(true, "status", "readyToUse");
    }

    /** After an attempt of which the driver said this. */
    private static Plain refused(String code, String message) {
        return content()
                .with(false, "status", "readyToUse")
                .with(
                        "Failed to create snapshot: failed to take snapshot of the volume vol: \"rpc error: code = "
                                + code + " desc = " + message + "\"",
                        "status",
                        "error",
                        "message");
    }

    private static Plain imported() {
        return ofSnapshot("imported").with("handle", "spec", "source", "snapshotHandle");
    }

    private static Plain boundImport() {
        return imported().finalizer(BOUND).with("u-snap", "spec", "volumeSnapshotRef", "uid");
    }

    private static Plain ofSnapshot(String name) {
        return Objects.of(Kinds.SNAPSHOT_CONTENT, name)
                .with(DRIVER, "spec", "driver")
                .with("Delete", "spec", "deletionPolicy")
                .with("ns", "spec", "volumeSnapshotRef", "namespace")
                .with("snap", "spec", "volumeSnapshotRef", "name");
    }

    private static Plain fast() {
        return Objects.of(Kinds.SNAPSHOT_CLASS, "fast").with(DRIVER, "driver").with("Delete", "deletionPolicy");
    }

    private static Plain byDefault(String name) {
        return Objects.of(Kinds.SNAPSHOT_CLASS, name)
                .with(DRIVER, "driver")
                .with("Delete", "deletionPolicy")
                .annotation(ANNOTATION + "is-default-class", "true");
    }

    private static ClaimBuilder claim() {
        return Objects.claim("ns/data").uid("u-data").boundTo("pv").phase("Bound");
    }

    private static VolumeBuilder volume() {
        return Objects.volume("pv")
                .driver(DRIVER)
                .handle("vol")
                .claimRef("ns/data", "u-data")
                .phase("Bound");
    }

    /** The driver is registered on it. */
    private static ObjectBuilder<?> node() {
        return Objects.csiNodeOf(DRIVER, "node");
    }
}
