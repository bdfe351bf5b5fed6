package solo.resizer.csi;

import csi.v1.CapacityRange;
import csi.v1.ControllerExpandVolumeRequest;
import csi.v1.ControllerExpandVolumeResponse;
import csi.v1.ControllerModifyVolumeRequest;
import solo.csi.CsiException;
import solo.csi.Driver;
import solo.csi.VolumeMessages;
import solo.kube.model.Quantity;
import solo.resizer.model.ExpandRequest;
import solo.resizer.model.ExpansionView.Answer.Expanded;
import solo.resizer.model.ExpansionView.NodeExpansion;
import solo.resizer.model.ModifyRequest;

/** The driver as the resizer uses it. */
public final class VolumeChanges {
    private final Driver expanding;
    private final Driver modifying;

    /** The same driver twice, with {@code --resize-timeout} and with {@code --modify-timeout}. */
    public VolumeChanges(Driver expanding, Driver modifying) {
        this.expanding = expanding;
        this.modifying = modifying;
    }

    public Expanded expand(ExpandRequest request) throws CsiException {
        ControllerExpandVolumeResponse answer = expanding
                .controller()
                .controllerExpandVolume(ControllerExpandVolumeRequest.newBuilder()
                        .setVolumeId(request.volumeHandle())
                        .setCapacityRange(CapacityRange.newBuilder()
                                .setRequiredBytes(request.size().bytes()))
                        .setVolumeCapability(VolumeMessages.toMessage(request.capability()))
                        .putAllSecrets(request.secrets().values())
                        .build());
        // CSI requires the size; one that forgets it has at least not refused what it was asked for.
        Quantity size = answer.getCapacityBytes() > 0 ? Quantity.ofBytes(answer.getCapacityBytes()) : request.size();
        return new Expanded(size, answer.getNodeExpansionRequired() ? NodeExpansion.NEEDED : NodeExpansion.NOT_NEEDED);
    }

    public void modify(ModifyRequest request) throws CsiException {
        modifying
                .controller()
                .controllerModifyVolume(ControllerModifyVolumeRequest.newBuilder()
                        .setVolumeId(request.volumeHandle())
                        .putAllMutableParameters(request.parameters())
                        .putAllSecrets(request.secrets().values())
                        .build());
    }
}
