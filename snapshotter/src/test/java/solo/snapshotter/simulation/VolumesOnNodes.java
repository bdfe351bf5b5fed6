package solo.snapshotter.simulation;

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
 * Puts the volumes of {@link SnapshotUsers} on one node each and those of {@link GroupUsers} on one together, and does
 * nothing else; comes after them.
 */
final class VolumesOnNodes implements Users {
    static final List<String> NODES = List.of("node-0", "node-1");

    /** Where each volume is. What is imported is on the node that its label names. */
    static final Map<String, String> VOLUMES = Map.of(
            "vol-0", "node-0",
            "vol-1", "node-1",
            "part-0", "node-1",
            "part-1", "node-1",
            "part-2", "node-1");

    static final String OF_IMPORTS = "node-0";

    @Override
    public void begin(World world) {
        NODES.forEach(node -> world.server().put(Objects.node(node)));
        for (Json volume : world.server().objects(Kinds.VOLUME)) {
            String handle = volume.at("spec", "csi", "volumeHandle").text("");
            ObjectKey claim = new ObjectKey(
                    volume.at("spec", "claimRef", "namespace").text(""),
                    volume.at("spec", "claimRef", "name").text(""));
            world.server()
                    .put(Objects.volume(volume.at("metadata", "name").text(""))
                            .handle(handle)
                            .reclaimPolicy("Retain")
                            .claimRef(
                                    claim.toString(),
                                    volume.at("spec", "claimRef", "uid").text(""))
                            .phase("Bound")
                            .with(
                                    List.of(Map.of(
                                            "matchExpressions",
                                            List.of(Map.of(
                                                    "key",
                                                    "kubernetes.io/hostname",
                                                    "operator",
                                                    "In",
                                                    "values",
                                                    List.of(VOLUMES.getOrDefault(handle, "")))))),
                                    "spec",
                                    "nodeAffinity",
                                    "required",
                                    "nodeSelectorTerms"));
        }
    }

    @Override
    public @Nullable Move next(World world, RandomGenerator random) {
        return null;
    }

    @Override
    public void leave(World world) {}
}
