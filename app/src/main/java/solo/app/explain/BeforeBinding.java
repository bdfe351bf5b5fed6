package solo.app.explain;

import org.jspecify.annotations.Nullable;
import solo.kube.model.Actor;
import solo.kube.model.PersistentVolume;
import solo.kube.model.PersistentVolumeClaim;
import solo.kube.model.StorageClass;
import solo.provisioner.model.ProvisionerNames;

/**
 * What keeps a claim from being handed to a provisioner: the part of the controller-manager's binder and of the
 * scheduler (kubernetes pkg/controller/volume/persistentvolume, volumebinding), which say little about it themselves.
 */
final class BeforeBinding {

    private static final String NO_PROVISIONER = "kubernetes.io/no-provisioner";

    private BeforeBinding() {}

    /** Null if the claim is with its provisioner. */
    static @Nullable Explanation of(ClaimSituation situation) {
        PersistentVolumeClaim claim = situation.claim();
        if (claim.spec().volumeName() != null) {
            return asksByName(situation, claim.spec().volumeName());
        }
        PersistentVolume volume = situation.volume();
        if (volume != null) {
            return Explanation.of(
                    Stage.WAITS_FOR_BINDING,
                    "volume " + volume.key().name() + " is there; the controller-manager binds it next",
                    Actor.KUBERNETES);
        }
        if (claim.className().isEmpty()) {
            return noClass(situation);
        }
        StorageClass storageClass = situation.storageClass();
        if (storageClass == null) {
            return Explanation.of(
                    Stage.WAITS_FOR_CLASS,
                    "StorageClass " + claim.className() + " does not exist; create it, or the claim anew with another",
                    Actor.ADMINISTRATOR);
        }
        if (storageClass.provisioner().equals(NO_PROVISIONER)) {
            return Explanation.of(
                    Stage.WAITS_FOR_VOLUME,
                    "StorageClass " + claim.className()
                            + " makes no volumes; a PersistentVolume of this class, large enough, must be made by hand",
                    Actor.ADMINISTRATOR);
        }
        if (storageClass.waitsForFirstConsumer() && selectedNode(claim) == null) {
            return noNode(situation);
        }
        if (handedTo(claim) == null) {
            return Explanation.of(
                    Stage.PREPARING,
                    "the controller-manager has not handed the claim to " + storageClass.provisioner()
                            + " yet; if that lasts, see whether it runs",
                    Actor.KUBERNETES);
        }
        return null;
    }

    static @Nullable String handedTo(PersistentVolumeClaim claim) {
        String name = claim.meta().annotation(ProvisionerNames.STORAGE_PROVISIONER);
        return name != null ? name : claim.meta().annotation(ProvisionerNames.BETA_STORAGE_PROVISIONER);
    }

    static @Nullable String selectedNode(PersistentVolumeClaim claim) {
        String node = claim.meta().annotation(ProvisionerNames.SELECTED_NODE);
        return node != null ? node : claim.meta().annotation(ProvisionerNames.ALPHA_SELECTED_NODE);
    }

    private static Explanation asksByName(ClaimSituation situation, String name) {
        PersistentVolumeClaim claim = situation.claim();
        PersistentVolume volume = situation.volume();
        if (volume == null) {
            return Explanation.of(
                    Stage.WAITS_FOR_VOLUME,
                    "it asks for PersistentVolume " + name + " by name (spec.volumeName), and there is none",
                    Actor.USER);
        }
        if (volume.claimRef() != null
                && !(volume.claimRef().key().equals(claim.key())
                        && (volume.claimRef().uid().isEmpty()
                                || volume.claimRef().uid().equals(claim.uid())))) {
            return Explanation.of(
                    Stage.WAITS_FOR_VOLUME,
                    "PersistentVolume " + name + ", which it asks for by name, belongs to claim "
                            + volume.claimRef().key()
                            + (volume.claimRef().key().equals(claim.key()) ? " of an earlier life (another uid)" : "")
                            + "; remove its spec.claimRef to give it away, or ask for another",
                    Actor.ADMINISTRATOR);
        }
        if (!volume.storageClassName().equals(claim.className())) {
            return Explanation.of(
                    Stage.WAITS_FOR_VOLUME,
                    "PersistentVolume " + name + " is of class '" + volume.storageClassName() + "', the claim of '"
                            + claim.className() + "'",
                    Actor.USER);
        }
        return Explanation.of(
                Stage.WAITS_FOR_BINDING,
                "the controller-manager binds PersistentVolume " + name + " next",
                Actor.KUBERNETES);
    }

    private static Explanation noClass(ClaimSituation situation) {
        if (situation.claim().spec().storageClassName() != null) {
            return Explanation.of(
                    Stage.WAITS_FOR_VOLUME,
                    "its storageClassName is \"\", which asks for a PersistentVolume made by hand, without a class",
                    Actor.ADMINISTRATOR);
        }
        if (situation.defaults().isEmpty()) {
            return Explanation.of(
                    Stage.WAITS_FOR_CLASS,
                    "it names no StorageClass and the cluster has no default one; name one in the claim, or annotate one"
                            + " with storageclass.kubernetes.io/is-default-class=true",
                    Actor.USER);
        }
        return Explanation.of(
                Stage.WAITS_FOR_CLASS,
                "the controller-manager gives it a default class next; of " + String.join(", ", situation.defaults())
                        + " it takes the newest",
                Actor.KUBERNETES);
    }

    private static Explanation noNode(ClaimSituation situation) {
        String mode = "StorageClass " + situation.claim().className() + " waits for the first consumer";
        if (situation.pods().isEmpty()) {
            return Explanation.of(Stage.WAITS_FOR_NODE, mode + ", and no pod uses the claim yet", Actor.USER);
        }
        PodUse pod = situation.pods().getFirst();
        if (!pod.node().isEmpty()) {
            return Explanation.of(
                    Stage.WAITS_FOR_NODE,
                    mode + ", but pod " + pod.key().name() + " names node " + pod.node()
                            + " itself (spec.nodeName), so that the scheduler never chooses one; use a nodeSelector on"
                            + " kubernetes.io/hostname instead",
                    Actor.USER);
        }
        return Explanation.of(
                Stage.WAITS_FOR_NODE,
                mode + "; the scheduler has no node for pod " + pod.key().name() + " yet"
                        + (pod.unscheduled() == null ? "" : ": " + pod.unscheduled()),
                pod.unscheduled() == null ? Actor.KUBERNETES : Actor.ADMINISTRATOR);
    }
}
