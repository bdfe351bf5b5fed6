package solo.app.explain;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import solo.kube.ApiException;
import solo.kube.Cluster;
import solo.kube.Kinds;
import solo.kube.model.ObjectKey;
import solo.kube.model.PersistentVolume;
import solo.kube.model.PersistentVolumeClaim;
import solo.kube.model.StorageClass;

/**
 * All that the cluster tells of a claim.
 *
 * @param defaults the names of the default classes, the newest first
 * @param volume the one it is bound to, asks for, or that names it
 * @param pods those that use it and have not ended
 */
record ClaimSituation(
        PersistentVolumeClaim claim,
        @Nullable StorageClass storageClass,
        List<String> defaults,
        @Nullable PersistentVolume volume,
        List<PodUse> pods) {

    private static final String DEFAULT_CLASS = "storageclass.kubernetes.io/is-default-class";

    static ClaimSituation of(Cluster cluster, PersistentVolumeClaim claim) throws ApiException {
        PersistentVolume volume = volume(cluster, claim);
        return new ClaimSituation(
                claim,
                cluster.store(Kinds.STORAGE_CLASS).get(ObjectKey.cluster(claim.className())),
                defaultClasses(cluster),
                volume,
                pods(cluster, claim.key()));
    }

    /** Their names, the newest first: the order in which the API server takes them. */
    static List<String> defaultClasses(Cluster cluster) {
        return cluster.store(Kinds.STORAGE_CLASS).all().stream()
                .filter(one -> "true".equals(one.meta().annotation(DEFAULT_CLASS)))
                .sorted(Comparator.comparing(ClaimSituation::created).reversed())
                .map(one -> one.key().name())
                .toList();
    }

    private static Instant created(StorageClass one) {
        Instant created = one.meta().created();
        return created == null ? Instant.EPOCH : created;
    }

    private static @Nullable PersistentVolume volume(Cluster cluster, PersistentVolumeClaim claim) {
        var volumes = cluster.store(Kinds.VOLUME);
        String name = claim.spec().volumeName();
        return name != null
                ? volumes.get(ObjectKey.cluster(name))
                : volumes.byIndex(Kinds.VOLUME_BY_CLAIM, claim.uid()).stream()
                        .findFirst()
                        .orElse(null);
    }

    private static List<PodUse> pods(Cluster cluster, ObjectKey claim) throws ApiException {
        List<PodUse> pods = new ArrayList<>();
        for (var pod : cluster.store(Kinds.POD).byIndex(Kinds.POD_BY_CLAIM, claim.toString())) {
            pods.add(cluster.live(PodUse.KIND, pod.key()));
        }
        return pods.stream()
                .filter(Objects::nonNull)
                .filter(pod -> !pod.over())
                .sorted(Comparator.comparing(pod -> pod.key().name()))
                .toList();
    }

    /** Whose driver makes or made the volume; empty if nobody's. */
    String driver() {
        if (volume != null && volume.csi() != null) {
            return volume.csi().driver();
        }
        return storageClass == null ? "" : storageClass.provisioner();
    }
}
