package solo.resizer;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import solo.kube.Change;
import solo.kube.Cluster;
import solo.kube.Kinds;
import solo.kube.Store;
import solo.kube.Trigger;
import solo.kube.model.CsiSource;
import solo.kube.model.ObjectKey;
import solo.kube.model.PersistentVolume;
import solo.kube.model.PersistentVolumeClaim;
import solo.kube.model.Pod;
import solo.kube.model.VolumeAttributesClass;
import solo.resizer.model.ExpansionMemory;
import solo.resizer.model.ExpansionMemory.InUse;
import solo.resizer.rules.ClaimChange;

/** Which changes make which controller of the resizer look at which claim. */
final class ResizerTriggers {
    private final Store<PersistentVolumeClaim> claims;
    private final String driver;

    ResizerTriggers(Cluster cluster, String driver) {
        this.claims = cluster.store(Kinds.CLAIM);
        this.driver = driver;
    }

    List<Trigger<?>> ofSizes() {
        return List.of(
                new Trigger<>(
                        Kinds.CLAIM,
                        change -> ifNeeded(
                                change,
                                change.after() == null || ClaimChange.mattersToSize(change.before(), change.after()))),
                new Trigger<>(Kinds.VOLUME, this::claimOf));
    }

    List<Trigger<?>> ofSizesAndPods(ClaimMemory<ExpansionMemory> memory) {
        List<Trigger<?>> triggers = new ArrayList<>(ofSizes());
        triggers.add(new Trigger<>(Kinds.POD, change -> noLongerUsed(change, memory)));
        return triggers;
    }

    List<Trigger<?>> ofClasses() {
        return List.of(
                new Trigger<>(
                        Kinds.CLAIM,
                        change -> ifNeeded(
                                change,
                                change.after() == null || ClaimChange.mattersToClass(change.before(), change.after()))),
                new Trigger<>(Kinds.VOLUME, this::claimOf),
                new Trigger<>(Kinds.ATTRIBUTES_CLASS, this::waitingFor));
    }

    // A claim that is gone is looked at too, so that what is remembered of it goes with it.
    private static Collection<ObjectKey> ifNeeded(Change<PersistentVolumeClaim> change, boolean matters) {
        PersistentVolumeClaim claim = change.after() == null ? change.before() : change.after();
        return claim != null && matters ? List.of(claim.key()) : List.of();
    }

    private Collection<ObjectKey> claimOf(Change<PersistentVolume> change) {
        PersistentVolume volume = change.after();
        if (volume == null || volume.claimRef() == null || !ClaimChange.matters(change.before(), volume)) {
            return List.of();
        }
        @Nullable CsiSource csi = volume.csi();
        return csi != null && csi.driver().equals(driver)
                ? List.of(volume.claimRef().key())
                : List.of();
    }

    private Collection<ObjectKey> waitingFor(Change<VolumeAttributesClass> change) {
        VolumeAttributesClass appeared = change.after();
        return change.before() != null || appeared == null
                ? List.of()
                : claims.byIndex(Kinds.CLAIM_BY_ATTRIBUTES_CLASS, appeared.key().name()).stream()
                        .map(PersistentVolumeClaim::key)
                        .toList();
    }

    /** A pod that is over or gone may free a claim whose driver does not grow volumes in use. */
    private Collection<ObjectKey> noLongerUsed(Change<Pod> change, ClaimMemory<ExpansionMemory> memory) {
        Pod pod = change.before();
        Pod after = change.after();
        if (pod == null || pod.over() || (after != null && !after.over())) {
            return List.of();
        }
        return pod.claims().stream()
                .map(name -> claims.get(new ObjectKey(pod.key().namespace(), name)))
                .filter(claim ->
                        claim != null && memory.of(claim.key(), claim.uid()).inUse() == InUse.SEEN)
                .map(PersistentVolumeClaim::key)
                .toList();
    }
}
