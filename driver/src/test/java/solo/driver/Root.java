package solo.driver;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import solo.driver.mount.MountPoint;
import solo.driver.mount.Mounts;

/** Tests that really mount. */
final class Root {
    private Root() {}

    static void needed() {
        boolean root = isRoot();
        if (!root) {
            System.out.println("SKIPPED: mounting needs root; run the tests as root to include these");
        }
        assumeTrue(root, "mounting needs root");
    }

    /** A sandbox may take this one away from root. */
    static boolean hasSysResource() throws IOException {
        try (var lines = Files.lines(Path.of("/proc/self/status"))) {
            long effective = lines.filter(line -> line.startsWith("CapEff:"))
                    .map(line -> Long.parseUnsignedLong(
                            line.substring("CapEff:".length()).strip(), 16))
                    .findFirst()
                    .orElseThrow();
            return (effective >> 24 & 1) == 1;
        }
    }

    static List<MountPoint> mountsBelow(Path directory) throws IOException {
        return Mounts.ofThisMachine().table().below(directory.toRealPath());
    }

    private static boolean isRoot() {
        try {
            return Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0);
        } catch (IOException none) {
            return false;
        }
    }
}
