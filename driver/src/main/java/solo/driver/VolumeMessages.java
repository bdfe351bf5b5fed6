package solo.driver;

import csi.v1.VolumeHealth;
import csi.v1.VolumeHealth.VolumeHealthEntry;
import csi.v1.VolumeHealthErrorType;
import java.io.IOException;
import solo.driver.LocalDriverOptions.Feature;
import solo.driver.state.Volume;

/** Our volumes in CSI's messages. */
final class VolumeMessages {
    private final LocalStorage storage;

    VolumeMessages(LocalStorage storage) {
        this.storage = storage;
    }

    csi.v1.Volume volume(Volume volume) {
        var message = csi.v1.Volume.newBuilder()
                .setVolumeId(volume.id())
                .setCapacityBytes(volume.home().capacityBytes())
                .putVolumeContext(ClassParameters.BACKEND, volume.spec().backend());
        volume.spec().contentSource().ifPresent(source -> message.setContentSource(Sources.message(source)));
        if (storage.options().has(Feature.TOPOLOGY)) {
            message.addAccessibleTopology(NodeTopology.message(volume.home().nodeId()));
        }
        return message.build();
    }

    VolumeHealth health(Volume volume) throws IOException {
        var health = VolumeHealth.newBuilder().setVolumeId(volume.id());
        storage.backend(volume).damage(volume).ifPresent(damage -> {
            health.addHealthStatuses(VolumeHealthEntry.newBuilder()
                    .setStatus(VolumeHealthErrorType.DATA_LOSS)
                    .setReason("DataMissing")
                    .setMessage(damage));
        });
        return health.build();
    }
}
