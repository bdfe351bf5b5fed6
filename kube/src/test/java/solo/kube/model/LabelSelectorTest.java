package solo.kube.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import solo.kube.model.LabelSelector.Requirement;

/** Kubernetes' label selectors (apimachinery, LabelSelectorAsSelector). */
class LabelSelectorTest {
    private static final Map<String, String> LABELS = Map.of("app", "db", "tier", "gold");

    @ParameterizedTest
    @CsvSource({
        "tier,  In,           gold silver, true",
        "tier,  In,           silver,      false",
        "other, In,           gold,        false",
        "tier,  NotIn,        silver,      true",
        "tier,  NotIn,        gold silver, false",
        "other, NotIn,        gold,        true",
        "tier,  Exists,       '',          true",
        "other, Exists,       '',          false",
        "tier,  DoesNotExist, '',          false",
        "other, DoesNotExist, '',          true",
    })
    void an_expression_matches_by_its_operator(String key, String operator, String values, boolean matches) {
        List<String> list = values.isEmpty() ? List.of() : List.of(values.split(" ", -1));

        LabelSelector selector = new LabelSelector(Map.of(), List.of(new Requirement(key, operator, list)));

        assertThat(selector.problem()).isNull();
        assertThat(selector.matches(LABELS)).isEqualTo(matches);
    }

    @Test
    void labels_and_expressions_all_have_to_hold() {
        Requirement gold = new Requirement("tier", "In", List.of("gold"));

        assertThat(new LabelSelector(Map.of("app", "db"), List.of(gold)).matches(LABELS))
                .isTrue();
        assertThat(new LabelSelector(Map.of("app", "web"), List.of(gold)).matches(LABELS))
                .isFalse();
    }

    @Test
    void one_without_conditions_matches_everything() {
        assertThat(new LabelSelector(Map.of(), List.of()).matches(Map.of())).isTrue();
    }

    @Test
    void what_cannot_be_understood_is_told() {
        assertThat(problem("Like", "x")).isEqualTo("\"Like\" of label tier is not a valid label selector operator");
        assertThat(problem("In")).isEqualTo("In of label tier needs values");
        assertThat(problem("Exists", "x")).isEqualTo("Exists of label tier takes no values");
    }

    @Test
    void it_is_written_as_kubectl_does() {
        assertThat(new LabelSelector(
                        Map.of("b", "2", "a", "1"),
                        List.of(
                                new Requirement("tier", "In", List.of("silver", "gold")),
                                new Requirement("old", "DoesNotExist", List.of()))))
                .hasToString("a=1,b=2,tier in (gold,silver),!old");
        assertThat(new LabelSelector(Map.of(), List.of())).hasToString("<none>");
    }

    private static String problem(String operator, String... values) {
        return String.valueOf(
                new LabelSelector(Map.of(), List.of(new Requirement("tier", operator, List.of(values)))).problem());
    }
}
