package solo.app.simulation;

import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import solo.kube.ApiException.Failure;
import solo.kube.Kinds;
import solo.kube.model.ObjectKey;
import solo.simulation.Fault;
import solo.simulation.ModelDriver;
import solo.simulation.Move;
import solo.simulation.Objects;
import solo.simulation.Users;
import solo.simulation.Verb;
import solo.simulation.World;
import solo.snapshotter.model.GroupNames;
import solo.snapshotter.model.SnapshotNames;

/**
 * What snapshot-controller elsewhere has labelled for node-a: a snapshot and a group to be taken, one of each that was
 * there before, which then goes. One write gets no answer, so the API server has to be asked.
 */
final class ContentsOfANode implements Users {

    @Override
    public void begin(World world) {
        world.backend().put("of-node-a", "of-node-a", 1L << 30);
        world.backend().putSnapshot("snapshot-of-old", "of-node-a", 1L << 30);
        world.backend().putGroup("group-of-old", "of-node-a");
        var server = world.server();
        server.add(ofDriver(Objects.of(Kinds.SNAPSHOT_CLASS, "fast")));
        server.add(ofDriver(Objects.of(Kinds.GROUP_SNAPSHOT_CLASS, "together")));
        server.add(content("taken")
                .with("fast", "spec", "volumeSnapshotClassName")
                .with("of-node-a", "spec", "source", "volumeHandle")
                .with("uid-taken", "spec", "volumeSnapshotRef", "uid"));
        server.add(content("of-old").with("snapshot-of-old", "spec", "source", "snapshotHandle"));
        server.add(groupContent("taken-together")
                .with("together", "spec", "volumeGroupSnapshotClassName")
                .with(List.of("of-node-a"), "spec", "source", "volumeHandles")
                .with("uid-taken-together", "spec", "volumeGroupSnapshotRef", "uid"));
        server.add(groupContent("of-old-together")
                .with(
                        Map.of(
                                "volumeGroupSnapshotHandle",
                                "group-of-old",
                                "volumeSnapshotHandles",
                                List.of("group-of-old-of-node-a")),
                        "spec",
                        "source",
                        "groupSnapshotHandles"));
        server.fail(Fault.refused(Verb.PATCH, Kinds.GROUP_SNAPSHOT_CONTENT, Failure.UNAVAILABLE));
    }

    private static Objects.Plain ofDriver(Objects.Plain aClass) {
        return aClass.with(ModelDriver.NAME, "driver").with("Delete", "deletionPolicy");
    }

    private static Objects.Plain content(String name) {
        return labelled(Objects.of(Kinds.SNAPSHOT_CONTENT, name).finalizer(SnapshotNames.CONTENT_BOUND))
                .with(Map.of("namespace", "ns", "name", name), "spec", "volumeSnapshotRef");
    }

    private static Objects.Plain groupContent(String name) {
        return labelled(Objects.of(Kinds.GROUP_SNAPSHOT_CONTENT, name).finalizer(GroupNames.CONTENT_BOUND))
                .with(Map.of("namespace", "ns", "name", name), "spec", "volumeGroupSnapshotRef");
    }

    private static Objects.Plain labelled(Objects.Plain content) {
        return content.label(SnapshotNames.MANAGED_BY, "node-a")
                .with(ModelDriver.NAME, "spec", "driver")
                .with("Delete", "spec", "deletionPolicy");
    }

    @Override
    public @Nullable Move next(World world, RandomGenerator random) {
        return null;
    }

    @Override
    public void leave(World world) {
        world.server().remove(Kinds.SNAPSHOT_CONTENT, ObjectKey.cluster("of-old"));
        world.server().remove(Kinds.GROUP_SNAPSHOT_CONTENT, ObjectKey.cluster("of-old-together"));
    }
}
