package solo.resizer.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import solo.resizer.model.ExpansionMemory.LastFailure;
import solo.resizer.model.ExpansionStatus;
import solo.resizer.model.ResizingDriver.Expansion;
import solo.resizer.rules.TargetSize.Target;

/** Which size is asked for, for every status and every order of the three sizes. The claim has 1Gi. */
class TargetSizeTest {

    /** §3.6 of the inventory, as it stands there; W wanted, A allocated, node = nothing to ask for. */
    @ParameterizedTest
    @CsvSource({
        // volume smaller than wanted: wanted 5, volume 3
        "NODE_INFEASIBLE,        5, 3, 10, 10",
        "NODE_INFEASIBLE,        5, 3,  0,  5",
        "NODE_PENDING,           5, 3, 10, 10",
        "NODE_PENDING,           5, 3,  3, node",
        "NODE_PENDING,           5, 3,  2, node",
        "NODE_PENDING,           5, 3,  0,  5",
        "NODE_IN_PROGRESS,       5, 3, 10, 10",
        "NODE_IN_PROGRESS,       5, 3,  3, node",
        "CONTROLLER_IN_PROGRESS, 5, 3, 10, 10",
        "CONTROLLER_IN_PROGRESS, 5, 3,  0,  5",
        "NONE,                   5, 3, 10,  5",
        "CONTROLLER_INFEASIBLE,  5, 3, 10,  5",
        "UNKNOWN,                5, 3, 10,  5",
        // volume large enough: wanted 5, volume 10
        "NODE_PENDING,           5, 10, 10, node",
        "NODE_IN_PROGRESS,       5, 10, 10, node",
        "NODE_INFEASIBLE,        5, 10, 10, 10",
        "NODE_INFEASIBLE,        5, 10,  0,  5",
        "CONTROLLER_IN_PROGRESS, 5, 10, 10, 10",
        "CONTROLLER_IN_PROGRESS, 5, 10,  0,  5",
        "CONTROLLER_INFEASIBLE,  5, 10, 10, 10",
        "CONTROLLER_INFEASIBLE,  5, 10,  0,  5",
        "NONE,                   5, 10, 10, 10",
        "NONE,                   5, 10,  0,  5",
        "UNKNOWN,                5, 10, 10,  5",
    })
    void the_size_that_is_asked_for(ExpansionStatus status, int wanted, int volume, int allocated, String expected) {
        assertThat(target(status, wanted, volume, allocated, LastFailure.NONE_OR_UNCERTAIN, Expansion.CONTROLLER))
                .isEqualTo(expected);
    }

    @Test
    void after_a_final_failure_the_wanted_size_replaces_the_one_that_failed() {
        assertThat(target(ExpansionStatus.CONTROLLER_IN_PROGRESS, 5, 3, 10, LastFailure.FINAL, Expansion.CONTROLLER))
                .isEqualTo("5");
    }

    @Test
    void without_controller_expansion_a_lowered_size_replaces_the_one_the_node_could_not_make() {
        assertThat(target(
                        ExpansionStatus.NODE_INFEASIBLE, 5, 10, 10, LastFailure.NONE_OR_UNCERTAIN, Expansion.NODE_ONLY))
                .isEqualTo("5");
    }

    @Test
    void an_api_server_that_keeps_no_statuses_is_judged_by_the_condition() {
        var claim = Claims.growing(5, 0, ExpansionStatus.NONE, true);

        assertThat(TargetSize.of(
                        claim, Claims.gib(5), Claims.gib(10), LastFailure.NONE_OR_UNCERTAIN, Expansion.CONTROLLER))
                .isEqualTo(new Target.LeaveToNode());
    }

    /** Nothing is invented: whatever the situation, a size that is asked for is the wanted or the allocated one. */
    @ParameterizedTest
    @MethodSource("everySituation")
    void what_is_asked_for_is_wanted_or_already_allocated(Situation at) {
        assertThat(target(at.status, at.wanted, at.volume, at.allocated, at.failure, at.expansion))
                .isIn("node", String.valueOf(at.wanted), String.valueOf(at.allocated))
                .isNotEqualTo("0");
    }

    /** Only the node's own two statuses keep the controller from asking. */
    @ParameterizedTest
    @MethodSource("everySituation")
    void only_a_busy_node_is_waited_for(Situation at) {
        boolean busy = at.status == ExpansionStatus.NODE_PENDING || at.status == ExpansionStatus.NODE_IN_PROGRESS;
        String target = target(at.status, at.wanted, at.volume, at.allocated, at.failure, at.expansion);

        assertThat(!target.equals("node") || busy).isTrue();
    }

    record Situation(
            ExpansionStatus status, int wanted, int volume, int allocated, LastFailure failure, Expansion expansion) {}

    static List<Situation> everySituation() {
        List<Situation> all = new ArrayList<>();
        for (ExpansionStatus status : ExpansionStatus.values()) {
            for (int volume : new int[] {1, 4, 5, 6}) {
                for (int allocated : new int[] {0, 1, 4, 5, 6, 7}) {
                    for (LastFailure failure : LastFailure.values()) {
                        for (Expansion expansion : Expansion.values()) {
                            all.add(new Situation(status, 5, volume, allocated, failure, expansion));
                        }
                    }
                }
            }
        }
        return all;
    }

    private static String target(
            ExpansionStatus status, int wanted, int volume, int allocated, LastFailure failure, Expansion expansion) {
        var claim = Claims.growing(wanted, allocated, status, false);
        return switch (TargetSize.of(claim, Claims.gib(wanted), Claims.gib(volume), failure, expansion)) {
            case Target.LeaveToNode() -> "node";
            case Target.Ask(var size) -> String.valueOf(size.bytes() >> 30);
        };
    }
}
