package solo.simulation;

import java.util.Map;
import solo.kube.Kinds;

/** Builds a VolumeAttachment. */
public final class AttachmentBuilder extends ObjectBuilder<AttachmentBuilder> {

    AttachmentBuilder(String name) {
        super(Kinds.ATTACHMENT.resource(), name);
        attacher(ModelDriver.NAME).with(false, "status", "attached");
    }

    @Override
    protected AttachmentBuilder self() {
        return this;
    }

    public AttachmentBuilder attacher(String driver) {
        return with(driver, "spec", "attacher");
    }

    public AttachmentBuilder node(String name) {
        return with(name, "spec", "nodeName");
    }

    public AttachmentBuilder volume(String name) {
        return with(name, "spec", "source", "persistentVolumeName");
    }

    /** A volume without a PersistentVolume: this spec. */
    public AttachmentBuilder inline(Map<String, ?> volumeSpec) {
        return with(volumeSpec, "spec", "source", "inlineVolumeSpec");
    }

    public AttachmentBuilder attached() {
        return with(true, "status", "attached");
    }
}
