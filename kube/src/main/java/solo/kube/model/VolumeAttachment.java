package solo.kube.model;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The wish to have a volume attached to a node (storage.k8s.io/v1 VolumeAttachment).
 *
 * @param volumeName the PersistentVolume, or null when the volume is given inline
 * @param inline the volume itself, or null
 */
public record VolumeAttachment(
        ObjectMeta meta,
        String attacher,
        String nodeName,
        @Nullable String volumeName,
        @Nullable VolumeSpec inline,
        Status status)
        implements Projected {

    /** status: whether it is attached, and the last errors as Kubernetes' attach-detach controller shows them. */
    public record Status(
            boolean attached,
            Map<String, String> attachmentMetadata,
            @Nullable Problem attachError,
            @Nullable Problem detachError) {
        public Status {
            attachmentMetadata = Map.copyOf(attachmentMetadata);
        }
    }

    /** A VolumeError; {@code errorCode} is the gRPC number, if there was one. */
    public record Problem(String message, @Nullable Long errorCode) {}

    public static VolumeAttachment of(Json object) {
        Json spec = object.at("spec");
        Json status = object.at("status");
        Json inline = spec.at("source", "inlineVolumeSpec");
        return new VolumeAttachment(
                ObjectMeta.of(object, key -> key.startsWith("csi.alpha.kubernetes.io/") || key.startsWith("solo.csi/")),
                spec.at("attacher").text("").intern(),
                spec.at("nodeName").text("").intern(),
                spec.at("source", "persistentVolumeName").text(),
                inline.present() ? VolumeSpec.of(inline) : null,
                new Status(
                        status.at("attached").flag(false),
                        status.at("attachmentMetadata").textMap(),
                        problem(status.at("attachError")),
                        problem(status.at("detachError"))));
    }

    private static @Nullable Problem problem(Json error) {
        return error.present()
                ? new Problem(
                        error.at("message").text(""), error.at("errorCode").number())
                : null;
    }
}
