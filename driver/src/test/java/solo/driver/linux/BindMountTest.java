package solo.driver.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import solo.driver.mount.MountPoint;
import solo.driver.mount.Mounts;

/** Both ways of making a bind mount, on whatever kernel there is. */
class BindMountTest {
    @TempDir
    private Path directory = Path.of("");

    private Path source = Path.of("");
    private Path target = Path.of("");

    private interface Way {
        void mount(Path source, Path target, MountAttributes attributes) throws LinuxException;
    }

    @BeforeEach
    void root() throws Exception {
        boolean root = Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0);
        if (!root) {
            System.out.println("SKIPPED: mounting needs root; run the tests as root to include these");
        }
        assumeTrue(root, "mounting needs root");
        source = Files.createDirectory(directory.toRealPath().resolve("source"));
        target = Files.createDirectory(directory.toRealPath().resolve("target"));
    }

    @Test
    void both_ways_give_the_same_mount() throws Exception {
        for (Set<String> words : List.of(
                Set.<String>of(),
                Set.of("ro"),
                Set.of("nosuid", "nodev", "noexec"),
                Set.of("noatime", "nodiratime"),
                Set.of("ro", "strictatime"),
                Set.of("rw", "defaults"))) {
            var attributes = new MountAttributes(words);
            assertThat(mounted(Linux::bindMountInTwoSteps, attributes))
                    .as("%s", words)
                    .isEqualTo(mounted(Linux::bindMount, attributes));
        }
    }

    @Test
    void an_unknown_option_never_reaches_the_kernel() {
        assertThatThrownBy(() -> new MountAttributes(Set.of("discard")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("discard");
    }

    private MountPoint mounted(Way way, MountAttributes attributes) throws Exception {
        way.mount(source, target, attributes);
        try {
            return Mounts.ofThisMachine().table().at(target).orElseThrow();
        } finally {
            Linux.unmount(target);
        }
    }
}
