package solo.provisioner.rules;

import java.util.List;
import solo.csi.model.AccessModes;
import solo.csi.model.AccessModes.Mapping;
import solo.csi.model.VolumeCapability;
import solo.provisioner.model.ProvisioningView;
import solo.provisioner.model.Unprepared.UnknownAccessMode;

/** How the volume is to be used: one capability for each access mode of the claim, in the claim's order. */
final class VolumeCapabilities {
    private VolumeCapabilities() {}

    static Finding<List<VolumeCapability>> ask(ProvisioningView view) {
        var singleNode = AccessModes.SingleNode.of(view.options().capabilities());
        return switch (AccessModes.oneByOne(view.claim().spec().accessModes(), singleNode)) {
            case Mapping.Refused(var why) -> Finding.refused(new UnknownAccessMode(why));
            case Mapping.Mapped(var modes) ->
                ShouldProvision.hasClass(view)
                        .then(storageClass -> FsType.of(
                                        storageClass.parameters(),
                                        view.options().defaultFsType())
                                .then(fsType -> Finding.found(modes.stream()
                                        .map(mode -> view.claim().block()
                                                ? VolumeCapability.block(mode)
                                                : VolumeCapability.mount(mode, fsType, storageClass.mountOptions()))
                                        .toList())));
        };
    }
}
