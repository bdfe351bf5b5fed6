package solo.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import solo.kube.Kinds;
import solo.kube.model.Json;
import solo.kube.model.ObjectKey;

/** The kubelet's part of an expansion: pending, in progress, done; and a few times infeasible. */
public final class Kubelet implements KubernetesPart {
    private static final List<String> CONDITIONS =
            List.of("Resizing", "FileSystemResizePending", "ControllerResizeError", "NodeResizeError");

    private int failures = 3;

    @Override
    public List<Move> moves(World world) {
        List<Move> moves = new ArrayList<>();
        for (Json claim : world.server().objects(Kinds.CLAIM)) {
            ObjectKey key = KubernetesObjects.key(claim);
            switch (claim.at("status", "allocatedResourceStatuses", "storage").text("")) {
                case "NodeResizePending" ->
                    moves.add(new Move("kubelet begins", key, () -> set(world, key, "NodeResizeInProgress")));
                case "NodeResizeInProgress" -> {
                    moves.add(new Move("kubelet finishes", key, () -> finish(world, claim)));
                    if (failures > 0) {
                        moves.add(new Move("kubelet fails", key, () -> {
                            failures--;
                            set(world, key, "NodeResizeInfeasible");
                        }));
                    }
                }
                default -> {}
            }
        }
        return moves;
    }

    private static void set(World world, ObjectKey claim, String status) {
        world.server()
                .edit(
                        Kinds.CLAIM,
                        claim,
                        tree -> Trees.with(tree, status, "status", "allocatedResourceStatuses", "storage"));
    }

    // pkg/volume/util, MarkFSResizeFinished: the size that the volume has by now.
    private static void finish(World world, Json claim) {
        ObjectKey volume = ObjectKey.cluster(claim.at("spec", "volumeName").text(""));
        String size = world.object(Kinds.VOLUME, volume)
                .at("spec", "capacity", "storage")
                .text("");
        world.server().edit(Kinds.CLAIM, KubernetesObjects.key(claim), tree -> finished(tree, size));
    }

    private static Map<String, Object> finished(Map<String, Object> claim, String size) {
        List<Object> kept = new ArrayList<>();
        for (Json condition : new Json(claim).at("status", "conditions").items()) {
            if (!CONDITIONS.contains(condition.at("type").text("")) && condition.value() != null) {
                kept.add(condition.value());
            }
        }
        Map<String, Object> done = Trees.with(claim, size, "status", "capacity", "storage");
        done = Trees.with(done, null, "status", "allocatedResourceStatuses");
        return Trees.with(done, kept, "status", "conditions");
    }
}
