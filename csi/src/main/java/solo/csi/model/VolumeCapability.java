package solo.csi.model;

import java.util.List;

/** One way in which a volume is to be used: from where, and as a device or mounted. */
public record VolumeCapability(AccessMode accessMode, AccessType accessType) {

    public sealed interface AccessType {
        /** A raw device. */
        record Block() implements AccessType {}

        /** A file system; an empty type lets the driver choose. */
        record Mount(String fsType, List<String> flags) implements AccessType {
            public Mount {
                flags = List.copyOf(flags);
            }
        }
    }

    public static VolumeCapability block(AccessMode accessMode) {
        return new VolumeCapability(accessMode, new AccessType.Block());
    }

    public static VolumeCapability mount(AccessMode accessMode, String fsType, List<String> flags) {
        return new VolumeCapability(accessMode, new AccessType.Mount(fsType, flags));
    }
}
