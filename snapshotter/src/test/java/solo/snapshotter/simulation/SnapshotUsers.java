package solo.snapshotter.simulation;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import solo.kube.Kinds;
import solo.kube.model.Json;
import solo.kube.model.ObjectKey;
import solo.simulation.ModelDriver;
import solo.simulation.Move;
import solo.simulation.ObjectBuilder;
import solo.simulation.Objects;
import solo.simulation.Users;
import solo.simulation.World;
import solo.snapshotter.model.SnapshotNames;

/**
 * Users who take, restore and delete snapshots of claims that are there already, and use names again; administrators
 * who replace classes, delete contents, and remove snapshots by force.
 */
final class SnapshotUsers implements Users {
    private static final int CLAIMS = 2;
    private static final int NAMES = 4;
    private static final List<String> CLASSES = List.of("usual", "kept");

    private int wishes;

    SnapshotUsers(int wishes) {
        this.wishes = wishes;
    }

    @Override
    public void begin(World world) {
        world.backend().snapshotting(Duration.ofSeconds(7));
        CLASSES.forEach(name -> world.server().add(snapshotClass(name)));
        for (int i = 0; i < CLAIMS; i++) {
            world.backend().put("vol-" + i, "vol-" + i, 1L << 30);
            world.server()
                    .put(Objects.volume("pv-" + i)
                            .handle("vol-" + i)
                            .reclaimPolicy("Retain")
                            .claimRef("ns/claim-" + i, "uid-" + i)
                            .phase("Bound"));
            world.server().put(Objects.claim("ns/claim-" + i).uid("uid-" + i).boundTo("pv-" + i));
        }
        world.backend().putSnapshot("imported", "a-volume-of-old", 1L << 30);
    }

    @Override
    public @Nullable Move next(World world, RandomGenerator random) {
        if (wishes == 0) {
            return null;
        }
        wishes--;
        int i = random.nextInt(NAMES);
        ObjectKey key = new ObjectKey("ns", "snap-" + i);
        Json snapshot = world.object(Kinds.SNAPSHOT, key);
        int kind = random.nextInt(12);
        if (!snapshot.present()) {
            String className = random.nextInt(3) == 0 ? null : CLASSES.get(random.nextInt(CLASSES.size()));
            int claim = random.nextInt(CLAIMS);
            return kind == 0
                    ? new Move("user imports a snapshot", key, () -> importing(world, key))
                    : new Move("user takes a snapshot", key, () -> take(world, key, claim, className));
        }
        return switch (kind) {
            case 0 -> restore(world, key);
            case 1 -> {
                String name = CLASSES.get(random.nextInt(CLASSES.size()));
                yield new Move("admin replaces class", name, () -> replace(world, name));
            }
            case 2 -> new Move("admin deletes the content", key, () -> deleteContent(world, snapshot));
            case 3 ->
                new Move(
                        "admin removes snapshot by force",
                        key,
                        () -> world.server().removeByForce(Kinds.SNAPSHOT, key));
            default ->
                new Move("user deletes snapshot", key, () -> world.server().remove(Kinds.SNAPSHOT, key));
        };
    }

    @Override
    public void calm(World world) {
        for (String name : CLASSES) {
            if (world.server().find(Kinds.SNAPSHOT_CLASS, ObjectKey.cluster(name)) == null) {
                world.server().add(snapshotClass(name));
            }
        }
        for (int i = 0; i < NAMES; i++) {
            world.server().remove(Kinds.CLAIM, new ObjectKey("ns", "restored-" + i));
        }
    }

    @Override
    public void leave(World world) {
        for (int i = 0; i < NAMES; i++) {
            world.server().remove(Kinds.SNAPSHOT, new ObjectKey("ns", "snap-" + i));
        }
    }

    private static ObjectBuilder<?> snapshotClass(String name) {
        var builder = Objects.of(Kinds.SNAPSHOT_CLASS, name)
                .with(ModelDriver.NAME, "driver")
                .with(name.equals("kept") ? "Retain" : "Delete", "deletionPolicy");
        return name.equals("usual")
                ? builder.annotation("snapshot.storage.kubernetes.io/is-default-class", "true")
                : builder;
    }

    private static void take(World world, ObjectKey key, int claim, @Nullable String className) {
        var snapshot = Objects.of(Kinds.SNAPSHOT, key.toString())
                .with("claim-" + claim, "spec", "source", "persistentVolumeClaimName");
        world.server().add(className == null ? snapshot : snapshot.with(className, "spec", "volumeSnapshotClassName"));
    }

    private static void importing(World world, ObjectKey key) {
        String content = "imported-" + key.name();
        if (world.server().find(Kinds.SNAPSHOT_CONTENT, ObjectKey.cluster(content)) == null) {
            world.server()
                    .add(Objects.of(Kinds.SNAPSHOT_CONTENT, content)
                            .label(SnapshotNames.MANAGED_BY, VolumesOnNodes.OF_IMPORTS)
                            .with(ModelDriver.NAME, "spec", "driver")
                            .with("Retain", "spec", "deletionPolicy")
                            .with("imported", "spec", "source", "snapshotHandle")
                            .with(
                                    Map.of("namespace", key.namespace(), "name", key.name()),
                                    "spec",
                                    "volumeSnapshotRef"));
        }
        world.server()
                .add(Objects.of(Kinds.SNAPSHOT, key.toString())
                        .with(content, "spec", "source", "volumeSnapshotContentName"));
    }

    private static Move restore(World world, ObjectKey snapshot) {
        ObjectKey key = new ObjectKey("ns", snapshot.name().replace("snap-", "restored-"));
        return world.server().find(Kinds.CLAIM, key) == null
                ? new Move(
                        "user restores",
                        snapshot,
                        () -> world.server().add(Objects.claim(key.toString()).fromSnapshot(snapshot.name())))
                : new Move(
                        "user gives the restore up",
                        snapshot,
                        () -> world.server().remove(Kinds.CLAIM, key));
    }

    private static void replace(World world, String name) {
        if (world.server().find(Kinds.SNAPSHOT_CLASS, ObjectKey.cluster(name)) == null) {
            world.server().add(snapshotClass(name));
        } else {
            world.server().remove(Kinds.SNAPSHOT_CLASS, ObjectKey.cluster(name));
        }
    }

    private static void deleteContent(World world, Json snapshot) {
        String name = snapshot.at("status", "boundVolumeSnapshotContentName").text("");
        if (!name.isEmpty()) {
            world.server().remove(Kinds.SNAPSHOT_CONTENT, ObjectKey.cluster(name));
        }
    }
}
