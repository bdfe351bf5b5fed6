package solo.resizer.simulation;

import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import solo.kube.Kinds;
import solo.kube.model.Json;
import solo.kube.model.ObjectKey;
import solo.simulation.Move;
import solo.simulation.Objects;
import solo.simulation.Users;
import solo.simulation.World;

/**
 * Users who want more, then less, then other attributes; administrators who make classes late or take them away. Sizes
 * go down only to what a claim already has, as the API server allows.
 */
final class GrowingUsers implements Users {
    private static final List<String> CLASSES = List.of("gold", "silver", "bronze");

    private int wishes;

    GrowingUsers(int wishes) {
        this.wishes = wishes;
    }

    @Override
    public void begin(World world) {
        for (int i = 0; i < Claims.COUNT; i++) {
            String handle = "vol-" + i;
            world.backend().put(handle, handle, 1L << 30);
            world.server()
                    .put(Objects.volume("pv-" + i)
                            .handle(handle)
                            .size("1Gi")
                            .reclaimPolicy("Retain")
                            .claimRef("ns/claim-" + i, "uid-" + i)
                            .phase("Bound"));
            world.server()
                    .put(Objects.claim("ns/claim-" + i)
                            .uid("uid-" + i)
                            .size("1Gi")
                            .capacity("1Gi")
                            .with("pv-" + i, "spec", "volumeName")
                            .annotation("pv.kubernetes.io/bind-completed", "yes")
                            .phase("Bound"));
        }
        world.server().add(attributes("gold"));
    }

    @Override
    public @Nullable Move next(World world, RandomGenerator random) {
        if (wishes == 0) {
            return null;
        }
        wishes--;
        int i = random.nextInt(Claims.COUNT);
        ObjectKey key = Claims.key(i);
        Json claim = world.object(Kinds.CLAIM, key);
        String name = CLASSES.get(random.nextInt(CLASSES.size()));
        return switch (random.nextInt(10)) {
            case 0, 1, 2, 3 -> size(world, key, 1 + random.nextInt(20), claim);
            case 4, 5, 6 ->
                new Move(
                        "user wants class " + name,
                        key,
                        () -> Claims.set(world, key, name, "spec", "volumeAttributesClassName"));
            case 7 ->
                new Move(
                        "user says now",
                        key,
                        () -> Claims.set(world, key, "now-" + wishes, "metadata", "annotations", "solo.csi/retry-now"));
            default -> attributes(world, name);
        };
    }

    @Override
    public void calm(World world) {
        for (String name : CLASSES) {
            if (world.server().find(Kinds.ATTRIBUTES_CLASS, ObjectKey.cluster(name)) == null) {
                world.server().add(attributes(name));
            }
        }
    }

    @Override
    public void leave(World world) {}

    private static Move size(World world, ObjectKey key, int gib, Json claim) {
        long bytes = (long) gib << 30;
        return new Move("user wants " + gib + "Gi", key, () -> {
            // Down only to more than the claim has.
            if (bytes > Claims.has(claim)) {
                Claims.set(world, key, gib + "Gi", "spec", "resources", "requests", "storage");
            }
        });
    }

    private static Move attributes(World world, String name) {
        ObjectKey key = ObjectKey.cluster(name);
        return world.server().find(Kinds.ATTRIBUTES_CLASS, key) == null
                ? new Move("admin makes class", name, () -> world.server().add(attributes(name)))
                : new Move("admin removes class", name, () -> world.server().remove(Kinds.ATTRIBUTES_CLASS, key));
    }

    private static Objects.Plain attributes(String name) {
        return Objects.attributesClass(name, Map.of("class", name));
    }
}
