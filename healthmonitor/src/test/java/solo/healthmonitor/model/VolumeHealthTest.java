package solo.healthmonitor.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import solo.healthmonitor.model.VolumeHealth.Problem;
import solo.healthmonitor.model.VolumeHealth.Severity;

class VolumeHealthTest {

    @Test
    void the_worst_comes_first_and_the_order_of_the_driver_does_not_matter() {
        Problem slow = new Problem(Severity.DEGRADED, "RaidRebuild", "one disk of five is missing");
        Problem lost = new Problem(Severity.DATA_LOSS, "BadSectors", "");

        String text = "DataLoss (BadSectors); Degraded (RaidRebuild): one disk of five is missing";
        assertThat(new VolumeHealth(List.of(slow, lost)).text()).isEqualTo(text);
        assertThat(new VolumeHealth(List.of(lost, slow)).text()).isEqualTo(text);
    }

    @Test
    void a_driver_that_gives_no_message_is_quoted_as_saying_none() {
        assertThat(VolumeHealth.of(Severity.ABNORMAL, "", "").text())
                .isEqualTo("the driver calls the volume abnormal and does not say why");
    }
}
