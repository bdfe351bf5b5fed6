package solo.provisioner.model;

import java.util.List;
import org.jspecify.annotations.Nullable;
import solo.kube.model.PersistentVolume;
import solo.kube.model.Secret;
import solo.kube.model.StorageClass;
import solo.kube.model.VolumeAttachment;

/**
 * Everything a decision about a PersistentVolume reads.
 *
 * @param storageClass the volume's class, if it still exists; only asked where the volume does not name its secret
 * @param attachments those of this volume
 * @param sameHandle other PersistentVolumes that name the same volume of the driver
 * @param stage whether this process knows that the driver has deleted the volume
 */
public record DeletionView(
        ProvisioningOptions options,
        PersistentVolume volume,
        @Nullable StorageClass storageClass,
        List<VolumeAttachment> attachments,
        List<PersistentVolume> sameHandle,
        Stage stage,
        Fact<Secret> secret,
        @Nullable DeletionAnswer answer) {

    /** How far the deletion has come, as far as this process remembers; a new one asks the driver again. */
    public enum Stage {
        AT_DRIVER,
        GONE_AT_DRIVER
    }

    public DeletionView {
        attachments = List.copyOf(attachments);
        sameHandle = List.copyOf(sameHandle);
    }

    public DeletionView with(Fact<Secret> read) {
        return new DeletionView(options, volume, storageClass, attachments, sameHandle, stage, read, answer);
    }

    public DeletionView with(DeletionAnswer came) {
        return new DeletionView(options, volume, storageClass, attachments, sameHandle, stage, secret, came);
    }
}
