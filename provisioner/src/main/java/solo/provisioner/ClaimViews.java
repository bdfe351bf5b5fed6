package solo.provisioner;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import solo.kube.Cluster;
import solo.kube.Kinds;
import solo.kube.model.ObjectKey;
import solo.kube.model.PersistentVolume;
import solo.kube.model.PersistentVolumeClaim;
import solo.kube.model.PersistentVolumeClaim.DataSource;
import solo.kube.model.ReferenceGrant;
import solo.provisioner.model.ClaimHistory.InBackground;
import solo.provisioner.model.ClusterTopology;
import solo.provisioner.model.DataSources;
import solo.provisioner.model.Facts;
import solo.provisioner.model.Feature;
import solo.provisioner.model.ProvisioningOptions;
import solo.provisioner.model.ProvisioningView;
import solo.provisioner.model.ProvisioningView.Standing;
import solo.provisioner.rules.DataSourceChoice;
import solo.provisioner.rules.VolumeName;

/** Puts together what a decision about a claim reads, from caches and memory alone. */
final class ClaimViews {

    private final Cluster cluster;
    private final ProvisioningOptions options;
    private final ClaimMemory memory;

    ClaimViews(Cluster cluster, ProvisioningOptions options, ClaimMemory memory) {
        this.cluster = cluster;
        this.options = options;
        this.memory = memory;
    }

    /** Null if the claim is gone and no volume of it can be on its way. */
    @Nullable
    ProvisioningView of(String uid) {
        InBackground before = memory.inBackground(uid);
        List<PersistentVolumeClaim> found = cluster.store(Kinds.CLAIM).byIndex(Kinds.CLAIM_BY_UID, uid);
        if (found.isEmpty() && before == null) {
            memory.gone(uid);
            return null;
        }
        PersistentVolumeClaim claim = found.isEmpty() && before != null ? before.claim() : found.getFirst();
        return new ProvisioningView(
                options,
                claim,
                found.isEmpty() ? Standing.GONE : Standing.PRESENT,
                cluster.store(Kinds.STORAGE_CLASS).get(ObjectKey.cluster(claim.className())),
                volumes(claim),
                topology(),
                sources(claim),
                memory.of(uid),
                Facts.NONE,
                null);
    }

    private List<PersistentVolume> volumes(PersistentVolumeClaim claim) {
        var store = cluster.store(Kinds.VOLUME);
        ObjectKey name = ObjectKey.cluster(VolumeName.of(options.naming(), claim.uid()));
        Map<ObjectKey, PersistentVolume> volumes = new LinkedHashMap<>();
        Stream.ofNullable(store.get(name)).forEach(volume -> volumes.put(volume.key(), volume));
        store.byIndex(Kinds.VOLUME_BY_CLAIM, claim.uid()).forEach(volume -> volumes.put(volume.key(), volume));
        return List.copyOf(volumes.values());
    }

    private ClusterTopology topology() {
        if (options.nodeDeployment() != null && options.topology()) {
            return options.nodeDeployment().cluster(options.driver());
        }
        return options.topology()
                ? new ClusterTopology(
                        cluster.store(Kinds.NODE).all(),
                        cluster.store(Kinds.CSI_NODE).all())
                : ClusterTopology.NONE;
    }

    private DataSources sources(PersistentVolumeClaim claim) {
        DataSource given = DataSourceChoice.given(claim);
        if (given == null) {
            return DataSources.NONE;
        }
        ObjectKey key = given.in(claim.key().namespace());
        var claims = cluster.store(Kinds.CLAIM);
        PersistentVolumeClaim source = given.kind().equals("PersistentVolumeClaim") ? claims.get(key) : null;
        PersistentVolume volume = source == null || source.spec().volumeName() == null
                ? null
                : cluster.store(Kinds.VOLUME)
                        .get(ObjectKey.cluster(source.spec().volumeName()));
        return new DataSources(source, volume, grants(claim, key));
    }

    /** The kind is watched only where the feature is on, because its definition is not part of Kubernetes. */
    private List<ReferenceGrant> grants(PersistentVolumeClaim claim, ObjectKey source) {
        return options.has(Feature.CROSS_NAMESPACE_DATA_SOURCE)
                        && !source.namespace().equals(claim.key().namespace())
                ? cluster.store(Kinds.REFERENCE_GRANT).byIndex(Kinds.GRANT_BY_NAMESPACE, source.namespace())
                : List.of();
    }
}
