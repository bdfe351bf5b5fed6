package solo.resizer.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import solo.resizer.model.ExpansionStatus;
import solo.resizer.model.Observation;
import solo.resizer.model.Transition;

/** The whole expansion table: every status with every observation. */
class ExpansionTransitionsTest {

    @ParameterizedTest
    @CsvSource({
        "STARTS,             CONTROLLER_IN_PROGRESS, MARK_IN_PROGRESS,               KEPT",
        "STARTS_AGAIN,       retried,                 MARK_IN_PROGRESS,               KEPT",
        "EXPANDED_NODE_NEXT, NODE_PENDING,           GROW_VOLUME MARK_NODE_PENDING,  FORGOTTEN",
        "EXPANDED,           NONE,                   GROW_VOLUME MARK_FINISHED,      FORGOTTEN",
        "INFEASIBLE,         CONTROLLER_INFEASIBLE,  MARK_FAILED,                    FINAL_HELD",
        "IN_USE,             same,                   MARK_FAILED,                    FINAL_IN_USE",
        "FINAL,              same,                   MARK_FAILED,                    FINAL",
        "UNCERTAIN,          same,                   '',                             UNCERTAIN",
    })
    void for_every_status(Observation seen, String next, String writes, Transition.Recollection memory) {
        for (ExpansionStatus status : ExpansionStatus.values()) {
            Transition transition = ExpansionTransitions.of(status, seen);

            assertThat(transition.next())
                    .as("%s after %s", seen, status)
                    .isEqualTo(
                            switch (next) {
                                case "same" -> status;
                                // What was infeasible is open again while it is asked again.
                                case "retried" ->
                                    status == ExpansionStatus.CONTROLLER_INFEASIBLE
                                            ? ExpansionStatus.CONTROLLER_IN_PROGRESS
                                            : status;
                                default -> ExpansionStatus.valueOf(next);
                            });
            assertThat(transition.steps().stream().map(Enum::name).collect(Collectors.joining(" ")))
                    .isEqualTo(writes);
            assertThat(transition.memory()).isEqualTo(memory);
        }
    }

    @Test
    void the_volume_always_grows_before_the_claim_says_so() {
        for (Observation seen : Set.of(Observation.EXPANDED, Observation.EXPANDED_NODE_NEXT)) {
            assertThat(ExpansionTransitions.of(ExpansionStatus.CONTROLLER_IN_PROGRESS, seen)
                            .steps())
                    .first()
                    .isEqualTo(Transition.Step.GROW_VOLUME);
        }
    }

    @Test
    void no_refusal_makes_the_claim_look_finished() {
        Arrays.stream(Observation.values())
                .filter(seen -> seen != Observation.EXPANDED)
                .forEach(seen -> assertThat(ExpansionTransitions.of(ExpansionStatus.CONTROLLER_IN_PROGRESS, seen)
                                .next())
                        .as("%s", seen)
                        .isNotEqualTo(ExpansionStatus.NONE));
    }
}
