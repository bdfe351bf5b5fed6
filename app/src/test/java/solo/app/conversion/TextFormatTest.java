package solo.app.conversion;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** In which form a review is answered. */
class TextFormatTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "none",
            value = {
                "none                                           | JSON",
                "*/*                                            | JSON",
                "application/json, */*                          | JSON",
                "application/json;q=0.5, application/yaml;q=0.8 | YAML",
                "text/html, application/yaml;q=0.1              | YAML",
                "application/json;q=0                           | none",
                "text/html                                      | none",
            })
    void the_answer_is_in_the_best_form_that_is_accepted(@Nullable String accept, @Nullable TextFormat answered) {
        assertThat(TextFormat.accepted(accept)).isEqualTo(answered);
    }
}
