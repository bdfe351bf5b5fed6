package solo.attacher.simulation;

import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import solo.kube.Kinds;
import solo.kube.model.ObjectKey;
import solo.simulation.Move;
import solo.simulation.Objects;
import solo.simulation.Users;
import solo.simulation.World;

/**
 * Users who run pods on volumes that are there already, drivers that come and go on nodes, and administrators who
 * delete volumes, some of them by force.
 */
final class PodUsers implements Users {
    private static final int VOLUMES = 4;
    private static final List<String> NODES = List.of("node-a", "node-b");

    private int wishes;
    private int madeAnew;

    PodUsers(int wishes) {
        this.wishes = wishes;
    }

    @Override
    public void begin(World world) {
        for (String node : NODES) {
            world.server().add(Objects.node(node));
            world.server().add(Objects.csiNode(node));
        }
        for (int i = 0; i < VOLUMES; i++) {
            make(world, i);
        }
    }

    @Override
    public @Nullable Move next(World world, RandomGenerator random) {
        if (wishes == 0) {
            return null;
        }
        wishes--;
        int i = random.nextInt(VOLUMES);
        ObjectKey pod = new ObjectKey("ns", "pod-" + i);
        ObjectKey volume = ObjectKey.cluster("pv-" + i);
        String node = NODES.get(random.nextInt(NODES.size()));
        boolean running = world.server().find(Kinds.POD, pod) != null;
        return switch (random.nextInt(12)) {
            case 0 -> driverOn(world, node);
            case 1 ->
                new Move("admin deletes volume", volume, () -> world.server().remove(Kinds.VOLUME, volume));
            case 2 ->
                new Move(
                        "admin removes volume by force",
                        volume,
                        () -> world.server().removeByForce(Kinds.VOLUME, volume));
            case 3 -> new Move("volume is made anew", volume, () -> makeAnew(world, i));
            default ->
                running
                        ? new Move("user ends pod", pod, () -> world.server().remove(Kinds.POD, pod))
                        : new Move(
                                "user runs pod",
                                pod,
                                () -> world.server().add(Objects.pod("ns/pod-" + i, "claim-" + i)));
        };
    }

    @Override
    public void calm(World world) {
        NODES.forEach(node -> world.server().put(Objects.csiNode(node)));
        for (int i = 0; i < VOLUMES; i++) {
            makeAnew(world, i);
        }
    }

    @Override
    public void leave(World world) {
        for (int i = 0; i < VOLUMES; i++) {
            world.server().remove(Kinds.POD, new ObjectKey("ns", "pod-" + i));
            world.server().remove(Kinds.CLAIM, new ObjectKey("ns", "claim-" + i));
            world.server().remove(Kinds.VOLUME, ObjectKey.cluster("pv-" + i));
        }
    }

    private static Move driverOn(World world, String node) {
        ObjectKey key = ObjectKey.cluster(node);
        return world.server().find(Kinds.CSI_NODE, key) == null
                ? new Move("driver registers on", node, () -> world.server().add(Objects.csiNode(node)))
                : new Move("driver leaves", node, () -> world.server().remove(Kinds.CSI_NODE, key));
    }

    private void makeAnew(World world, int i) {
        if (world.server().find(Kinds.VOLUME, ObjectKey.cluster("pv-" + i)) == null) {
            madeAnew++;
            make(world, i);
        }
    }

    // A volume made anew has another handle under the same name.
    private void make(World world, int i) {
        String handle = "vol-" + i + (madeAnew == 0 ? "" : "-" + madeAnew);
        world.backend().put(handle, handle, 1L << 30);
        world.server()
                .put(Objects.volume("pv-" + i)
                        .handle(handle)
                        .reclaimPolicy("Retain")
                        .finalizer("kubernetes.io/pv-protection")
                        .claimRef("ns/claim-" + i, "uid-" + i)
                        .phase("Bound"));
        world.server()
                .put(Objects.claim("ns/claim-" + i)
                        .uid("uid-" + i)
                        .with("pv-" + i, "spec", "volumeName")
                        .annotation("pv.kubernetes.io/bind-completed", "yes")
                        .phase("Bound"));
    }
}
