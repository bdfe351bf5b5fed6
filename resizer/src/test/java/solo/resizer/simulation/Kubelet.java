package solo.resizer.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import solo.kube.Kinds;
import solo.kube.model.Json;
import solo.kube.model.ObjectKey;
import solo.simulation.KubernetesPart;
import solo.simulation.Move;
import solo.simulation.World;

/** The kubelet's part of an expansion: pending, in progress, done; and for a while sometimes infeasible. */
final class Kubelet implements KubernetesPart {
    private static final List<String> CONDITIONS =
            List.of("Resizing", "FileSystemResizePending", "ControllerResizeError", "NodeResizeError");

    private int failures = 3;

    @Override
    public List<Move> moves(World world) {
        List<Move> moves = new ArrayList<>();
        for (Json claim : Claims.all(world).toList()) {
            ObjectKey key = Claims.key(claim);
            switch (String.valueOf(Claims.status(claim))) {
                case "NodeResizePending" -> moves.add(status(world, key, "NodeResizeInProgress"));
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

    private static Move status(World world, ObjectKey claim, String status) {
        return new Move("kubelet says " + status, claim, () -> set(world, claim, status));
    }

    private static void set(World world, ObjectKey claim, String status) {
        Claims.set(world, claim, status, "status", "allocatedResourceStatuses", "storage");
    }

    // pkg/volume/util, MarkFSResizeFinished: the size that the volume has by now.
    private static void finish(World world, Json claim) {
        ObjectKey key = Claims.key(claim);
        String size =
                Claims.volume(world, claim).at("spec", "capacity", "storage").text("");
        world.server().edit(Kinds.CLAIM, key, tree -> {
            List<Object> kept = new ArrayList<>();
            for (Json condition : new Json(tree).at("status", "conditions").items()) {
                if (!CONDITIONS.contains(condition.at("type").text("")) && condition.value() != null) {
                    kept.add(condition.value());
                }
            }
            Map<String, Object> done = Claims.with(tree, size, List.of("status", "capacity", "storage"));
            done = Claims.with(done, null, List.of("status", "allocatedResourceStatuses"));
            return Claims.with(done, kept, List.of("status", "conditions"));
        });
    }
}
