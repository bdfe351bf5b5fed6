package solo.snapshotter;

import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import solo.csi.model.ControllerCapability;
import solo.kube.Kind;
import solo.kube.Kinds;
import solo.kube.model.Json;
import solo.kube.model.ObjectKey;
import solo.kube.model.Projected;
import solo.simulation.ModelDriver;
import solo.simulation.ObjectBuilder;
import solo.simulation.Objects;
import solo.snapshotter.Snapshotter.OtherHalf;
import solo.snapshotter.model.GroupNames;
import solo.snapshotter.model.SnapshotSettings.Distribution;
import solo.snapshotter.model.SnapshottingDriver.Metadata;

/**
 * {@link SnapshotWorld} with the claims {@code ns/a} and {@code ns/b} of {@code app=db}, {@code ns/c} of {@code app=web},
 * their volumes, and the group class {@code together}.
 */
final class GroupWorld {
    static final List<String> CLAIMS = List.of("a", "b", "c");

    final SnapshotWorld all;

    GroupWorld() {
        this(OtherHalf.ELSEWHERE);
    }

    GroupWorld(OtherHalf other) {
        this(new SnapshotWorld(other));
    }

    GroupWorld(Metadata metadata, Distribution distribution) {
        this(new SnapshotWorld(
                OtherHalf.ELSEWHERE,
                EnumSet.of(ControllerCapability.CREATE_DELETE_SNAPSHOT, ControllerCapability.LIST_SNAPSHOTS),
                metadata,
                distribution));
    }

    GroupWorld(SnapshotWorld all) {
        this.all = all;
        for (String name : CLAIMS) {
            all.driver.backend().put("vol-" + name, "vol-" + name, 1L << 30);
            with(volume(name), claim(name));
        }
        with(groupClass("together"));
    }

    static ObjectBuilder<?> volume(String claim) {
        return Objects.volume("pv-" + claim)
                .handle("vol-" + claim)
                .claimRef("ns/" + claim, "uid-" + claim)
                .phase("Bound");
    }

    static ObjectBuilder<?> claim(String name) {
        return Objects.claim("ns/" + name)
                .uid("uid-" + name)
                .boundTo("pv-" + name)
                .label("app", name.equals("c") ? "web" : "db")
                .label("name", name);
    }

    static Objects.Plain groupClass(String name) {
        return Objects.of(Kinds.GROUP_SNAPSHOT_CLASS, name)
                .with(ModelDriver.NAME, "driver")
                .with("Delete", "deletionPolicy");
    }

    /** {@code ns/group} of {@code app=db}, with the class {@code together}. */
    static Objects.Plain wish() {
        return Objects.of(Kinds.GROUP_SNAPSHOT, "ns/group")
                .uid(SnapshotWorld.GROUP_UID)
                .with(Map.of("app", "db"), "spec", "source", "selector", "matchLabels")
                .with("together", "spec", "volumeGroupSnapshotClassName");
    }

    /** {@code ns/group}, to be bound to the content {@code imported}. */
    static Objects.Plain importing() {
        return Objects.of(Kinds.GROUP_SNAPSHOT, "ns/group")
                .uid(SnapshotWorld.GROUP_UID)
                .with("imported", "spec", "source", "volumeGroupSnapshotContentName");
    }

    /** The content {@code imported} of the group {@code old} of the volumes x and y, for {@code ns/group}. */
    static Objects.Plain imported() {
        return Objects.of(Kinds.GROUP_SNAPSHOT_CONTENT, "imported")
                .with(ModelDriver.NAME, "spec", "driver")
                .with("Delete", "spec", "deletionPolicy")
                .with(
                        Map.of("volumeGroupSnapshotHandle", "old", "volumeSnapshotHandles", List.of("old-x", "old-y")),
                        "spec",
                        "source",
                        "groupSnapshotHandles")
                .with(Map.of("namespace", "ns", "name", "group"), "spec", "volumeGroupSnapshotRef");
    }

    GroupWorld with(ObjectBuilder<?>... objects) {
        var _ = all.with(objects);
        return this;
    }

    GroupWorld settle() {
        var _ = all.settle();
        return this;
    }

    Json group() {
        return all.server.object(Kinds.GROUP_SNAPSHOT, SnapshotWorld.GROUP);
    }

    Json content() {
        return all.server.object(Kinds.GROUP_SNAPSHOT_CONTENT, SnapshotWorld.GROUP_CONTENT);
    }

    static ObjectKey memberKey(String claim) {
        return new ObjectKey("ns", GroupNames.member(SnapshotWorld.GROUP_UID, "vol-" + claim));
    }

    static ObjectKey memberContentKey(String claim) {
        return ObjectKey.cluster(GroupNames.memberContent(SnapshotWorld.GROUP_UID, "vol-" + claim));
    }

    Json member(String claim) {
        return all.server.object(Kinds.SNAPSHOT, memberKey(claim));
    }

    Json memberContent(String claim) {
        return all.server.object(Kinds.SNAPSHOT_CONTENT, memberContentKey(claim));
    }

    <R extends Projected> @Nullable Json find(Kind<R> kind, ObjectKey key) {
        return all.find(kind, key);
    }

    boolean ready() {
        return group().at("status", "readyToUse").flag(false);
    }

    static boolean deleting(Json object) {
        return object.at("metadata", "deletionTimestamp").present();
    }
}
