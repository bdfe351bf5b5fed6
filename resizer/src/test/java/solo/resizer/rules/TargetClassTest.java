package solo.resizer.rules;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import solo.resizer.model.ModifyChoice;
import solo.resizer.model.ModifyMemory.LastFailure;
import solo.resizer.model.ModifyState;

/** Which class a volume is changed to: every state, with the wanted class equal to, unlike, or without the others. */
class TargetClassTest {

    @ParameterizedTest
    @CsvSource({
        // nothing going on: the current class decides
        "'', '', NONE,        '', either, nothing",
        "a,  a,  NONE,        '', either, nothing",
        "b,  a,  NONE,        '', either, start b",
        "b,  '', NONE,        '', either, start b",
        "'', a,  NONE,        '', either, stop",
        // the class was missing
        "b,  a,  PENDING,     '', either, start b",
        "b,  a,  PENDING,     b,  either, start b",
        "a,  a,  PENDING,     '', either, start a",
        "'', a,  PENDING,     '', either, stop",
        // the driver called it infeasible: the user may go anywhere
        "b,  a,  INFEASIBLE,  b,  either, start b",
        "c,  a,  INFEASIBLE,  b,  either, start c",
        "a,  a,  INFEASIBLE,  b,  either, start a",
        "'', a,  INFEASIBLE,  b,  either, stop",
        // may be half applied: it has to end first
        "b,  a,  IN_PROGRESS, b,  NONE_OR_UNCERTAIN, go on b",
        "c,  a,  IN_PROGRESS, b,  NONE_OR_UNCERTAIN, go on b",
        "a,  a,  IN_PROGRESS, b,  NONE_OR_UNCERTAIN, go on b",
        "'', a,  IN_PROGRESS, b,  NONE_OR_UNCERTAIN, go on b",
        // surely not applied: another may be tried, but no class at all means the old target
        "b,  a,  IN_PROGRESS, b,  FINAL, start b",
        "c,  a,  IN_PROGRESS, b,  FINAL, start c",
        "a,  a,  IN_PROGRESS, b,  FINAL, start a",
        "'', a,  IN_PROGRESS, b,  FINAL, go on b",
        // a state of a newer Kubernetes
        "b,  a,  UNKNOWN,     b,  either, start b",
        "'', a,  UNKNOWN,     b,  either, stop",
    })
    void the_class(String wanted, String current, ModifyState state, String target, String failure, String expected) {
        for (LastFailure last : LastFailure.values()) {
            if (failure.equals("either") || failure.equals(last.name())) {
                String choice = switch (TargetClass.of(Claims.changing(wanted, current, state, target), last)) {
                    case ModifyChoice.Nothing() -> "nothing";
                    case ModifyChoice.Stop() -> "stop";
                    case ModifyChoice.GoOn(String name) -> "go on " + name;
                    case ModifyChoice.Start(String name) -> "start " + name;
                };
                assertThat(choice).as("last failure %s", last).isEqualTo(expected);
            }
        }
    }
}
