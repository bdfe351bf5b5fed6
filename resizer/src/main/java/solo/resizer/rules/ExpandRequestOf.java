package solo.resizer.rules;

import solo.csi.model.AccessModes;
import solo.csi.model.AccessModes.Mapping;
import solo.csi.model.AccessModes.SingleNode;
import solo.csi.model.Secrets;
import solo.csi.model.VolumeCapability;
import solo.kube.model.Actor;
import solo.kube.model.CsiSource;
import solo.kube.model.PersistentVolume;
import solo.kube.model.Quantity;
import solo.resizer.model.ExpandRequest;
import solo.resizer.model.ExpansionReason.CannotAsk;
import solo.resizer.model.ResizingDriver;

/** What is ControllerExpandVolume asked for? Everything but the secrets, or why it cannot be asked. */
final class ExpandRequestOf {
    private ExpandRequestOf() {}

    /** Either, never both. */
    sealed interface Answer {
        record Ask(ExpandRequest request) implements Answer {}

        record Refused(CannotAsk reason) implements Answer {}
    }

    static Answer of(PersistentVolume volume, CsiSource csi, Quantity size, ResizingDriver driver) {
        if (csi.volumeHandle().isEmpty()) {
            return refused(volume, driver, "empty volume handle");
        }
        return switch (AccessModes.together(volume.volume().accessModes(), SingleNode.of(driver.capabilities()))) {
            case Mapping.Refused(String why) ->
                refused(
                        volume,
                        driver,
                        "failed to get capabilities of volume " + volume.key().name() + " with " + why);
            case Mapping.Mapped(var modes) -> {
                // No default file system here, unlike in the attacher.
                VolumeCapability capability = volume.volume().block()
                        ? VolumeCapability.block(modes.getFirst())
                        : VolumeCapability.mount(
                                modes.getFirst(),
                                csi.fsType() == null ? "" : csi.fsType(),
                                volume.volume().mountOptions());
                yield new Answer.Ask(new ExpandRequest(csi.volumeHandle(), size, capability, Secrets.NONE));
            }
        };
    }

    private static Answer refused(PersistentVolume volume, ResizingDriver driver, String why) {
        return new Answer.Refused(new CannotAsk(volume.key().name(), driver.name(), why, Actor.ADMINISTRATOR));
    }
}
