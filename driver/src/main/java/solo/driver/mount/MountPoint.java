package solo.driver.mount;

import java.util.Set;

/**
 * One line of the mount table: where, what, and the options of this mount beside those of its filesystem. The path is
 * text, because other people's mounts may have names that this process could not even open.
 *
 * @param source what was mounted, by the filesystem's own word; a device for those that are on one
 * @param filesystemOptions those that all mounts of it share
 */
public record MountPoint(
        String path, MountOrigin origin, String source, Set<String> options, Set<String> filesystemOptions) {
    public MountPoint {
        options = Set.copyOf(options);
        filesystemOptions = Set.copyOf(filesystemOptions);
    }

    public boolean readOnly() {
        return options.contains("ro");
    }

    /** Mounted to be written, and the filesystem is not: so the kernel leaves one that it has found an error in. */
    public boolean readOnlyByError() {
        return !readOnly() && filesystemOptions.contains("ro");
    }
}
