package solo.provisioner.model;

import org.jspecify.annotations.Nullable;
import solo.csi.model.CreatedVolume;
import solo.csi.model.DriverError;
import solo.kube.model.PersistentVolume;

/** What came of an effect, where the next step depends on it. */
public sealed interface ProvisioningAnswer {

    /** CreateVolume was not called, because it could not be written down that it would be. */
    record NotRecorded(String why) implements ProvisioningAnswer {}

    record Created(CreatedVolume volume) implements ProvisioningAnswer {}

    record CreateFailed(DriverError error) implements ProvisioningAnswer {}

    /** The API server has a PersistentVolume of that name; this is what it looks like now. */
    record AlreadyExists(NewPersistentVolume wanted, PersistentVolume existing) implements ProvisioningAnswer {}

    record SaveFailed(String volume, String why) implements ProvisioningAnswer {}

    /** {@code error} null if the volume is gone. */
    record TakenBack(Unprovisioned because, @Nullable DriverError error) implements ProvisioningAnswer {}

    record ProtectFailed(String source, String why) implements ProvisioningAnswer {}

    /** {@code why} null if the claim is this node's now. */
    record Took(String node, @Nullable String why) implements ProvisioningAnswer {}

    /** {@code why} null if the scheduler may choose again. */
    record GivenBack(ProvisioningReason because, @Nullable String why) implements ProvisioningAnswer {}
}
