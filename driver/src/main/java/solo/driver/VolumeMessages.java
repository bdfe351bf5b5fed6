package solo.driver;

import csi.v1.VolumeHealth;
import csi.v1.VolumeHealth.VolumeHealthEntry;
import csi.v1.VolumeHealthErrorType;
import java.io.IOException;
import java.util.Optional;
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

    /** A volume whose deletion has begun since its record was read has lost nothing. */
    VolumeHealth health(Volume volume) throws IOException {
        var health = VolumeHealth.newBuilder().setVolumeId(volume.id());
        Optional<String> damage = storage.backend(volume).damage(volume);
        if (damage.isPresent()
                && storage.store()
                        .find(volume.id())
                        .filter(now -> now.phase() == volume.phase())
                        .isPresent()) {
            health.addHealthStatuses(VolumeHealthEntry.newBuilder()
                    .setStatus(VolumeHealthErrorType.DATA_LOSS)
                    .setReason("DataMissing")
                    .setMessage(damage.get()));
        }
        return health.build();
    }
}
