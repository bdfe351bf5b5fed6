package solo.attacher.rules;

import java.util.Map;
import solo.attacher.model.AttachingDriver;
import solo.attacher.model.AttachmentEffect.ReleaseAttachment;
import solo.attacher.model.AttachmentEffect.SaveAttached;
import solo.attacher.model.Decision;
import solo.kube.model.VolumeAttachment;

/**
 * What is there to do for a driver without ControllerPublishVolume? Its attachments are attached as soon as they exist.
 * A finalizer that an earlier, attaching version of the driver left comes off: there is no call that it could wait for.
 */
public final class TrivialAttachment {
    private TrivialAttachment() {}

    public static Decision decide(VolumeAttachment attachment, AttachingDriver driver) {
        if (attachment.meta().deleting()) {
            return attachment.meta().hasFinalizer(driver.finalizer())
                    ? Decision.run(new ReleaseAttachment(driver.finalizer()))
                    : Decision.done();
        }
        return attachment.status().attached() ? Decision.done() : Decision.run(new SaveAttached(Map.of()));
    }
}
