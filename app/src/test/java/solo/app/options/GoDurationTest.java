package solo.app.options;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

class GoDurationTest {

    @ParameterizedTest
    @CsvSource({"0,0", "300ms,300", "15s,15000", "1m30s,90000", "1.5h,5400000", "2h0m0.5s,7200500", ".5s,500"})
    void durations_read_as_in_go(String text, long millis) {
        assertThat(new GoDuration().convert(text)).isEqualTo(Duration.ofMillis(millis));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "15", "s", "15 s", "15s ", "-5s", "PT15S", "1d"})
    void what_is_no_duration_is_refused_with_an_example(String text) {
        assertThatThrownBy(() -> new GoDuration().convert(text))
                .isInstanceOf(TypeConversionException.class)
                .hasMessageContaining("'" + text + "'")
                .hasMessageContaining("1m30s");
    }
}
