package solo.kube.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import solo.kube.model.SecretTemplate.Expansion;

/** Templates expand as Go's os.Expand does it. */
class SecretTemplateTest {

    private static final Map<String, String> TOKENS = Map.of("pv.name", "pv-1", "word", "w", "empty", "");

    @ParameterizedTest
    @CsvSource({
        "plain, plain",
        "${pv.name}, pv-1",
        "a-${pv.name}-b, a-pv-1-b",
        "$word, w",
        "$word.x, w.x",
        "a${}b, ab",
        "a${b, ab",
        "100$, 100$",
        "a$.b, a$.b",
        "[${empty}], []",
    })
    void expands(String template, String text) {
        assertThat(SecretTemplate.expand(template, TOKENS)).isEqualTo(new Expansion.Text(text));
    }

    @Test
    void tells_all_unknown_tokens_sorted() {
        assertThat(SecretTemplate.expand("${z} ${pv.name} $y ${z} $$ $1", TOKENS))
                .isEqualTo(new Expansion.UnknownTokens(new TreeSet<>(List.of("$", "1", "y", "z"))));
    }
}
