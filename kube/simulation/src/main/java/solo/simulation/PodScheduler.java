package solo.simulation;

import java.util.ArrayList;
import java.util.List;
import solo.kube.Kinds;
import solo.kube.model.Json;
import solo.kube.model.ObjectKey;

/**
 * The scheduler's volume binding: names a node for claims that wait for their first consumer, names another when the
 * provisioner took the name away, and places a pod once all its claims are bound.
 */
public final class PodScheduler implements KubernetesPart {

    @Override
    public List<Move> moves(World world) {
        List<Move> moves = new ArrayList<>();
        for (Json pod : world.server().objects(Objects.POD)) {
            if (pod.at("spec", "nodeName").text("").isEmpty() && !KubernetesObjects.deleting(pod)) {
                schedule(world, pod, moves);
            }
        }
        return moves;
    }

    private static void schedule(World world, Json pod, List<Move> moves) {
        List<Json> nodes = world.server().objects(Kinds.NODE);
        boolean allBound = true;
        for (ObjectKey key : KubernetesObjects.claimsOf(pod)) {
            Json claim = world.object(Kinds.CLAIM, key);
            if (!claim.present() || KubernetesObjects.deleting(claim)) {
                return;
            }
            if (!KubernetesObjects.phase(claim).equals("Bound")) {
                allBound = false;
                if (waitsForNode(world, claim)) {
                    nodes.forEach(node -> moves.add(select(world, key, node)));
                }
            } else {
                String volume = claim.at("spec", "volumeName").text("");
                nodes = nodes.stream()
                        .filter(node -> reaches(world, volume, node))
                        .toList();
            }
        }
        if (allBound) {
            ObjectKey podKey = KubernetesObjects.key(pod);
            for (Json node : nodes) {
                String name = KubernetesObjects.key(node).name();
                moves.add(new Move(
                        "scheduler places pod on " + name,
                        podKey,
                        () -> world.server()
                                .edit(Objects.POD, podKey, tree -> Trees.with(tree, name, "spec", "nodeName"))));
            }
        }
    }

    private static boolean waitsForNode(World world, Json claim) {
        Json storageClass = world.object(Kinds.STORAGE_CLASS, ObjectKey.cluster(KubernetesObjects.className(claim)));
        return storageClass.at("volumeBindingMode").text("").equals("WaitForFirstConsumer")
                && claim.at("spec", "volumeName").text("").isEmpty()
                && KubernetesObjects.annotation(claim, PersistentVolumeController.SELECTED_NODE)
                        .isEmpty();
    }

    private static Move select(World world, ObjectKey claim, Json node) {
        String name = KubernetesObjects.key(node).name();
        return new Move(
                "scheduler selects " + name,
                claim,
                () -> world.server()
                        .edit(
                                Kinds.CLAIM,
                                claim,
                                tree -> Trees.with(
                                        tree,
                                        name,
                                        "metadata",
                                        "annotations",
                                        PersistentVolumeController.SELECTED_NODE)));
    }

    /** Node affinity of the volume: one term of which every expression is fulfilled. */
    private static boolean reaches(World world, String volumeName, Json node) {
        Json required =
                world.object(Kinds.VOLUME, ObjectKey.cluster(volumeName)).at("spec", "nodeAffinity", "required");
        return !required.present()
                || required.at("nodeSelectorTerms").items().stream()
                        .anyMatch(term -> term.at("matchExpressions").items().stream()
                                .allMatch(expression -> expression
                                        .at("values")
                                        .texts()
                                        .contains(node.at(
                                                        "metadata",
                                                        "labels",
                                                        expression.at("key").text(""))
                                                .text(""))));
    }
}
