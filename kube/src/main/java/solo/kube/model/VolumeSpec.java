package solo.kube.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The part of a PersistentVolume's spec that a VolumeAttachment may also carry inline; {@code csi} null if not CSI. */
public record VolumeSpec(
        @Nullable CsiSource csi,
        List<String> accessModes,
        @Nullable String volumeMode,
        List<String> mountOptions) {

    public VolumeSpec {
        accessModes = List.copyOf(accessModes);
        mountOptions = List.copyOf(mountOptions);
    }

    /** Raw block rather than a filesystem; an absent mode is Filesystem. */
    public boolean block() {
        return "Block".equals(volumeMode);
    }

    static VolumeSpec of(Json spec) {
        String mode = spec.at("volumeMode").text();
        return new VolumeSpec(
                CsiSource.of(spec.at("csi")),
                spec.at("accessModes").texts().stream().map(String::intern).toList(),
                mode == null ? null : mode.intern(),
                spec.at("mountOptions").texts());
    }
}
