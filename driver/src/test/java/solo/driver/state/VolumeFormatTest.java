package solo.driver.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import solo.driver.state.Attachment.Access;
import solo.driver.state.Volume.Home;
import solo.driver.state.Volume.Lifetime;

class VolumeFormatTest {
    private static final VolumeSpec SPEC = new VolumeSpec(
            "name = with\nnewline, 卷 and \\ # !",
            "dir",
            new TreeSet<>(Set.of("mount SINGLE_NODE_WRITER", "mount xfs MULTI_NODE_READER_ONLY")),
            new TreeMap<>(Map.of("backend", "dir", "key: with = signs", " value ")),
            "snapshot s-1");
    private static final Volume VOLUME = Volume.creating("v", SPEC, new Home("node-a", 5, Lifetime.PERSISTENT, 7))
            .in(Phase.READY)
            .withAttachments(Map.of("node-a", new Attachment("mount SINGLE_NODE_WRITER", Access.READ_ONLY)))
            .modified(Map.of("atime", "noatime"));

    @Test
    void what_is_written_is_read_back() throws Exception {
        assertThat(VolumeFormat.read("file", VolumeFormat.write(VOLUME))).isEqualTo(VOLUME);
    }

    @Test
    void a_person_can_read_it() {
        assertThat(VolumeFormat.write(VOLUME))
                .contains(
                        "version=2\n",
                        "mutable.atime=noatime\n",
                        "phase=READY\n",
                        "capacity=5\n",
                        "node=node-a\n",
                        "source=snapshot s-1\n")
                .doesNotStartWith("#");
    }

    @Test
    void a_volume_that_was_never_modified_can_still_be_read_by_the_solo_before() {
        assertThat(VolumeFormat.write(Volume.creating("v", SPEC, new Home("node-a", 5, Lifetime.PERSISTENT, 0))))
                .contains("version=1\n");
    }

    @Test
    void unknown_fields_of_this_version_are_ignored() throws Exception {
        assertThat(VolumeFormat.read("file", VolumeFormat.write(VOLUME) + "colour=blue\n"))
                .isEqualTo(VOLUME);
    }

    @Test
    void a_newer_version_is_refused_with_what_to_do() {
        String newer = VolumeFormat.write(VOLUME).replace("version=2", "version=3");

        assertThatThrownBy(() -> VolumeFormat.read("v.volume", newer))
                .isInstanceOf(StateException.class)
                .hasMessageContainingAll("v.volume", "newer Solo");
    }

    @ParameterizedTest
    @ValueSource(strings = {"version", "id", "phase", "name", "backend", "source", "node", "capacity", "lifetime"})
    void a_missing_field_is_damage_and_is_named(String field) {
        String damaged = VolumeFormat.write(VOLUME).replaceAll("(?m)^" + field + "=.*\n", "");

        assertThatThrownBy(() -> VolumeFormat.read("v.volume", damaged))
                .isInstanceOf(StateException.class)
                .hasMessageContainingAll("v.volume", "damaged", field);
    }

    @ParameterizedTest
    @ValueSource(strings = {"phase=LOST", "capacity=much", "lifetime=9", "attached.n=half", "name=\\u12"})
    void a_field_that_makes_no_sense_is_damage(String line) {
        assertThatThrownBy(() -> VolumeFormat.read("v.volume", VolumeFormat.write(VOLUME) + line + "\n"))
                .isInstanceOf(StateException.class)
                .hasMessageContaining("damaged");
    }
}
