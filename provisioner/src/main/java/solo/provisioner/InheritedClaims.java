package solo.provisioner;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import solo.kube.Cluster;
import solo.kube.Kinds;
import solo.kube.model.ObjectKey;
import solo.kube.model.PersistentVolumeClaim;
import solo.kube.model.StorageClass;
import solo.provisioner.model.ClaimHistory.InBackground;
import solo.provisioner.model.ClaimHistory.InBackground.Request;
import solo.provisioner.model.ProvisioningOptions;
import solo.provisioner.model.ProvisioningView;
import solo.provisioner.rules.ClaimOfThisDriver;

/**
 * Claims that were there before this process led. The process before it may have called CreateVolume for any of them
 * without a note; so whoever of them goes before it is bound is pursued, as if we had called it ourselves.
 */
final class InheritedClaims {

    private static final Logger log = LoggerFactory.getLogger(InheritedClaims.class);

    private final Cluster cluster;
    private final ProvisioningOptions options;
    private final ClaimMemory memory;
    private final Unfinished unfinished;
    private final Set<String> inherited = ConcurrentHashMap.newKeySet();
    /** As they were when claims were counted: the process before us asked by these, whatever becomes of them now. */
    private final Map<ObjectKey, StorageClass> classes = new ConcurrentHashMap<>();

    private boolean counted;
    private volatile Consumer<ObjectKey> listener = key -> {};

    InheritedClaims(Cluster cluster, ProvisioningOptions options, ClaimMemory memory, Unfinished unfinished) {
        this.cluster = cluster;
        this.options = options;
        this.memory = memory;
        this.unfinished = unfinished;
    }

    /** Names who looks at a claim that was deleted before we could see it go. */
    void onLeft(Consumer<ObjectKey> then) {
        listener = then;
    }

    /** Leadership has changed: what is there when work begins next time counts. */
    synchronized void forget() {
        counted = false;
        inherited.clear();
        classes.clear();
    }

    /** To be called on every change while this process works; the first finds the caches filled. */
    void count() {
        synchronized (this) {
            if (counted) {
                return;
            }
            counted = true;
        }
        cluster.store(Kinds.CLAIM).all().stream()
                .filter(claim -> ClaimOfThisDriver.is(claim, options.driver()))
                .filter(claim -> !bound(claim))
                .forEach(claim -> inherited.add(claim.uid()));
        cluster.store(Kinds.STORAGE_CLASS).all().stream()
                .filter(storageClass -> storageClass.provisioner().equals(options.driver()))
                .forEach(storageClass -> classes.put(storageClass.key(), storageClass));
        unfinished.deletedMeanwhile(claims -> claims.stream()
                .filter(claim -> ClaimOfThisDriver.is(claim, options.driver()))
                .forEach(this::deletedMeanwhile));
    }

    /** A claim has gone, as it was at the end. */
    void gone(PersistentVolumeClaim claim) {
        if (inherited.remove(claim.uid()) && !bound(claim)) {
            pursue(claim);
        }
    }

    private void deletedMeanwhile(PersistentVolumeClaim claim) {
        if (bound(claim)) {
            memory.boundBefore(claim.uid());
        } else {
            pursue(claim);
            listener.accept(ClaimKey.of(claim));
        }
    }

    private void pursue(PersistentVolumeClaim claim) {
        StorageClass then = classes.get(ObjectKey.cluster(claim.className()));
        StorageClass storageClass = then != null ? then : storageClass(claim);
        if (storageClass == null) {
            log.warn(
                    "claim={} uid={} went, and its class before it; if a volume was being created for it, it is left"
                            + " at the driver",
                    claim.key(),
                    claim.uid());
            return;
        }
        String node = ProvisioningView.selectedNode(claim);
        boolean ours = storageClass.provisioner().equals(options.driver());
        boolean asked = !storageClass.waitsForFirstConsumer() || !node.isEmpty();
        if (ours && asked) {
            memory.perhapsAsked(new InBackground(claim, storageClass, null, node, null, Request.PERHAPS_SENT));
        }
    }

    private @Nullable StorageClass storageClass(PersistentVolumeClaim claim) {
        return cluster.store(Kinds.STORAGE_CLASS).get(ObjectKey.cluster(claim.className()));
    }

    private static boolean bound(PersistentVolumeClaim claim) {
        String volume = claim.spec().volumeName();
        return volume != null && !volume.isEmpty();
    }
}
