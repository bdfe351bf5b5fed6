package solo.simulation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import solo.kube.Kinds;
import solo.kube.model.Json;
import solo.kube.model.ObjectKey;

/**
 * The controller-manager's binder (pkg/controller/volume/persistentvolume) as far as CSI volumes meet it: asks the
 * provisioner, binds claim and volume in its four writes, releases volumes whose claim is gone, marks claims as lost.
 * It deletes nothing itself: volumes with policy Delete are the external provisioner's.
 */
public final class PersistentVolumeController implements KubernetesPart {

    static final String SELECTED_NODE = "volume.kubernetes.io/selected-node";
    private static final String BIND_COMPLETED = "pv.kubernetes.io/bind-completed";
    private static final String BOUND_BY_CONTROLLER = "pv.kubernetes.io/bound-by-controller";

    @Override
    public List<Move> moves(World world) {
        List<Move> moves = new ArrayList<>();
        for (Json claim : world.server().objects(Kinds.CLAIM)) {
            if (claim.at("spec", "volumeName").text("").isEmpty()) {
                unbound(world, claim, moves);
            } else {
                bound(world, claim, moves);
            }
        }
        world.server().objects(Kinds.VOLUME).forEach(volume -> volume(world, volume, moves));
        return moves;
    }

    /** syncUnboundClaim */
    private static void unbound(World world, Json claim, List<Move> moves) {
        ObjectKey key = KubernetesObjects.key(claim);
        if (!KubernetesObjects.annotation(claim, BIND_COMPLETED).isEmpty()) {
            lose(claim, key, world, moves);
            return;
        }
        for (Json volume : world.server().objects(Kinds.VOLUME)) {
            if (madeFor(volume, claim) && !KubernetesObjects.deleting(volume)) {
                bind(world, claim, volume, moves);
                return;
            }
        }
        Json storageClass = world.object(Kinds.STORAGE_CLASS, ObjectKey.cluster(KubernetesObjects.className(claim)));
        if (!storageClass.present()) {
            return;
        }
        boolean waits = storageClass.at("volumeBindingMode").text("").equals("WaitForFirstConsumer")
                && KubernetesObjects.annotation(claim, SELECTED_NODE).isEmpty();
        String provisioner = storageClass.at("provisioner").text("");
        if (!waits && !asked(claim).equals(provisioner)) {
            moves.add(new Move(
                    "binder asks " + provisioner,
                    key,
                    () -> edit(
                            world,
                            claim,
                            tree -> Trees.with(
                                    Trees.with(
                                            tree,
                                            provisioner,
                                            "metadata",
                                            "annotations",
                                            "volume.beta.kubernetes.io/storage-provisioner"),
                                    provisioner,
                                    "metadata",
                                    "annotations",
                                    "volume.kubernetes.io/storage-provisioner"))));
        }
    }

    /** syncBoundClaim */
    private static void bound(World world, Json claim, List<Move> moves) {
        ObjectKey key = KubernetesObjects.key(claim);
        Json volume = world.object(
                Kinds.VOLUME, ObjectKey.cluster(claim.at("spec", "volumeName").text("")));
        boolean completed = !KubernetesObjects.annotation(claim, BIND_COMPLETED).isEmpty();
        if (!volume.present() || (volume.at("spec", "claimRef").present() && !madeFor(volume, claim))) {
            if (completed) {
                lose(claim, key, world, moves);
            }
        } else {
            bind(world, claim, volume, moves);
        }
    }

    private static void lose(Json claim, ObjectKey key, World world, List<Move> moves) {
        if (!KubernetesObjects.phase(claim).equals("Lost")) {
            moves.add(new Move(
                    "binder loses claim",
                    key,
                    () -> edit(world, claim, tree -> Trees.with(tree, "Lost", "status", "phase"))));
        }
    }

    /** bind: four writes, each a move of its own. */
    private static void bind(World world, Json claim, Json volume, List<Move> moves) {
        ObjectKey key = KubernetesObjects.key(claim);
        ObjectKey volumeKey = KubernetesObjects.key(volume);
        String name = volumeKey.name();
        if (!volume.at("spec", "claimRef", "uid").text("").equals(KubernetesObjects.uid(claim))) {
            moves.add(new Move(
                    "binder refers to claim",
                    volumeKey,
                    () -> world.server()
                            .edit(
                                    Kinds.VOLUME,
                                    volumeKey,
                                    tree -> Trees.with(
                                            Trees.with(tree, reference(claim), "spec", "claimRef"),
                                            "yes",
                                            "metadata",
                                            "annotations",
                                            BOUND_BY_CONTROLLER))));
        } else if (!KubernetesObjects.phase(volume).equals("Bound")) {
            moves.add(new Move("binder marks volume Bound", volumeKey, () -> phase(world, volumeKey, "Bound")));
        } else if (!claim.at("spec", "volumeName").text("").equals(name)
                || KubernetesObjects.annotation(claim, BIND_COMPLETED).isEmpty()) {
            moves.add(new Move(
                    "binder refers to volume",
                    key,
                    () -> edit(
                            world,
                            claim,
                            tree -> Trees.with(
                                    Trees.with(
                                            Trees.with(tree, name, "spec", "volumeName"),
                                            "yes",
                                            "metadata",
                                            "annotations",
                                            BOUND_BY_CONTROLLER),
                                    "yes",
                                    "metadata",
                                    "annotations",
                                    BIND_COMPLETED))));
        } else if (!KubernetesObjects.phase(claim).equals("Bound")) {
            moves.add(new Move(
                    "binder marks claim Bound",
                    key,
                    () -> edit(world, claim, tree -> {
                        Map<String, Object> status = new LinkedHashMap<>(Trees.map(tree, "status"));
                        status.put("phase", "Bound");
                        status.put(
                                "accessModes", claim.at("spec", "accessModes").texts());
                        status.put(
                                "capacity",
                                Map.of(
                                        "storage",
                                        volume.at("spec", "capacity", "storage").text("")));
                        return Trees.with(tree, status, "status");
                    })));
        }
    }

    /** syncVolume */
    private static void volume(World world, Json volume, List<Move> moves) {
        ObjectKey key = KubernetesObjects.key(volume);
        String phase = KubernetesObjects.phase(volume);
        String uid = volume.at("spec", "claimRef", "uid").text("");
        if (uid.isEmpty()) {
            if (!phase.equals("Available") && !phase.equals("Bound")) {
                moves.add(new Move("binder marks volume Available", key, () -> phase(world, key, "Available")));
            }
            return;
        }
        Json claim = world.object(Kinds.CLAIM, KubernetesObjects.claimOf(volume));
        boolean gone = !claim.present() || !KubernetesObjects.uid(claim).equals(uid);
        String bound = claim.at("spec", "volumeName").text("");
        boolean elsewhere = !gone && !bound.isEmpty() && !bound.equals(key.name());
        if ((gone || elsewhere) && !phase.equals("Released") && !phase.equals("Failed")) {
            moves.add(new Move("binder releases volume", key, () -> phase(world, key, "Released")));
        }
    }

    private static boolean madeFor(Json volume, Json claim) {
        String uid = volume.at("spec", "claimRef", "uid").text("");
        return volume.at("spec", "claimRef").present()
                && KubernetesObjects.claimOf(volume).equals(KubernetesObjects.key(claim))
                && (uid.isEmpty() || uid.equals(KubernetesObjects.uid(claim)));
    }

    private static String asked(Json claim) {
        return KubernetesObjects.annotation(claim, "volume.kubernetes.io/storage-provisioner");
    }

    private static Map<String, Object> reference(Json claim) {
        ObjectKey key = KubernetesObjects.key(claim);
        return Trees.object(Map.of(
                "apiVersion",
                "v1",
                "kind",
                "PersistentVolumeClaim",
                "namespace",
                key.namespace(),
                "name",
                key.name(),
                "uid",
                KubernetesObjects.uid(claim)));
    }

    private static void phase(World world, ObjectKey volume, String phase) {
        world.server().edit(Kinds.VOLUME, volume, tree -> Trees.with(tree, phase, "status", "phase"));
    }

    private static void edit(World world, Json claim, UnaryOperator<Map<String, Object>> change) {
        world.server().edit(Kinds.CLAIM, KubernetesObjects.key(claim), change);
    }
}
