package solo.provisioner;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import solo.kube.Cluster;
import solo.kube.Kinds;
import solo.kube.model.CsiSource;
import solo.kube.model.ObjectKey;
import solo.kube.model.PersistentVolume;
import solo.kube.model.VolumeAttachment;
import solo.provisioner.model.DeletionView;
import solo.provisioner.model.DeletionView.Stage;
import solo.provisioner.model.Fact;
import solo.provisioner.model.ProvisioningOptions;

/** Puts together what a decision about a PersistentVolume reads, from caches and memory alone. */
final class VolumeViews {

    private final Cluster cluster;
    private final ProvisioningOptions options;

    /** uids of PersistentVolumes whose volume the driver has deleted, so that it is not asked twice. */
    private final Set<String> goneAtDriver = ConcurrentHashMap.newKeySet();

    VolumeViews(Cluster cluster, ProvisioningOptions options) {
        this.cluster = cluster;
        this.options = options;
    }

    @Nullable
    DeletionView of(ObjectKey key) {
        PersistentVolume volume = cluster.store(Kinds.VOLUME).get(key);
        if (volume == null) {
            return null;
        }
        return new DeletionView(
                options,
                volume,
                cluster.store(Kinds.STORAGE_CLASS).get(ObjectKey.cluster(className(volume))),
                attachments(volume),
                sameHandle(volume),
                goneAtDriver.contains(volume.uid()) ? Stage.GONE_AT_DRIVER : Stage.AT_DRIVER,
                new Fact.Unread<>(),
                null);
    }

    void goneAtDriver(PersistentVolume volume) {
        goneAtDriver.add(volume.uid());
    }

    void forget(PersistentVolume volume) {
        goneAtDriver.remove(volume.uid());
    }

    /** Watched only where the driver attaches, as in Go. */
    private List<VolumeAttachment> attachments(PersistentVolume volume) {
        return options.attaches()
                ? cluster.store(Kinds.ATTACHMENT)
                        .byIndex(Kinds.ATTACHMENT_BY_VOLUME, volume.key().name())
                : List.of();
    }

    private List<PersistentVolume> sameHandle(PersistentVolume volume) {
        CsiSource csi = volume.csi();
        return csi == null
                ? List.of()
                : cluster
                        .store(Kinds.VOLUME)
                        .byIndex(Kinds.VOLUME_BY_HANDLE, Kinds.handle(csi.driver(), csi.volumeHandle()))
                        .stream()
                        .filter(other -> !other.uid().equals(volume.uid()))
                        .toList();
    }

    /** The beta annotation comes first here, too. */
    private static String className(PersistentVolume volume) {
        String beta = volume.meta().annotation("volume.beta.kubernetes.io/storage-class");
        return beta == null ? volume.storageClassName() : beta;
    }
}
