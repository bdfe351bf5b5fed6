package solo.provisioner.model;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import solo.csi.model.Topology;
import solo.kube.model.ObjectKey;
import solo.kube.model.ObjectReference;
import solo.kube.model.Quantity;

/**
 * A PersistentVolume to be written, complete.
 *
 * @param nodeAffinity the places it can be used from; empty for everywhere
 */
public record NewPersistentVolume(
        String name,
        List<String> finalizers,
        Map<String, String> annotations,
        Quantity capacity,
        List<String> accessModes,
        @Nullable String volumeMode,
        List<String> mountOptions,
        Csi csi,
        @Nullable String reclaimPolicy,
        String storageClassName,
        @Nullable String volumeAttributesClassName,
        List<Topology> nodeAffinity,
        ObjectReference claim) {

    /** spec.csi; {@code fsType} null where the driver is to choose, and for raw block. */
    public record Csi(
            String driver,
            String volumeHandle,
            Access access,
            @Nullable String fsType,
            Map<String, String> volumeAttributes,
            VolumeSecrets secrets) {
        public Csi {
            volumeAttributes = Map.copyOf(volumeAttributes);
        }
    }

    /** spec.csi.readOnly. */
    public enum Access {
        READ_WRITE,
        READ_ONLY
    }

    /** The secrets that other calls for this volume need; null where the class names none. */
    public record VolumeSecrets(
            @Nullable ObjectKey controllerPublish,
            @Nullable ObjectKey nodeStage,
            @Nullable ObjectKey nodePublish,
            @Nullable ObjectKey controllerExpand,
            @Nullable ObjectKey nodeExpand) {}

    public NewPersistentVolume {
        finalizers = List.copyOf(finalizers);
        annotations = Map.copyOf(annotations);
        accessModes = List.copyOf(accessModes);
        mountOptions = List.copyOf(mountOptions);
        nodeAffinity = List.copyOf(nodeAffinity);
    }
}
