package solo.app.explain;

import java.util.Set;
import solo.app.options.SoloOptions;
import solo.provisioner.model.Feature;
import solo.provisioner.model.VolumeNaming;
import solo.resizer.ResizerOptions;
import solo.resizer.ResizerOptions.AttributesClasses;
import solo.resizer.ResizerOptions.VolumesInUse;
import solo.resizer.model.ResizingDriver;
import solo.snapshotter.model.SnapshotNaming;

/**
 * How the controllers are set up, as far as their decisions depend on it.
 *
 * @param options the flags
 * @param attributesClasses whether the cluster serves them in v1 (Kubernetes 1.34) and no gate forbids it
 */
record Setup(SoloOptions options, AttributesClasses attributesClasses) {

    /** Throws {@link IllegalArgumentException} with a sentence about the flag that is wrong. */
    VolumeNaming naming() {
        return new VolumeNaming(options.provisioner.volumeNamePrefix, options.provisioner.volumeNameUuidLength);
    }

    /** Throws as {@link #naming}. */
    SnapshotNaming snapshotNaming() {
        return SnapshotNaming.of("--snapshot-name", options.snapshotter.namePrefix, options.snapshotter.nameUuidLength);
    }

    /** Throws as {@link #naming}. */
    SnapshotNaming groupNaming() {
        return SnapshotNaming.of(
                "--groupsnapshot-name", options.snapshotter.groupNamePrefix, options.snapshotter.groupNameUuidLength);
    }

    Set<Feature> features(DriverFacts driver) {
        Set<Feature> features = options.provisionerFeatures();
        if (attributesClasses == AttributesClasses.SERVED) {
            features.add(Feature.VOLUME_ATTRIBUTES_CLASS);
        }
        if (driver.attaches()) {
            features.add(Feature.ATTACHER_FINALIZER);
        }
        return features;
    }

    ResizingDriver.Metadata modifyMetadata() {
        return options.resizer.extraModifyMetadata ? ResizingDriver.Metadata.SENT : ResizingDriver.Metadata.LEFT_OUT;
    }

    ResizerOptions resizer() {
        return new ResizerOptions(
                ResizerOptions.DEFAULT.workers(),
                ResizerOptions.DEFAULT.backoff(),
                options.resizer.handleVolumeInUse ? VolumesInUse.HANDLED : VolumesInUse.NOT_HANDLED,
                attributesClasses);
    }
}
