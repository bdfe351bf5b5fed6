package solo.app.options;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

class ControllerChoiceTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "*                        | provisioner attacher resizer snapshotter",
                "*,healthmonitor          | provisioner attacher resizer snapshotter healthmonitor",
                "*,snapshot-controller    | provisioner attacher resizer snapshotter snapshot-controller",
                "*,-attacher              | provisioner resizer snapshotter",
                "resizer                  | resizer",
                "resizer , provisioner    | provisioner resizer",
                "-attacher,*              | provisioner attacher resizer snapshotter",
            })
    void names_are_read_from_left_to_right(String text, String chosen) {
        assertThat(ControllerChoice.parse(text).names().stream()
                        .map(ControllerName::text)
                        .collect(Collectors.joining(" ")))
                .isEqualTo(chosen);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "provisoner", "*,-all", "provisioner,", "attacher,-attacher"})
    void what_names_no_controller_is_refused_with_those_there_are(String text) {
        assertThatThrownBy(() -> ControllerChoice.parse(text))
                .isInstanceOf(TypeConversionException.class)
                .hasMessageContaining(
                        "provisioner, attacher, resizer, snapshotter, snapshot-controller, healthmonitor");
    }

    @ParameterizedTest
    @CsvSource({
        "*               , some.csi",
        "attacher        , external-attacher-leader-some.csi",
        "attacher+resizer, external-attacher-leader-some.csi",
        "resizer         , external-resizer-some.csi",
        "healthmonitor   , external-health-monitor-leader-some.csi",
        "snapshotter     , external-snapshotter-leader-some.csi",
        "snapshot-controller, snapshot-controller-leader",
    })
    void the_lease_is_the_go_sidecars_of_the_first(String names, String lease) {
        assertThat(ControllerChoice.parse(names.replace('+', ',')).lease("some.csi"))
                .isEqualTo(lease);
    }
}
