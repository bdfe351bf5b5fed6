package solo.app.simulation;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import solo.kube.Kind;
import solo.kube.Kinds;
import solo.kube.model.Json;
import solo.kube.model.ObjectKey;
import solo.kube.model.Quantity;
import solo.simulation.ModelDriver;
import solo.simulation.Move;
import solo.simulation.Objects;
import solo.simulation.Users;
import solo.simulation.World;

/**
 * Users who claim volumes, take snapshots of them alone and in groups, claim volumes from those, and delete all of it in
 * any order.
 */
final class RestoringUsers implements Users {
    private static final int NAMES = 3;
    private static final List<String> SIZES = List.of("2Gi", "3Gi", "5Gi");
    private static final String MORE_THAN_ANY_SOURCE = "9Gi";

    private int wishes;

    RestoringUsers(int wishes) {
        this.wishes = wishes;
    }

    @Override
    public void begin(World world) {
        world.backend().snapshotting(Duration.ofSeconds(5));
        world.server().add(Objects.storageClass("fast"));
        world.server()
                .add(Objects.of(Kinds.SNAPSHOT_CLASS, "usual")
                        .with(ModelDriver.NAME, "driver")
                        .with("Delete", "deletionPolicy"));
        world.server()
                .add(Objects.of(Kinds.GROUP_SNAPSHOT_CLASS, "together")
                        .with(ModelDriver.NAME, "driver")
                        .with("Delete", "deletionPolicy"));
        world.server().add(Objects.node("node"));
        world.server().add(Objects.csiNode("node"));
    }

    @Override
    public @Nullable Move next(World world, RandomGenerator random) {
        if (wishes == 0) {
            return null;
        }
        wishes--;
        int i = random.nextInt(NAMES);
        int of = random.nextInt(NAMES);
        return switch (random.nextInt(4)) {
            case 3 ->
                toggle(
                        world,
                        random,
                        Kinds.GROUP_SNAPSHOT,
                        "group",
                        () -> world.server()
                                .add(Objects.of(Kinds.GROUP_SNAPSHOT, "ns/group")
                                        .with(Map.of("app", "db"), "spec", "source", "selector", "matchLabels")
                                        .with("together", "spec", "volumeGroupSnapshotClassName")));
            case 0 ->
                toggle(
                        world,
                        random,
                        Kinds.CLAIM,
                        "claim-" + i,
                        () -> world.server()
                                .add(Objects.claim("ns/claim-" + i)
                                        .storageClass("fast")
                                        .label("app", "db")));
            case 1 ->
                toggle(
                        world,
                        random,
                        Kinds.SNAPSHOT,
                        "snap-" + i,
                        () -> world.server()
                                .add(Objects.of(Kinds.SNAPSHOT, "ns/snap-" + i)
                                        .with("claim-" + of, "spec", "source", "persistentVolumeClaimName")
                                        .with("usual", "spec", "volumeSnapshotClassName")));
            default ->
                toggle(
                        world,
                        random,
                        Kinds.CLAIM,
                        "restored-" + i,
                        () -> world.server()
                                .add(Objects.claim("ns/restored-" + i)
                                        .storageClass("fast")
                                        .size(MORE_THAN_ANY_SOURCE)
                                        .fromSnapshot("snap-" + of)));
        };
    }

    /** Makes what is not there; what is there is deleted one time in three, and a bound claim may be made to grow. */
    private static Move toggle(World world, RandomGenerator random, Kind<?> kind, String name, Runnable making) {
        ObjectKey key = new ObjectKey("ns", name);
        if (world.server().find(kind, key) == null) {
            return new Move("user makes", key, making);
        }
        return switch (random.nextInt(3)) {
            case 0 -> new Move("user deletes", key, () -> world.server().remove(kind, key));
            case 1 ->
                new Move("user grows", key, () -> grow(world, kind, key, SIZES.get(random.nextInt(SIZES.size()))));
            default -> new Move("user waits", key, () -> {});
        };
    }

    private static void grow(World world, Kind<?> kind, ObjectKey key, String size) {
        Json object = world.object(kind, key);
        Quantity wanted = Quantity.parse(size);
        if (object.at("status", "phase").text("").equals("Bound")
                && wanted != null
                && wanted.bytes() > Sizes.wanted(object)) {
            LivingUsers.set(world, key, size, "spec", "resources", "requests", "storage");
        }
    }

    /** A claim and the snapshot it is to be filled from wait for each other once the snapshot is being deleted. */
    @Override
    public void calm(World world) {
        for (int i = 0; i < NAMES; i++) {
            ObjectKey key = new ObjectKey("ns", "restored-" + i);
            String source = world.object(Kinds.CLAIM, key)
                    .at("spec", "dataSource", "name")
                    .text("");
            if (world.object(Kinds.SNAPSHOT, new ObjectKey("ns", source))
                    .at("metadata", "deletionTimestamp")
                    .present()) {
                world.server().remove(Kinds.CLAIM, key);
            }
        }
        // A group keeps no claims: the driver refuses it for ever once a volume is gone, and only its user can end
        // that.
        ObjectKey group = new ObjectKey("ns", "group");
        if (!world.object(Kinds.GROUP_SNAPSHOT, group)
                .at("status", "readyToUse")
                .flag(false)) {
            world.server().remove(Kinds.GROUP_SNAPSHOT, group);
        }
    }

    @Override
    public void leave(World world) {
        world.server().remove(Kinds.GROUP_SNAPSHOT, new ObjectKey("ns", "group"));
        for (int i = 0; i < NAMES; i++) {
            world.server().remove(Kinds.CLAIM, new ObjectKey("ns", "restored-" + i));
            world.server().remove(Kinds.SNAPSHOT, new ObjectKey("ns", "snap-" + i));
            world.server().remove(Kinds.CLAIM, new ObjectKey("ns", "claim-" + i));
        }
    }
}
