package solo.healthmonitor.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import solo.healthmonitor.model.VolumeHealth;
import solo.healthmonitor.model.VolumeHealth.Problem;
import solo.healthmonitor.model.VolumeHealth.Severity;

class SeenOnNodeTest {

    private static final Problem LOST = new Problem(Severity.DATA_LOSS, "DataMissing", "the file is gone");

    @Test
    void what_both_halves_say_is_said_once() {
        VolumeHealth known = new VolumeHealth(List.of(LOST));
        assertThat(SeenOnNode.added(known, List.of(LOST))).isEqualTo(known);
    }

    @Test
    void another_kind_or_reason_is_added_and_marked() {
        VolumeHealth both = SeenOnNode.added(
                new VolumeHealth(List.of(LOST)),
                List.of(
                        new Problem(Severity.DEGRADED, "DataMissing", "some of it"),
                        new Problem(Severity.DATA_LOSS, "BadSector", "")));
        assertThat(both.problems())
                .containsExactly(
                        new Problem(Severity.DATA_LOSS, "BadSector", "as its node sees it"),
                        LOST,
                        new Problem(Severity.DEGRADED, "DataMissing", "as its node sees it, some of it"));
    }

    @Test
    void a_volume_that_both_call_well_is_well() {
        assertThat(SeenOnNode.added(VolumeHealth.HEALTHY, List.of()).healthy()).isTrue();
    }
}
