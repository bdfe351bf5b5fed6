package solo.resizer.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import solo.resizer.model.ModifyObservation;
import solo.resizer.model.ModifyState;
import solo.resizer.model.ModifyTransition;

/** The whole modification table: every state with every observation. */
class ModifyTransitionsTest {

    @ParameterizedTest
    @CsvSource({
        "STARTS,        IN_PROGRESS, MARK_MODIFYING,             KEPT",
        "CLASS_MISSING, PENDING,     MARK_PENDING,               KEPT",
        "MODIFIED,      NONE,        RECORD_CLASS MARK_MODIFIED, FORGOTTEN",
        "INFEASIBLE,    INFEASIBLE,  MARK_FAILED,                FINAL_HELD",
        "FINAL,         IN_PROGRESS, MARK_FAILED,                FINAL",
        "UNCERTAIN,     IN_PROGRESS, MARK_FAILED,                UNCERTAIN",
        "CANCELED,      same,        CANCEL,                     KEPT",
    })
    void for_every_state(ModifyObservation seen, String next, String writes, ModifyTransition.Recollection memory) {
        for (ModifyState state : ModifyState.values()) {
            ModifyTransition transition = ModifyTransitions.of(state, seen);

            assertThat(transition.next())
                    .as("%s after %s", seen, state)
                    .isEqualTo(next.equals("same") ? state : ModifyState.valueOf(next));
            assertThat(transition.steps().stream().map(Enum::name).collect(Collectors.joining(" ")))
                    .isEqualTo(writes);
            assertThat(transition.memory()).isEqualTo(memory);
        }
    }
}
