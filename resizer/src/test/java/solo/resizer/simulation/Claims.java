package solo.resizer.simulation;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import solo.kube.Kinds;
import solo.kube.model.Json;
import solo.kube.model.ObjectKey;
import solo.kube.model.Quantity;
import solo.simulation.ModelVolume;
import solo.simulation.World;

/** The claims of the simulated users, as everybody here reads and changes them. */
final class Claims {
    static final int COUNT = 3;

    private Claims() {}

    static ObjectKey key(int i) {
        return new ObjectKey("ns", "claim-" + i);
    }

    static Stream<Json> all(World world) {
        return world.server().objects(Kinds.CLAIM).stream();
    }

    static ObjectKey key(Json claim) {
        return new ObjectKey("ns", claim.at("metadata", "name").text(""));
    }

    static Json volume(World world, Json claim) {
        return world.object(
                Kinds.VOLUME, ObjectKey.cluster(claim.at("spec", "volumeName").text("")));
    }

    static ModelVolume real(World world, Json claim) {
        String handle = volume(world, claim).at("spec", "csi", "volumeHandle").text("");
        ModelVolume real = world.backend().volume(handle);
        if (real == null) {
            throw new AssertionError("no volume " + handle);
        }
        return real;
    }

    static long bytes(Json quantity) {
        Quantity parsed = quantity.quantity();
        return parsed == null ? 0 : parsed.bytes();
    }

    static long wanted(Json claim) {
        return bytes(claim.at("spec", "resources", "requests", "storage"));
    }

    static long has(Json claim) {
        return bytes(claim.at("status", "capacity", "storage"));
    }

    static @Nullable String status(Json claim) {
        return claim.at("status", "allocatedResourceStatuses", "storage").text();
    }

    static void set(World world, ObjectKey claim, @Nullable Object value, String... path) {
        world.server().edit(Kinds.CLAIM, claim, tree -> with(tree, value, List.of(path)));
    }

    static Map<String, Object> with(Map<?, ?> tree, @Nullable Object value, List<String> path) {
        Map<String, Object> copy = new LinkedHashMap<>();
        tree.forEach((key, item) -> copy.put((String) key, item));
        String field = path.getFirst();
        Object inner = new Json(copy).at(field).value();
        Object changed = path.size() == 1
                ? value
                : with(inner instanceof Map<?, ?> map ? map : Map.of(), value, path.subList(1, path.size()));
        if (changed == null) {
            copy.remove(field);
        } else {
            copy.put(field, changed);
        }
        return copy;
    }
}
