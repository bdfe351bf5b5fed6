package solo.csi;

import csi.v1.CapacityRange;
import csi.v1.CreateVolumeRequest;
import csi.v1.CreateVolumeResponse;
import csi.v1.Volume;
import csi.v1.VolumeCapability.AccessMode.Mode;
import csi.v1.VolumeCapability.BlockVolume;
import csi.v1.VolumeCapability.MountVolume;
import csi.v1.VolumeContentSource;
import csi.v1.VolumeContentSource.SnapshotSource;
import csi.v1.VolumeContentSource.VolumeSource;
import solo.csi.model.Code;
import solo.csi.model.ContentSource;
import solo.csi.model.CreatedVolume;
import solo.csi.model.CreatedVolume.Content;
import solo.csi.model.VolumeCapability;
import solo.csi.model.VolumeCapability.AccessType;
import solo.csi.model.VolumeRequest;

/** Volumes as records on one side and as CSI messages on the other. */
public final class VolumeMessages {
    private VolumeMessages() {}

    public static CreateVolumeRequest toMessage(VolumeRequest request) {
        var message = CreateVolumeRequest.newBuilder()
                .setName(request.name())
                .putAllParameters(request.parameters())
                .putAllSecrets(request.secrets().values())
                .putAllMutableParams(request.mutableParameters());
        if (request.requiredBytes() > 0) {
            message.setCapacityRange(CapacityRange.newBuilder().setRequiredBytes(request.requiredBytes()));
        }
        for (VolumeCapability capability : request.capabilities()) {
            message.addVolumeCapabilities(toMessage(capability));
        }
        if (request.contentSource() != null) {
            message.setVolumeContentSource(toMessage(request.contentSource()));
        }
        if (request.requirement() != null) {
            message.setAccessibilityRequirements(TopologyMessages.toMessage(request.requirement()));
        }
        return message.build();
    }

    /** UNAVAILABLE for an answer that names no volume: one may exist, so the call has to be repeated. */
    public static CreatedVolume toRecord(CreateVolumeResponse response) throws CsiException {
        Volume volume = response.getVolume();
        if (volume.getVolumeId().isEmpty()) {
            throw new CsiException(Code.UNAVAILABLE, "the driver answered CreateVolume without a volume id");
        }
        return new CreatedVolume(
                volume.getVolumeId(),
                volume.getCapacityBytes(),
                volume.getVolumeContextMap(),
                volume.hasContentSource() ? Content.FROM_SOURCE : Content.EMPTY,
                volume.getAccessibleTopologyList().stream()
                        .map(TopologyMessages::toRecord)
                        .toList());
    }

    public static csi.v1.VolumeCapability toMessage(VolumeCapability capability) {
        var message = csi.v1.VolumeCapability.newBuilder();
        message.getAccessModeBuilder()
                .setMode(Mode.forNumber(capability.accessMode().number()));
        switch (capability.accessType()) {
            case AccessType.Block() -> message.setBlock(BlockVolume.getDefaultInstance());
            case AccessType.Mount(var fsType, var flags) ->
                message.setMount(MountVolume.newBuilder().setFsType(fsType).addAllMountFlags(flags));
        }
        return message.build();
    }

    public static VolumeContentSource toMessage(ContentSource source) {
        var message = VolumeContentSource.newBuilder();
        switch (source) {
            case ContentSource.FromSnapshot(var id) ->
                message.setSnapshot(SnapshotSource.newBuilder().setSnapshotId(id));
            case ContentSource.FromVolume(var id) ->
                message.setVolume(VolumeSource.newBuilder().setVolumeId(id));
        }
        return message.build();
    }
}
