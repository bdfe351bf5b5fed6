package solo.app.explain;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

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

/** Groups of snapshots as people break them, each with the stage, the cause and who must act. */
class BrokenGroupsTest {

    private static final ObjectKey GROUP = new ObjectKey("ns", "group");
    private static final String CONTENT = "groupsnapcontent-u-group";
    private static final String ANNOTATION = "groupsnapshot.storage.kubernetes.io/";
    private static final Setup SETUP = new Setup(new SoloOptions(), AttributesClasses.SERVED);

    /** @param says a part of the sentence that names the cause */
    record SetUp(String name, Stage stage, @Nullable Actor actor, String says, List<ObjectBuilder<?>> objects) {
        @Override
        public String toString() {
            return name;
        }
    }

    static List<SetUp> broken() {
        return List.of(
                set(
                        "the class does not exist",
                        Stage.PREPARING_SNAPSHOT,
                        Actor.ADMINISTRATOR,
                        "\"together\" not found",
                        wish(),
                        claim(),
                        volume()),
                set(
                        "no claim has the labels",
                        Stage.PREPARING_SNAPSHOT,
                        Actor.USER,
                        "app=db for group snapshot not applied to any PVC",
                        wish(),
                        together()),
                set(
                        "an operator that does not exist",
                        Stage.PREPARING_SNAPSHOT,
                        Actor.USER,
                        "\"Like\" of label app",
                        wish().with(
                                        List.of(Map.of("key", "app", "operator", "Like", "values", List.of("d"))),
                                        "spec",
                                        "source",
                                        "selector",
                                        "matchExpressions"),
                        claim(),
                        volume(),
                        together()),
                set(
                        "one claim is not bound",
                        Stage.PREPARING_SNAPSHOT,
                        Actor.USER,
                        "the PVC data is not yet bound",
                        wish(),
                        Objects.claim("ns/data").uid("u-data").label("app", "db"),
                        together()),
                set(
                        "the content to import is missing",
                        Stage.WAITS_FOR_CONTENT,
                        Actor.USER,
                        "missing: imported",
                        importing()),
                set(
                        "the backend is away",
                        Stage.TAKING,
                        Actor.DRIVER,
                        "Unavailable: connection refused",
                        bound(),
                        together(),
                        node(),
                        content()
                                .with(
                                        "Failed to create group snapshot: failed to take group snapshot of the volumes"
                                                + " [vol]: \"rpc error: code = Unavailable desc = connection refused\"",
                                        "status",
                                        "error",
                                        "message")),
                nobodyKnowsTheDriver(),
                theSecretIsMissing(),
                set(
                        "its content is lost",
                        Stage.CONTENT_LOST,
                        Actor.USER,
                        "missing: " + CONTENT,
                        bound().with("2026-01-01T00:00:00Z", "status", "creationTime")),
                set(
                        "a claim is filled from a member",
                        Stage.DELETING,
                        Actor.USER,
                        "it goes once that claim is bound or deleted",
                        bound().deleting(),
                        content(),
                        member(),
                        Objects.claim("ns/restored").fromSnapshot("member")),
                set(
                        "the driver does not delete it",
                        Stage.DELETING,
                        Actor.DRIVER,
                        "is asked to delete handle",
                        bound().deleting(),
                        node(),
                        content()
                                .annotation(ANNOTATION + "volumegroupsnapshot-being-deleted", "yes")
                                .with("handle", "status", "volumeGroupSnapshotHandle")
                                .deleting()));
    }

    @ParameterizedTest
    @MethodSource("broken")
    void is_told_with_its_cause_and_who_must_act(SetUp set) throws Exception {
        Explanation told = explained(set.objects());

        assertThat(told.stage()).as(told.why()).isEqualTo(set.stage());
        assertThat(told.why()).contains(set.says());
        assertThat(told.actor()).isEqualTo(set.actor());
    }

    /** The same is told of a group and of its content. */
    private static SetUp nobodyKnowsTheDriver() {
        return set(
                "nobody knows the driver",
                Stage.TAKING,
                Actor.ADMINISTRATOR,
                "no CSIDriver object",
                bound(),
                together(),
                content());
    }

    /** The same. */
    private static SetUp theSecretIsMissing() {
        return set(
                "the secret is missing",
                Stage.PREPARING_SNAPSHOT,
                Actor.ADMINISTRATOR,
                "secrets \"keys\" not found",
                bound(),
                together(),
                content()
                        .annotation(ANNOTATION + "deletion-secret-name", "keys")
                        .annotation(ANNOTATION + "deletion-secret-namespace", "default"));
    }

    static List<SetUp> contents() {
        return List.of(
                set(
                        "the class went meanwhile",
                        Stage.PREPARING_SNAPSHOT,
                        Actor.ADMINISTRATOR,
                        "'together' not found",
                        bound(),
                        content()),
                theSecretIsMissing(),
                set(
                        "of no source",
                        Stage.PREPARING_SNAPSHOT,
                        Actor.ADMINISTRATOR,
                        "either volumes or a group snapshot",
                        bound(),
                        together(),
                        content().without("spec", "source")),
                nobodyKnowsTheDriver(),
                set(
                        "the driver has no room",
                        Stage.TAKING,
                        Actor.ADMINISTRATOR,
                        "no room for it: pool full",
                        bound(),
                        together(),
                        node(),
                        content()
                                .with(
                                        "Failed to create group snapshot: failed to take group snapshot of the volumes"
                                                + " [vol]: \"rpc error: code = ResourceExhausted desc = pool full\"",
                                        "status",
                                        "error",
                                        "message")),
                set(
                        "the driver still copies",
                        Stage.TAKEN,
                        Actor.DRIVER,
                        "still works on it",
                        bound(),
                        together(),
                        node(),
                        ready().with(false, "status", "readyToUse")),
                set(
                        "imported, and the driver has not found it yet",
                        Stage.LOOKED_UP,
                        Actor.DRIVER,
                        "is asked for its group snapshot old",
                        node(),
                        imported()),
                set(
                        "imported, and nobody asks for it",
                        Stage.AVAILABLE,
                        null,
                        "VolumeGroupSnapshot ns/group with spec.source.volumeGroupSnapshotContentName " + CONTENT,
                        node(),
                        imported().with(true, "status", "readyToUse")),
                set(
                        "deleted before its group",
                        Stage.DELETING,
                        Actor.USER,
                        "goes only with its VolumeGroupSnapshot ns/group; delete that, too",
                        bound(),
                        node(),
                        ready().deleting()),
                set(
                        "deleted with its group",
                        Stage.DELETING,
                        Actor.SOLO,
                        "VolumeGroupSnapshot is being deleted, too, and lets it go next",
                        bound().deleting(),
                        node(),
                        ready().deleting()),
                set(
                        "deleted, and its group is no more",
                        Stage.DELETING,
                        Actor.SOLO,
                        "is no more, so it may go next",
                        node(),
                        ready().deleting()),
                set(
                        "deleted, and its group is no more, but a member is",
                        Stage.DELETING,
                        Actor.KUBERNETES,
                        "once all members are deleted, too",
                        node(),
                        member(),
                        ready().deleting()),
                set(
                        "deleted in the middle of being taken",
                        Stage.DELETING,
                        Actor.DRIVER,
                        "CreateVolumeGroupSnapshot may still be under way",
                        bound().deleting(),
                        together(),
                        node(),
                        content()
                                .annotation(ANNOTATION + "volumegroupsnapshot-being-created", "yes")
                                .deleting()),
                set(
                        "the driver does not delete it",
                        Stage.DELETING,
                        Actor.DRIVER,
                        "FailedPrecondition: has clones",
                        bound().deleting(),
                        node(),
                        ready().annotation(ANNOTATION + "volumegroupsnapshot-being-deleted", "yes")
                                .deleting(),
                        new EventBuilder()
                                .with("u-content", "involvedObject", "uid")
                                .with("Warning", "type")
                                .with("GroupSnapshotDeleteError", "reason")
                                .with(
                                        "Failed to delete group snapshot: rpc error: code = FailedPrecondition desc ="
                                                + " has clones",
                                        "message")),
                set(
                        "retained",
                        Stage.LEFT_BEHIND,
                        Actor.ADMINISTRATOR,
                        "deletion policy is Retain; a new content with the handle handle",
                        node(),
                        ready().with("Retain", "spec", "deletionPolicy")),
                set(
                        "its group was removed by force",
                        Stage.LEFT_BEHIND,
                        Actor.ADMINISTRATOR,
                        "delete it, and the driver's group snapshot goes, too",
                        node(),
                        ready()),
                set("all is well", Stage.READY, null, "of group snapshot ns/group", bound(), node(), ready()));
    }

    @ParameterizedTest
    @MethodSource("contents")
    void so_it_is_for_contents(SetUp set) throws Exception {
        Explanation told =
                requireNonNull(explainer(set.objects()).content(CONTENT)).explanation();

        assertThat(told.why()).contains(set.says());
        assertThat(told.stage()).isEqualTo(set.stage());
        assertThat(told.actor()).isEqualTo(set.actor());
    }

    @Test
    void a_content_that_is_not_there_has_no_answer() throws Exception {
        assertThat(explainer(List.of(wish())).content(CONTENT)).isNull();
    }

    @Test
    void what_is_not_broken_tells_what_comes_next() throws Exception {
        Explanation told = explained(List.of(wish(), claim(), volume(), together()));

        assertThat(told.stage()).isEqualTo(Stage.PREPARING_SNAPSHOT);
        assertThat(told.actor()).isEqualTo(Actor.SOLO);
        assertThat(told.effects())
                .anyMatch(effect -> effect.startsWith("create volumegroupsnapshotcontents " + CONTENT));
    }

    private static Explanation explained(List<ObjectBuilder<?>> objects) throws ApiException, InterruptedException {
        return requireNonNull(explainer(objects).group(GROUP)).explanation();
    }

    private static GroupExplainer explainer(List<ObjectBuilder<?>> objects) {
        VirtualClock clock = new VirtualClock();
        SimulatedApiServer server = new SimulatedApiServer(clock);
        objects.forEach(server::put);
        return new GroupExplainer(new SimulatedCluster(server), clock, SETUP);
    }

    private static SetUp set(
            String name, Stage stage, @Nullable Actor actor, String says, ObjectBuilder<?>... objects) {
        return new SetUp(name, stage, actor, says, List.of(objects));
    }

    private static Plain wish() {
        return Objects.of(Kinds.GROUP_SNAPSHOT, "ns/group")
                .uid("u-group")
                .with(Map.of("app", "db"), "spec", "source", "selector", "matchLabels")
                .with("together", "spec", "volumeGroupSnapshotClassName");
    }

    private static Plain importing() {
        return Objects.of(Kinds.GROUP_SNAPSHOT, "ns/group")
                .uid("u-group")
                .with("imported", "spec", "source", "volumeGroupSnapshotContentName");
    }

    private static Plain bound() {
        return wish().finalizer(ANNOTATION + "volumegroupsnapshot-bound-protection")
                .with(CONTENT, "status", "boundVolumeGroupSnapshotContentName");
    }

    private static Plain content() {
        return Objects.of(Kinds.GROUP_SNAPSHOT_CONTENT, CONTENT)
                .uid("u-content")
                .finalizer(ANNOTATION + "volumegroupsnapshotcontent-bound-protection")
                .with(ModelDriver.NAME, "spec", "driver")
                .with("Delete", "spec", "deletionPolicy")
                .with("together", "spec", "volumeGroupSnapshotClassName")
                .with(List.of("vol"), "spec", "source", "volumeHandles")
                .with(Map.of("namespace", "ns", "name", "group", "uid", "u-group"), "spec", "volumeGroupSnapshotRef");
    }

    private static Plain ready() {
        return content().with("handle", "status", "volumeGroupSnapshotHandle").with(true, "status", "readyToUse");
    }

    /** Of the same name, for a group of the driver that nobody is bound to. */
    private static Plain imported() {
        return content()
                .without("spec", "source")
                .without("spec", "volumeGroupSnapshotClassName")
                .without("spec", "volumeGroupSnapshotRef", "uid")
                .with(
                        Map.of("volumeGroupSnapshotHandle", "old", "volumeSnapshotHandles", List.of("old-x")),
                        "spec",
                        "source",
                        "groupSnapshotHandles");
    }

    private static Plain member() {
        return Objects.of(Kinds.SNAPSHOT, "ns/member")
                .with(
                        List.of(Map.of(
                                "apiVersion",
                                "groupsnapshot.storage.k8s.io/v1",
                                "kind",
                                "VolumeGroupSnapshot",
                                "name",
                                "group",
                                "uid",
                                "u-group")),
                        "metadata",
                        "ownerReferences");
    }

    private static Plain together() {
        return Objects.of(Kinds.GROUP_SNAPSHOT_CLASS, "together")
                .with(ModelDriver.NAME, "driver")
                .with("Delete", "deletionPolicy");
    }

    private static ClaimBuilder claim() {
        return Objects.claim("ns/data")
                .uid("u-data")
                .boundTo("pv")
                .phase("Bound")
                .label("app", "db");
    }

    private static VolumeBuilder volume() {
        return Objects.volume("pv")
                .driver(ModelDriver.NAME)
                .handle("vol")
                .claimRef("ns/data", "u-data")
                .phase("Bound");
    }

    /** The driver is registered on it. */
    private static ObjectBuilder<?> node() {
        return Objects.csiNodeOf(ModelDriver.NAME, "node");
    }
}
