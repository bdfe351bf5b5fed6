package solo.driver;

import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import solo.csi.model.AccessMode;
import solo.csi.model.VolumeCapability;
import solo.csi.model.VolumeCapability.AccessType.Block;
import solo.csi.model.VolumeCapability.AccessType.Mount;
import solo.driver.linux.MountAttributes;

/**
 * Capabilities in the words that the state keeps, such as {@code mount SINGLE_NODE_WRITER}. Mount options are left out:
 * they do not change what a volume is.
 *
 * <p>The MULTI_NODE modes are accepted although only one node can reach a local volume: several pods there may share
 * it, and its topology keeps pods from other nodes.
 */
final class Uses {
    private Uses() {}

    static String of(VolumeCapability capability) {
        return switch (capability.accessType()) {
            case Block() -> "block " + capability.accessMode();
            case Mount(String fsType, List<String> _) ->
                (fsType.isEmpty() ? "mount " : "mount " + fsType + " ") + capability.accessMode();
        };
    }

    static SortedSet<String> of(List<VolumeCapability> capabilities) {
        var uses = new TreeSet<String>();
        capabilities.forEach(capability -> uses.add(of(capability)));
        return uses;
    }

    static List<String> mountFlags(VolumeCapability capability) {
        return switch (capability.accessType()) {
            case Block() -> List.of();
            case Mount(String _, List<String> flags) -> flags;
        };
    }

    /** Mount flags that are for the filesystem, not for one mount of it. */
    static List<String> filesystemOptions(VolumeCapability capability) {
        return mountFlags(capability).stream()
                .filter(flag -> !MountAttributes.known().contains(flag))
                .toList();
    }

    /** Mount flags that are for one mount, not for its filesystem. */
    static MountAttributes mountAttributes(VolumeCapability capability, boolean readOnly) {
        return MountAttributes.of(
                mountFlags(capability).stream()
                        .filter(MountAttributes.known()::contains)
                        .toList(),
                readOnly);
    }

    /** In these modes nobody may write, whatever the request's readonly flag says. */
    static boolean readersOnly(AccessMode mode) {
        return mode == AccessMode.SINGLE_NODE_READER_ONLY || mode == AccessMode.MULTI_NODE_READER_ONLY;
    }
}
