package solo.csi;

import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Who may connect to a socket of ours; whoever may connect to a driver may delete every volume. */
public enum SocketAccess {
    OWNER("rw-------"),
    OWNER_AND_GROUP("rw-rw----");

    private final String mode;

    SocketAccess(String mode) {
        this.mode = mode;
    }

    Set<PosixFilePermission> permissions() {
        return PosixFilePermissions.fromString(mode);
    }
}
