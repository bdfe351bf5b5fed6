package solo.app.simulation;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import solo.kube.Kinds;
import solo.kube.model.Json;
import solo.kube.model.ObjectKey;
import solo.kube.model.Quantity;
import solo.simulation.ModelVolume;
import solo.simulation.World;

/** How large a claim, its PersistentVolume and the real volume are. */
final class Sizes {
    private Sizes() {}

    static long wanted(Json claim) {
        return bytes(claim.at("spec", "resources", "requests", "storage"));
    }

    static long has(Json claim) {
        return bytes(claim.at("status", "capacity", "storage"));
    }

    static Json volume(World world, Json claim) {
        return world.object(
                Kinds.VOLUME, ObjectKey.cluster(claim.at("spec", "volumeName").text("")));
    }

    static long real(World world, Json volume) {
        ModelVolume real =
                world.backend().volume(volume.at("spec", "csi", "volumeHandle").text(""));
        return real == null ? 0 : real.bytes();
    }

    static long bytes(Json quantity) {
        Quantity parsed = quantity.quantity();
        return parsed == null ? 0 : parsed.bytes();
    }

    /** A copy with one value set. */
    static Map<String, Object> with(Map<?, ?> tree, Object value, String... path) {
        Map<String, Object> copy = new LinkedHashMap<>();
        tree.forEach((key, item) -> copy.put((String) key, item));
        Object inner = copy.get(path[0]);
        copy.put(
                path[0],
                path.length == 1
                        ? value
                        : with(
                                inner instanceof Map<?, ?> map ? map : Map.of(),
                                value,
                                Arrays.copyOfRange(path, 1, path.length)));
        return copy;
    }
}
