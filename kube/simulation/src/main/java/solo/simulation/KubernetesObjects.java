package solo.simulation;

import java.util.List;
import solo.kube.model.Json;
import solo.kube.model.ObjectKey;

/** What the simulated parts of Kubernetes and the rules ask of objects. */
final class KubernetesObjects {

    private KubernetesObjects() {}

    static ObjectKey key(Json object) {
        return new ObjectKey(
                object.at("metadata", "namespace").text(""),
                object.at("metadata", "name").text(""));
    }

    static String uid(Json object) {
        return object.at("metadata", "uid").text("");
    }

    static String phase(Json object) {
        return object.at("status", "phase").text("");
    }

    static boolean deleting(Json object) {
        return object.at("metadata", "deletionTimestamp").present();
    }

    static boolean has(Json object, String finalizer) {
        return object.at("metadata", "finalizers").texts().contains(finalizer);
    }

    static String annotation(Json object, String name) {
        return object.at("metadata", "annotations", name).text("");
    }

    /** The class a claim or volume names. */
    static String className(Json object) {
        return object.at("spec", "storageClassName").text("");
    }

    static boolean ofModelDriver(Json volume) {
        return volume.at("spec", "csi", "driver").text("").equals(ModelDriver.NAME);
    }

    static String handle(Json volume) {
        return volume.at("spec", "csi", "volumeHandle").text("");
    }

    /** The claim that a volume refers to by key. */
    static ObjectKey claimOf(Json volume) {
        Json reference = volume.at("spec", "claimRef");
        return new ObjectKey(
                reference.at("namespace").text(""), reference.at("name").text(""));
    }

    /** The claims of a pod. */
    static List<ObjectKey> claimsOf(Json pod) {
        return pod.at("spec", "volumes").items().stream()
                .map(volume -> volume.at("persistentVolumeClaim", "claimName").text(""))
                .filter(name -> !name.isEmpty())
                .map(name -> new ObjectKey(key(pod).namespace(), name))
                .toList();
    }

    /** True while a pod that has not ended uses the claim. */
    static boolean used(World world, ObjectKey claim) {
        return world.server().objects(Objects.POD).stream()
                .anyMatch(pod -> claimsOf(pod).contains(claim));
    }
}
