package solo.healthmonitor.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import solo.csi.model.ControllerCapability;
import solo.csi.model.DriverCapabilities;
import solo.healthmonitor.model.HealthCall;

class HealthCallOfTest {

    @ParameterizedTest
    @CsvSource({
        "LIST_VOLUME_HEALTH GET_VOLUME_HEALTH VOLUME_CONDITION LIST_VOLUMES, LIST_HEALTH",
        "GET_VOLUME_HEALTH VOLUME_CONDITION LIST_VOLUMES                   , GET_HEALTH",
        "VOLUME_CONDITION LIST_VOLUMES GET_VOLUME                          , LIST_CONDITION",
        "VOLUME_CONDITION GET_VOLUME                                       , GET_CONDITION",
        "VOLUME_CONDITION                                                  , NONE",
        "LIST_VOLUMES GET_VOLUME                                           , NONE",
    })
    void the_newest_calls_and_lists_come_first(String capabilities, HealthCall expected) {
        Set<ControllerCapability> can = EnumSet.noneOf(ControllerCapability.class);
        Arrays.stream(capabilities.strip().split(" "))
                .map(ControllerCapability::valueOf)
                .forEach(can::add);

        assertThat(HealthCallOf.driver(new DriverCapabilities(Set.of(), Set.of(), can, Set.of(), Set.of())))
                .isEqualTo(expected);
    }
}
