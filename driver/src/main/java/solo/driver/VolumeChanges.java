package solo.driver;

import csi.v1.ControllerExpandVolumeRequest;
import csi.v1.ControllerExpandVolumeResponse;
import csi.v1.ControllerModifyVolumeRequest;
import csi.v1.ControllerModifyVolumeResponse;
import csi.v1.DeleteVolumeRequest;
import csi.v1.DeleteVolumeResponse;
import solo.csi.CsiException;
import solo.driver.backend.Backend.NodeExpansion;
import solo.driver.state.Volume;

/** DeleteVolume, ControllerExpandVolume and ControllerModifyVolume. */
final class VolumeChanges {
    private final LocalStorage storage;
    private final VolumeLifecycle lifecycle;

    VolumeChanges(LocalStorage storage, VolumeLifecycle lifecycle) {
        this.storage = storage;
        this.lifecycle = lifecycle;
    }

    DeleteVolumeResponse delete(DeleteVolumeRequest request) throws CsiException {
        String id = Requests.required(request.getVolumeId(), "volume_id");
        storage.alone(id, () -> {
            lifecycle.delete(id);
            return id;
        });
        return DeleteVolumeResponse.getDefaultInstance();
    }

    ControllerExpandVolumeResponse expand(ControllerExpandVolumeRequest request) throws CsiException {
        String id = Requests.required(request.getVolumeId(), "volume_id");
        if (!request.hasCapacityRange()) {
            throw Refusals.invalid("capacity_range is missing");
        }
        SizeRange size = SizeRange.of(request.getCapacityRange());
        if (size.required() == 0 && size.limit() == 0) {
            throw Refusals.invalid("capacity_range names no size");
        }
        var expansion = storage.alone(id, () -> lifecycle.expand(storage.require(id), size));
        return ControllerExpandVolumeResponse.newBuilder()
                .setCapacityBytes(expansion.volume().home().capacityBytes())
                .setNodeExpansionRequired(expansion.onNode() == NodeExpansion.NEEDED)
                .build();
    }

    ControllerModifyVolumeResponse modify(ControllerModifyVolumeRequest request) throws CsiException {
        String id = Requests.required(request.getVolumeId(), "volume_id");
        if (request.getMutableParametersCount() == 0) {
            throw Refusals.invalid("mutable_parameters is missing");
        }
        storage.alone(id, () -> {
            Volume volume = storage.require(id);
            var parameters =
                    MutableParameters.of(request.getMutableParametersMap(), storage.backend(volume), volume.spec());
            return lifecycle.modify(volume, parameters);
        });
        return ControllerModifyVolumeResponse.getDefaultInstance();
    }
}
