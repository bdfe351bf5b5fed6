package solo.simulation;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import solo.kube.Kinds;
import solo.kube.model.Json;
import solo.kube.model.ObjectKey;

/** Users who claim volumes of a few classes, run pods on them, use names again, and edit classes under way. */
public final class ClaimUsers implements Users {

    private static final int NAMES = 4;

    private final Map<String, StorageClassBuilder> classes = new LinkedHashMap<>();
    private final List<String> nodes;
    private boolean editing;
    private boolean copying;
    private int wishes;

    /** {@code wishes}: how often they do something. */
    public ClaimUsers(int wishes, List<String> nodes, StorageClassBuilder... classes) {
        this.wishes = wishes;
        this.nodes = List.copyOf(nodes);
        for (StorageClassBuilder one : classes) {
            this.classes.put(SimulatedApiServer.keyOf(one.build()).name(), one);
        }
    }

    /** Twenty wishes, two nodes; classes fast (Immediate), late (WaitForFirstConsumer) and kept (Retain). */
    public static ClaimUsers usual() {
        return new ClaimUsers(
                20,
                List.of("node-a", "node-b"),
                Objects.storageClass("fast"),
                Objects.storageClass("late").waitForFirstConsumer(),
                Objects.storageClass("kept").reclaimPolicy("Retain"));
    }

    /**
     * Classes come back with other parameters. A volume that was asked for by the old ones cannot be asked for by the new
     * ones: the driver says ALREADY_EXISTS, for ever.
     */
    public ClaimUsers editingClasses() {
        editing = true;
        return this;
    }

    /** Some claims are to be filled from other claims, or from the snapshot {@code ns/snapshot}. */
    public ClaimUsers copying() {
        copying = true;
        return this;
    }

    @Override
    public void begin(World world) {
        if (copying) {
            world.backend().putSnapshot("snapshot-handle", "a-volume-of-old", 1L << 30);
            world.server().put(Objects.snapshot("ns/snapshot"));
            world.server().put(Objects.contentOf("ns/snapshot", "snapshot-handle"));
        }
        classes.values().forEach(world.server()::add);
        for (String node : nodes) {
            world.server().add(Objects.node(node).label("zone", node));
            world.server().add(Objects.csiNode(node, "zone"));
        }
    }

    @Override
    public @Nullable Move next(World world, RandomGenerator random) {
        if (wishes == 0) {
            return null;
        }
        wishes--;
        String name = "claim-" + random.nextInt(NAMES);
        ObjectKey key = new ObjectKey("ns", name);
        Json claim = world.object(Kinds.CLAIM, key);
        ObjectKey pod = new ObjectKey("ns", "pod-" + name);
        boolean running = world.server().find(Objects.POD, pod) != null;
        int kind = random.nextInt(10);
        if (!claim.present()) {
            String className = List.copyOf(classes.keySet()).get(random.nextInt(classes.size()));
            ClaimBuilder wish = Objects.claim("ns/" + name).storageClass(className);
            if (copying) {
                switch (random.nextInt(3)) {
                    case 0 -> wish.fromSnapshot("snapshot");
                    case 1 -> wish.fromClaim("claim-" + random.nextInt(NAMES));
                    default -> {}
                }
            }
            return new Move(
                    "user claims " + className, key, () -> world.server().add(wish));
        }
        if (kind < 4) {
            return running
                    ? new Move("user ends pod", pod, () -> world.server().remove(Objects.POD, pod))
                    : new Move("user runs pod", pod, () -> world.server().add(Objects.pod("ns/pod-" + name, name)));
        }
        if (kind < 8) {
            return new Move("user deletes claim", key, () -> world.server().remove(Kinds.CLAIM, key));
        }
        String className = List.copyOf(classes.keySet()).get(random.nextInt(classes.size()));
        return new Move("admin replaces class", className, () -> replace(world, className));
    }

    @Override
    public void leave(World world) {
        for (Json pod : world.server().objects(Objects.POD)) {
            world.server().remove(Objects.POD, KubernetesObjects.key(pod));
        }
        for (Json claim : world.server().objects(Kinds.CLAIM)) {
            world.server().remove(Kinds.CLAIM, KubernetesObjects.key(claim));
        }
        for (Json snapshot : world.server().objects(Kinds.SNAPSHOT)) {
            world.server().remove(Kinds.SNAPSHOT, KubernetesObjects.key(snapshot));
        }
    }

    /** A class cannot be changed, only deleted and made anew. */
    private void replace(World world, String name) {
        world.server().remove(Kinds.STORAGE_CLASS, ObjectKey.cluster(name));
        StorageClassBuilder builder = classes.get(name);
        if (builder != null) {
            world.server().add(editing ? builder.parameter("edition", "e" + wishes) : builder);
        }
    }
}
