package solo.snapshotter;

import static org.assertj.core.api.Assertions.assertThat;
import static solo.snapshotter.SnapshotWorld.CLAIM;
import static solo.snapshotter.SnapshotWorld.CONTENT;
import static solo.snapshotter.SnapshotWorld.GROUP;
import static solo.snapshotter.SnapshotWorld.GROUP_CONTENT;
import static solo.snapshotter.SnapshotWorld.SNAPSHOT;
import static solo.snapshotter.SnapshotWorld.finalizers;
import static solo.snapshotter.SnapshotWorld.snapshotClass;
import static solo.snapshotter.SnapshotWorld.wish;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import solo.csi.Rpcs;
import solo.csi.model.Code;
import solo.kube.Kind;
import solo.kube.Kinds;
import solo.kube.model.Json;
import solo.kube.model.ObjectKey;
import solo.simulation.DriverFault;
import solo.simulation.ModelDriver;
import solo.simulation.Objects;
import solo.snapshotter.Snapshotter.OtherHalf;
import solo.snapshotter.model.GroupNames;
import solo.snapshotter.model.SnapshotNames;

/**
 * Traps 7 and 8: external-snapshotter replaces lists and maps by what its cache says. Here another writer comes between
 * our look and our write; what it adds stays, and what it takes away does not come back.
 */
class ConcurrentWritersTest {
    private static final String KEPT = "others.io/kept";
    private static final String FIRST = "others.io/first";
    private static final String SECOND = "others.io/second";
    private static final ObjectKey IMPORTED = ObjectKey.cluster("imported");
    private static final ObjectKey MEMBER = new ObjectKey("ns", "of-x");

    private final GroupWorld world = new GroupWorld();

    enum Ours {
        COMES,
        GOES
    }

    /** A write of finalizers, and how it comes to be the next one. */
    record FinalizerWrite(
            String name,
            Kind<?> kind,
            ObjectKey key,
            String finalizer,
            Ours ours,
            Consumer<GroupWorld> before,
            Consumer<SnapshotWorld> write) {

        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<FinalizerWrite> writes() {
        return Stream.of(
                new FinalizerWrite(
                        "to a snapshot",
                        Kinds.SNAPSHOT,
                        SNAPSHOT,
                        SnapshotNames.AS_SOURCE,
                        Ours.COMES,
                        world -> world.with(wish()),
                        SnapshotWorld::runSnapshot),
                new FinalizerWrite(
                        "from a snapshot",
                        Kinds.SNAPSHOT,
                        SNAPSHOT,
                        SnapshotNames.AS_SOURCE,
                        Ours.GOES,
                        world -> world.with(retaining(), wish()).settle(),
                        SnapshotWorld::runSnapshot),
                new FinalizerWrite(
                        "to a claim",
                        Kinds.CLAIM,
                        CLAIM,
                        SnapshotNames.CLAIM_AS_SOURCE,
                        Ours.COMES,
                        world -> world.with(wish()),
                        SnapshotWorld::runSnapshot),
                new FinalizerWrite(
                        "from a claim",
                        Kinds.CLAIM,
                        CLAIM,
                        SnapshotNames.CLAIM_AS_SOURCE,
                        Ours.GOES,
                        ConcurrentWritersTest::take,
                        SnapshotWorld::runClaim),
                new FinalizerWrite(
                        "to a content",
                        Kinds.SNAPSHOT_CONTENT,
                        IMPORTED,
                        SnapshotNames.CONTENT_BOUND,
                        Ours.COMES,
                        world -> world.with(
                                SnapshotWorld.imported().with(SnapshotWorld.UID, "spec", "volumeSnapshotRef", "uid")),
                        world -> world.runProtection(IMPORTED)),
                new FinalizerWrite(
                        "to a content with the binding",
                        Kinds.SNAPSHOT_CONTENT,
                        IMPORTED,
                        SnapshotNames.CONTENT_BOUND,
                        Ours.COMES,
                        world -> world.with(SnapshotWorld.imported(), SnapshotWorld.importing()),
                        SnapshotWorld::runSnapshot),
                new FinalizerWrite(
                        "from a content",
                        Kinds.SNAPSHOT_CONTENT,
                        CONTENT,
                        SnapshotNames.CONTENT_BOUND,
                        Ours.GOES,
                        ConcurrentWritersTest::retainTheContent,
                        SnapshotWorld::runContent),
                new FinalizerWrite(
                        "to a group",
                        Kinds.GROUP_SNAPSHOT,
                        GROUP,
                        GroupNames.BOUND,
                        Ours.COMES,
                        world -> world.with(GroupWorld.wish()),
                        SnapshotWorld::runGroup),
                new FinalizerWrite(
                        "from a group",
                        Kinds.GROUP_SNAPSHOT,
                        GROUP,
                        GroupNames.BOUND,
                        Ours.GOES,
                        world ->
                                world.with(retainingGroups(), GroupWorld.wish()).settle(),
                        SnapshotWorld::runGroup),
                new FinalizerWrite(
                        "to a content of a group",
                        Kinds.GROUP_SNAPSHOT_CONTENT,
                        IMPORTED,
                        GroupNames.CONTENT_BOUND,
                        Ours.COMES,
                        world -> world.with(GroupWorld.imported()
                                .with(SnapshotWorld.GROUP_UID, "spec", "volumeGroupSnapshotRef", "uid")),
                        world -> world.runGroupProtection(IMPORTED)),
                new FinalizerWrite(
                        "to a content of a group with the binding",
                        Kinds.GROUP_SNAPSHOT_CONTENT,
                        IMPORTED,
                        GroupNames.CONTENT_BOUND,
                        Ours.COMES,
                        world -> world.with(GroupWorld.imported(), GroupWorld.importing()),
                        SnapshotWorld::runGroup),
                new FinalizerWrite(
                        "from a content of a group",
                        Kinds.GROUP_SNAPSHOT_CONTENT,
                        GROUP_CONTENT,
                        GroupNames.CONTENT_BOUND,
                        Ours.GOES,
                        ConcurrentWritersTest::retainTheGroupContent,
                        SnapshotWorld::runGroupContent));
    }

    @ParameterizedTest
    @MethodSource("writes")
    void a_finalizer_that_somebody_adds_meanwhile_stays(FinalizerWrite written) {
        prepare(written);

        world.all.hold(written.kind, written.key, SECOND);
        write(written);

        assertThat(world.all.server.object(written.kind, written.key))
                .satisfies(object -> assertThat(finalizers(object)).contains(KEPT, FIRST, SECOND));
        assertThat(ours(written)).isEqualTo(written.ours == Ours.COMES);
    }

    @ParameterizedTest
    @MethodSource("writes")
    void a_finalizer_that_somebody_removes_meanwhile_does_not_come_back(FinalizerWrite written) {
        prepare(written);

        world.all.server.finalizers(
                written.kind,
                written.key,
                seen -> seen.stream().filter(one -> !one.equals(FIRST)).toList());
        write(written);

        assertThat(finalizersOf(written)).contains(KEPT).doesNotContain(FIRST);
        assertThat(ours(written)).isEqualTo(written.ours == Ours.COMES);
    }

    @Test
    void an_owner_that_somebody_adds_to_a_snapshot_without_any_stays() {
        importWithMember();
        owners(List.of());

        world.all.cluster.lag();
        owners(List.of(owner("theirs")));
        join();

        assertThat(owners()).containsExactly("theirs", "group");
    }

    @Test
    void the_group_is_no_owner_twice_where_somebody_else_joins_the_snapshot_to_it_meanwhile() {
        importWithMember();
        Map<String, String> group =
                member().at("metadata", "ownerReferences").items().getFirst().textMap();
        owners(List.of(owner("theirs")));

        world.all.cluster.lag();
        owners(List.of(owner("theirs"), group));
        join();

        assertThat(owners()).containsExactly("theirs", "group");
    }

    @Test
    void telling_that_a_content_may_go_brings_no_mark_back_and_takes_none_away() {
        world.with(wish());
        world.all.runSnapshot();
        world.all.refusing(Code.DEADLINE_EXCEEDED).runContent();
        assertThat(annotations(world.all.content())).containsKey(SnapshotNames.BEING_CREATED);
        world.all.server.remove(Kinds.SNAPSHOT, SNAPSHOT);

        world.all.cluster.lag();
        annotate(Kinds.SNAPSHOT_CONTENT, CONTENT, SnapshotNames.BEING_CREATED, null);
        annotate(Kinds.SNAPSHOT_CONTENT, CONTENT, "others.io/note", "theirs");
        world.all.runSnapshot();

        assertThat(annotations(world.all.content())).containsOnlyKeys(SnapshotNames.BEING_DELETED, "others.io/note");
    }

    @Test
    void telling_that_the_content_of_a_group_may_go_brings_no_mark_back_and_takes_none_away() {
        world.with(GroupWorld.wish());
        world.all.runGroup();
        world.all.driver.calls().plan(Rpcs.CREATE_VOLUME_GROUP_SNAPSHOT, DriverFault.refused(Code.DEADLINE_EXCEEDED));
        world.all.runGroupContent();
        assertThat(annotations(world.content())).containsKey(GroupNames.BEING_CREATED);
        world.all.server.remove(Kinds.GROUP_SNAPSHOT, GROUP);

        world.all.cluster.lag();
        annotate(Kinds.GROUP_SNAPSHOT_CONTENT, GROUP_CONTENT, GroupNames.BEING_CREATED, null);
        annotate(Kinds.GROUP_SNAPSHOT_CONTENT, GROUP_CONTENT, "others.io/note", "theirs");
        world.all.runGroup();

        assertThat(annotations(world.content())).containsOnlyKeys(GroupNames.BEING_DELETED, "others.io/note");
    }

    /** A former leader, who does not see that its follower has begun to delete the snapshot, would take another one. */
    @Test
    void nobody_asks_for_a_snapshot_who_sees_less_of_its_content_than_there_is() {
        world.with(wish());
        world.all.runSnapshot();

        world.all.cluster.lag();
        annotate(Kinds.SNAPSHOT_CONTENT, CONTENT, SnapshotNames.BEING_DELETED, "yes");
        world.all.runContent();

        assertThat(world.all.driver.calls().made(Rpcs.CREATE_SNAPSHOT)).isEmpty();
    }

    @Test
    void nor_asks_again_for_one_that_was_being_created() {
        world.with(wish());
        world.all.runSnapshot();
        world.all.refusing(Code.DEADLINE_EXCEEDED).runContent();
        world.all.driver.calls().forgetMade();

        world.all.cluster.lag();
        annotate(Kinds.SNAPSHOT_CONTENT, CONTENT, SnapshotNames.BEING_CREATED, null);
        world.all.runContent();

        assertThat(world.all.driver.calls().made(Rpcs.CREATE_SNAPSHOT)).isEmpty();
    }

    @Test
    void nobody_asks_for_a_group_who_sees_less_of_its_content_than_there_is() {
        world.with(GroupWorld.wish());
        world.all.runGroup();

        world.all.cluster.lag();
        annotate(Kinds.GROUP_SNAPSHOT_CONTENT, GROUP_CONTENT, GroupNames.BEING_DELETED, "yes");
        world.all.runGroupContent();

        assertThat(world.all.driver.calls().made(Rpcs.CREATE_VOLUME_GROUP_SNAPSHOT))
                .isEmpty();
    }

    @Test
    void nor_asks_again_for_a_group_that_was_being_created() {
        world.with(GroupWorld.wish());
        world.all.runGroup();
        world.all.driver.calls().plan(Rpcs.CREATE_VOLUME_GROUP_SNAPSHOT, DriverFault.refused(Code.DEADLINE_EXCEEDED));
        world.all.runGroupContent();
        world.all.driver.calls().forgetMade();

        world.all.cluster.lag();
        annotate(Kinds.GROUP_SNAPSHOT_CONTENT, GROUP_CONTENT, GroupNames.BEING_CREATED, null);
        world.all.runGroupContent();

        assertThat(world.all.driver.calls().made(Rpcs.CREATE_VOLUME_GROUP_SNAPSHOT))
                .isEmpty();
    }

    @Test
    void a_first_status_that_somebody_writes_meanwhile_is_not_replaced() {
        SnapshotWorld joined = new SnapshotWorld(OtherHalf.HERE).with(wish());
        joined.runSnapshot();

        joined.cluster.lag();
        told(joined, Kinds.SNAPSHOT_CONTENT, CONTENT, Map.of("snapshotHandle", "theirs", "readyToUse", true));
        joined.runContent();

        assertThat(joined.content().at("status", "snapshotHandle").text()).isEqualTo("theirs");
    }

    @Test
    void members_that_somebody_writes_beside_an_error_are_not_replaced() {
        world.with(GroupWorld.wish());
        world.all.runGroup();
        world.all.driver.calls().plan(Rpcs.CREATE_VOLUME_GROUP_SNAPSHOT, DriverFault.refused(Code.DEADLINE_EXCEEDED));
        world.all.runGroupContent();
        assertThat(world.content().at("status", "error").present()).isTrue();

        world.all.cluster.lag();
        List<?> theirs = List.of(Map.of("volumeHandle", "vol-a", "snapshotHandle", "theirs", "readyToUse", true));
        told(world.all, Kinds.GROUP_SNAPSHOT_CONTENT, GROUP_CONTENT, Map.of("volumeSnapshotInfoList", theirs));
        world.all.runGroupContent();

        assertThat(world.content().at("status", "volumeSnapshotInfoList").items())
                .extracting(one -> one.at("snapshotHandle").text())
                .containsExactly("theirs");
    }

    /** As far as Solo's next write, with finalizers of somebody else that all have seen; from here on caches lag. */
    private void prepare(FinalizerWrite written) {
        written.before.accept(world);
        world.all.hold(written.kind, written.key, KEPT);
        world.all.hold(written.kind, written.key, FIRST);
        if (written.ours == Ours.GOES && !written.kind.equals(Kinds.CLAIM)) {
            world.all.server.remove(written.kind, written.key);
        }
        assertThat(ours(written)).as("still to be written").isEqualTo(written.ours == Ours.GOES);
        world.all.cluster.lag();
    }

    /** First with caches that do not know of the other writer, then again with those that do. */
    private void write(FinalizerWrite written) {
        written.write.accept(world.all);
        world.all.cluster.catchUp();
        written.write.accept(world.all);
    }

    private boolean ours(FinalizerWrite written) {
        return finalizersOf(written).contains(written.finalizer);
    }

    private List<String> finalizersOf(FinalizerWrite written) {
        @Nullable Json object = world.find(written.kind, written.key);
        return object == null ? List.of() : finalizers(object);
    }

    private static Objects.Plain retaining() {
        return snapshotClass("fast").with("Retain", "deletionPolicy");
    }

    private static Objects.Plain retainingGroups() {
        return GroupWorld.groupClass("together").with("Retain", "deletionPolicy");
    }

    private static void take(GroupWorld world) {
        world.with(wish());
        world.all.runSnapshot();
        world.all.runContent();
        world.all.runSnapshot();
    }

    private static void retainTheContent(GroupWorld world) {
        world.with(retaining(), wish()).settle();
        world.all.server.remove(Kinds.SNAPSHOT, SNAPSHOT);
        world.settle();
    }

    private static void retainTheGroupContent(GroupWorld world) {
        world.with(retainingGroups(), GroupWorld.wish()).settle();
        world.all.server.remove(Kinds.GROUP_SNAPSHOT, GROUP);
        world.settle();
    }

    /** A group and a snapshot that were imported together. */
    private void importWithMember() {
        world.all.driver.backend().putGroup("old", "x", "y");
        world.with(
                        GroupWorld.imported(),
                        GroupWorld.importing(),
                        Objects.of(Kinds.SNAPSHOT_CONTENT, "content-x")
                                .with(ModelDriver.NAME, "spec", "driver")
                                .with("Delete", "spec", "deletionPolicy")
                                .with("old-x", "spec", "source", "snapshotHandle")
                                .with(
                                        Map.of("namespace", MEMBER.namespace(), "name", MEMBER.name()),
                                        "spec",
                                        "volumeSnapshotRef"),
                        Objects.of(Kinds.SNAPSHOT, MEMBER.toString())
                                .with("content-x", "spec", "source", "volumeSnapshotContentName"))
                .settle();
        assertThat(owners()).containsExactly("group");
    }

    private void join() {
        world.all.runMember(MEMBER);
        world.all.cluster.catchUp();
        world.all.runMember(MEMBER);
    }

    private Json member() {
        return world.all.server.object(Kinds.SNAPSHOT, MEMBER);
    }

    private List<String> owners() {
        return member().at("metadata", "ownerReferences").items().stream()
                .map(one -> one.at("name").text(""))
                .toList();
    }

    private void owners(List<Map<String, String>> owners) {
        metadata(Kinds.SNAPSHOT, MEMBER, "ownerReferences", owners);
    }

    private static Map<String, String> owner(String name) {
        return Map.of("apiVersion", "others.io/v1", "kind", "Backup", "name", name, "uid", "uid-" + name);
    }

    private static Map<String, String> annotations(Json object) {
        return object.at("metadata", "annotations").textMap();
    }

    private void annotate(Kind<?> kind, ObjectKey key, String name, @Nullable String value) {
        Map<String, String> annotations = new LinkedHashMap<>(annotations(world.all.server.object(kind, key)));
        if (value == null) {
            annotations.remove(name);
        } else {
            annotations.put(name, value);
        }
        metadata(kind, key, "annotations", annotations);
    }

    private void metadata(Kind<?> kind, ObjectKey key, String field, Object value) {
        write(world.all, kind, key, "metadata", Map.of(field, value));
    }

    /** Somebody else's half of the driver says so. */
    private static void told(SnapshotWorld world, Kind<?> kind, ObjectKey key, Map<String, ?> status) {
        write(world, kind, key, "status", status);
    }

    private static void write(SnapshotWorld world, Kind<?> kind, ObjectKey key, String part, Map<String, ?> fields) {
        world.server.edit(kind, key, tree -> {
            Map<String, Object> written = new LinkedHashMap<>();
            if (tree.get(part) instanceof Map<?, ?> before) {
                before.forEach((field, value) -> written.put((String) field, value));
            }
            written.putAll(fields);
            Map<String, Object> changed = new LinkedHashMap<>(tree);
            changed.put(part, written);
            return changed;
        });
    }
}
