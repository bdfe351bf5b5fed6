package solo.driver.mount;

import java.util.Set;

/**
 * One line of the mount table: where, what, and the options of this mount (not those of its filesystem). The path is
 * text, because other people's mounts may have names that this process could not even open.
 *
 * @param source what was mounted, by the filesystem's own word; a device for those that are on one
 */
public record MountPoint(String path, MountOrigin origin, String source, Set<String> options) {
    public MountPoint {
        options = Set.copyOf(options);
    }

    public boolean readOnly() {
        return options.contains("ro");
    }
}
