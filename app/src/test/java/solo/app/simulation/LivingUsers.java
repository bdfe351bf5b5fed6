package solo.app.simulation;

import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import solo.kube.Kinds;
import solo.kube.model.Json;
import solo.kube.model.ObjectKey;
import solo.simulation.ClaimUsers;
import solo.simulation.Move;
import solo.simulation.Objects;
import solo.simulation.Users;
import solo.simulation.World;

/** Users who claim volumes, run pods on them and end them, and meanwhile want them larger or of another class. */
final class LivingUsers implements Users {
    private static final List<String> CLASSES = List.of("gold", "silver");

    private final ClaimUsers claims;

    LivingUsers(int wishes) {
        this.claims = new ClaimUsers(
                wishes,
                List.of("node-a", "node-b"),
                Objects.storageClass("fast"),
                Objects.storageClass("late").waitForFirstConsumer(),
                Objects.storageClass("kept").reclaimPolicy("Retain"));
    }

    @Override
    public void begin(World world) {
        claims.begin(world);
        CLASSES.forEach(name -> world.server().add(Objects.attributesClass(name, Map.of("class", name))));
    }

    @Override
    public @Nullable Move next(World world, RandomGenerator random) {
        int kind = random.nextInt(6);
        List<Json> bound = world.server().objects(Kinds.CLAIM).stream()
                .filter(claim -> claim.at("status", "phase").text("").equals("Bound"))
                .toList();
        if (kind > 2 || bound.isEmpty()) {
            return claims.next(world, random);
        }
        Json claim = bound.get(random.nextInt(bound.size()));
        ObjectKey key = new ObjectKey("ns", claim.at("metadata", "name").text(""));
        if (kind == 0) {
            String name = CLASSES.get(random.nextInt(CLASSES.size()));
            return new Move(
                    "user wants class " + name, key, () -> set(world, key, name, "spec", "volumeAttributesClassName"));
        }
        int gib = 2 + random.nextInt(9);
        return new Move("user wants " + gib + "Gi", key, () -> {
            if (((long) gib << 30) > Sizes.has(claim)) {
                set(world, key, gib + "Gi", "spec", "resources", "requests", "storage");
            }
        });
    }

    @Override
    public void leave(World world) {
        claims.leave(world);
    }

    static void set(World world, ObjectKey claim, String value, String... path) {
        world.server().edit(Kinds.CLAIM, claim, tree -> Sizes.with(tree, value, path));
    }
}
