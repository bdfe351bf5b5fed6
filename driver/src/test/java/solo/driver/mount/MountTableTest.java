package solo.driver.mount;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class MountTableTest {
    private static final MountTable TABLE = MountTable.parse(List.of(
            "22 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw",
            "23 22 0:21 / /proc rw,nosuid - proc proc rw",
            "30 22 8:2 /data /var rw - ext4 /dev/sdb rw",
            "31 22 8:1 /srv/dir/v /mnt/one ro,noatime shared:1 master:2 - ext4 /dev/sda1 rw",
            "32 22 8:1 /srv/dir/v//deleted /mnt/two rw - ext4 /dev/sda1 rw",
            "33 22 0:50 / /mnt/with\\040space\\134and\\303\\244 rw - tmpfs tmpfs rw",
            "34 31 8:3 / /mnt/one rw - ext4 /dev/sdc rw",
            "not a line"));

    @Test
    void the_last_mount_at_a_path_is_the_one_that_is_seen() {
        assertThat(TABLE.at(Path.of("/mnt/one")).orElseThrow().origin()).isEqualTo(new MountOrigin("8:3", "/"));
        assertThat(TABLE.at(Path.of("/mnt"))).isEmpty();
    }

    @Test
    void mounts_of_the_same_files_are_found_even_when_those_are_deleted() {
        assertThat(TABLE.showing(new MountOrigin("8:1", "/srv/dir/v")))
                .extracting(MountPoint::path)
                .containsExactly("/mnt/one", "/mnt/two");
    }

    @Test
    void a_filesystem_is_read_only_by_error_if_the_mount_is_not() {
        MountTable table = MountTable.parse(List.of(
                "22 1 8:1 / /failed rw,relatime shared:1 - btrfs /dev/sda1 ro,discard=async",
                "23 1 8:2 / /wanted ro - ext4 /dev/sdb ro",
                "24 1 8:3 / /reading ro - ext4 /dev/sdc rw",
                "25 1 8:4 / /well rw - ext4 /dev/sdd rw,errors=remount-ro"));
        assertThat(table.mounts())
                .filteredOn(MountPoint::readOnlyByError)
                .extracting(MountPoint::path)
                .containsExactly("/failed");
    }

    @Test
    void options_are_those_of_the_mount() {
        assertThat(TABLE.mounts().get(3).readOnly()).isTrue();
        assertThat(TABLE.mounts().get(3).options()).contains("noatime");
        assertThat(TABLE.mounts().get(4).readOnly()).isFalse();
    }

    @Test
    void escaped_characters_are_read() {
        assertThat(TABLE.mounts().get(5).path()).isEqualTo("/mnt/with space\\andä");
    }

    @Test
    void a_path_shows_its_place_in_the_nearest_filesystem() {
        assertThat(TABLE.originOf(Path.of("/srv/dir/v"))).isEqualTo(new MountOrigin("8:1", "/srv/dir/v"));
        assertThat(TABLE.originOf(Path.of("/var/lib/solo"))).isEqualTo(new MountOrigin("8:2", "/data/lib/solo"));
        assertThat(TABLE.originOf(Path.of("/var"))).isEqualTo(new MountOrigin("8:2", "/data"));
        assertThat(TABLE.originOf(Path.of("/variety"))).isEqualTo(new MountOrigin("8:1", "/variety"));
        assertThat(TABLE.originOf(Path.of("/"))).isEqualTo(new MountOrigin("8:1", "/"));
    }

    @Test
    void below_is_not_beside() {
        assertThat(TABLE.below(Path.of("/mnt"))).hasSize(4);
        assertThat(TABLE.below(Path.of("/mnt/o"))).isEmpty();
        assertThat(new MountOrigin("8:1", "/a").contains(new MountOrigin("8:1", "/a/b")))
                .isTrue();
        assertThat(new MountOrigin("8:1", "/a").contains(new MountOrigin("8:1", "/ab")))
                .isFalse();
        assertThat(new MountOrigin("8:1", "/a").contains(new MountOrigin("8:2", "/a/b")))
                .isFalse();
    }
}
