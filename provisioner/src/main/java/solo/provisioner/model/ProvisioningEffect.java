package solo.provisioner.model;

import org.jspecify.annotations.Nullable;
import solo.csi.model.ContentSource;
import solo.csi.model.Secrets;
import solo.csi.model.VolumeRequest;
import solo.kube.model.EventNote;
import solo.kube.model.ObjectKey;
import solo.kube.model.PersistentVolumeClaim;
import solo.kube.model.VolumeSnapshot;

/** One thing to do for a claim. Each is safe to repeat, and the process may stop after any of them. */
public sealed interface ProvisioningEffect {

    /** The finalizer that must be in place before this may happen; it is written by an effect before this one. */
    default @Nullable String dependsOn() {
        return null;
    }

    /** Looks something up in the API server; only facts change. */
    sealed interface Read extends ProvisioningEffect {}

    record ReadClaim(ObjectKey claim) implements Read {}

    record ReadSecret(ObjectKey secret) implements Read {}

    record ReadAttributesClass(String name) implements Read {}

    record ReadSnapshot(ObjectKey snapshot) implements Read {}

    record ReadContent(String name) implements Read {}

    /** Asks the driver whether there is room in any of the places that the request allows. */
    record CheckRoom(VolumeRequest request) implements Read {}

    /** Writes the node on the claim, unless somebody has changed the claim meanwhile. */
    record TakeClaim(String node) implements ProvisioningEffect {}

    /** Tells the claim's owner. */
    record Announce(EventNote note) implements ProvisioningEffect {}

    /** Keeps a snapshot from being deleted while a volume is made from it. */
    record ProtectSnapshot(VolumeSnapshot snapshot) implements ProvisioningEffect {}

    /** Keeps a claim from being deleted while it is cloned. */
    record ProtectClaim(PersistentVolumeClaim source) implements ProvisioningEffect {}

    record CreateVolume(VolumeRequest request) implements ProvisioningEffect {
        @Override
        public @Nullable String dependsOn() {
            return switch (request.contentSource()) {
                case null -> null;
                case ContentSource.FromSnapshot snapshot -> ProvisionerNames.SNAPSHOT_FINALIZER;
                case ContentSource.FromVolume volume -> ProvisionerNames.CLONE_FINALIZER;
            };
        }
    }

    /** The one write of a usual claim: the PersistentVolume, born with every finalizer it will need. */
    record SaveVolume(NewPersistentVolume volume) implements ProvisioningEffect {}

    /** Once more, as nobody knows whether the first write came through. The driver need not be asked again. */
    record SaveAgain(NewPersistentVolume volume) implements ProvisioningEffect {}

    /** Takes back a volume that is not what was asked for and that no PersistentVolume names. */
    record DeleteVolume(String handle, Secrets secrets, Unprovisioned because) implements ProvisioningEffect {}

    /** Lets go of a snapshot that no waiting claim is to be filled from any more. */
    record ReleaseSnapshot(ObjectKey snapshot) implements ProvisioningEffect {}

    /** Takes the selected node off the claim, so that the scheduler chooses again. */
    record GiveBack(ProvisioningReason because) implements ProvisioningEffect {}
}
