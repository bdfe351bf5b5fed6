package solo.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import solo.kube.Kind.Resource;
import solo.kube.Kinds;
import solo.kube.model.Json;
import solo.kube.model.ObjectKey;

/**
 * The admission plug-in StorageObjectInUseProtection and the controllers that belong to it: claims that a pod uses and
 * volumes that are bound do not go.
 */
public final class VolumeProtection implements KubernetesPart {

    static final String CLAIM = "kubernetes.io/pvc-protection";
    static final String VOLUME = "kubernetes.io/pv-protection";

    @Override
    public void begin(World world) {
        world.server().admission(VolumeProtection::admit);
    }

    @Override
    public List<Move> moves(World world) {
        List<Move> moves = new ArrayList<>();
        for (Json claim : world.server().objects(Kinds.CLAIM)) {
            ObjectKey key = KubernetesObjects.key(claim);
            if (KubernetesObjects.deleting(claim)
                    && KubernetesObjects.has(claim, CLAIM)
                    && !KubernetesObjects.used(world, key)) {
                moves.add(new Move(
                        "protection lets claim go",
                        key,
                        () -> world.server().edit(Kinds.CLAIM, key, tree -> without(tree, CLAIM))));
            }
        }
        for (Json volume : world.server().objects(Kinds.VOLUME)) {
            ObjectKey key = KubernetesObjects.key(volume);
            if (KubernetesObjects.deleting(volume)
                    && KubernetesObjects.has(volume, VOLUME)
                    && !volume.at("status", "phase").text("").equals("Bound")) {
                moves.add(new Move(
                        "protection lets volume go",
                        key,
                        () -> world.server().edit(Kinds.VOLUME, key, tree -> without(tree, VOLUME))));
            }
        }
        return moves;
    }

    private static Map<String, Object> admit(Resource resource, Map<String, Object> object) {
        return switch (resource.kind()) {
            case "PersistentVolumeClaim" -> with(object, CLAIM);
            case "PersistentVolume" -> with(object, VOLUME);
            default -> object;
        };
    }

    private static Map<String, Object> with(Map<String, Object> object, String finalizer) {
        List<String> finalizers = new ArrayList<>(Trees.texts(object, "metadata", "finalizers"));
        if (!finalizers.contains(finalizer)) {
            finalizers.add(finalizer);
        }
        return Trees.with(object, finalizers, "metadata", "finalizers");
    }

    private static Map<String, Object> without(Map<String, Object> object, String finalizer) {
        List<String> finalizers = new ArrayList<>(Trees.texts(object, "metadata", "finalizers"));
        finalizers.remove(finalizer);
        return Trees.with(object, finalizers, "metadata", "finalizers");
    }
}
