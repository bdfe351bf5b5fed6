package solo.driver.mount;

/**
 * What a mount shows: the filesystem, as {@code major:minor}, and the path within it. Two mounts with the same origin
 * show the same files.
 */
public record MountOrigin(String device, String root) {
    private static final String DELETED = "//deleted";

    /** The kernel marks a directory that was deleted while mounted; it is still the same origin. */
    static MountOrigin of(String device, String root) {
        return new MountOrigin(
                device, root.endsWith(DELETED) ? root.substring(0, root.length() - DELETED.length()) : root);
    }

    /** The same filesystem, further down. */
    MountOrigin resolve(String relative) {
        return relative.isEmpty() ? this : new MountOrigin(device, (root.equals("/") ? "" : root) + "/" + relative);
    }

    /** True when the other origin lies below this one in the same filesystem. */
    public boolean contains(MountOrigin other) {
        return device.equals(other.device) && other.root.startsWith(root.equals("/") ? "/" : root + "/");
    }
}
