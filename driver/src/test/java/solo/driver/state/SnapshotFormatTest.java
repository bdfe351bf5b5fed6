package solo.driver.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class SnapshotFormatTest {
    private static final Instant NOW = Instant.parse("2026-11-28T18:00:00.123Z");
    private static final Snapshot ALONE = new Snapshot("s", "s", "v", "dir", Phase.CREATING, 5, NOW, "");
    private static final Snapshot MEMBER = new Snapshot("m", "g", "v", "dir", Phase.READY, 5, NOW, "g");
    private static final GroupSnapshot GROUP =
            new GroupSnapshot("g", "g", Phase.DELETING, NOW, new TreeMap<>(Map.of("v", "m", "w", "n")));

    @Test
    void what_is_written_is_read_back() throws Exception {
        assertThat(SnapshotFormat.read("file", SnapshotFormat.write(ALONE))).isEqualTo(ALONE);
        assertThat(SnapshotFormat.read("file", SnapshotFormat.write(MEMBER))).isEqualTo(MEMBER);
        var ofProject = ALONE.ofProject(7);
        assertThat(SnapshotFormat.read("file", SnapshotFormat.write(ofProject))).isEqualTo(ofProject);
        assertThat(GroupSnapshotFormat.read("file", GroupSnapshotFormat.write(GROUP)))
                .isEqualTo(GROUP);
    }

    @Test
    void a_solo_that_knows_no_groups_reads_snapshots_that_are_in_none_and_no_others() {
        assertThat(SnapshotFormat.write(ALONE)).contains("version=1\n").doesNotContain("group");
        assertThat(SnapshotFormat.write(MEMBER)).contains("version=2\n");
    }

    @Test
    void what_a_newer_solo_wrote_is_left_alone() {
        String newer = SnapshotFormat.write(MEMBER).replace("version=2", "version=4");
        assertThatThrownBy(() -> SnapshotFormat.read("file", newer))
                .isInstanceOf(StateException.class)
                .hasMessageContaining("newer Solo");
    }
}
