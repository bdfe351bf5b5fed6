package solo.resizer.rules;

import java.util.List;
import solo.resizer.model.ExpansionStatus;
import solo.resizer.model.Observation;
import solo.resizer.model.Transition;
import solo.resizer.model.Transition.Recollection;
import solo.resizer.model.Transition.Step;

/**
 * What becomes of an expansion: (status, observation) → (next status, writes, memory). external-resizer,
 * expand_and_recover.go and resize_status.go, as one table; the kubelet's own transitions (node pending → in progress →
 * done or infeasible) are not in it.
 */
public final class ExpansionTransitions {
    private ExpansionTransitions() {}

    public static Transition of(ExpansionStatus status, Observation seen) {
        return switch (seen) {
            case STARTS ->
                new Transition(
                        ExpansionStatus.CONTROLLER_IN_PROGRESS, List.of(Step.MARK_IN_PROGRESS), Recollection.KEPT);
            // Not as in Go, where an infeasible size stays infeasible while it is tried again: if that attempt remains
            // uncertain the claim could be lowered while the larger size may still come.
            case STARTS_AGAIN ->
                new Transition(
                        status == ExpansionStatus.CONTROLLER_INFEASIBLE
                                ? ExpansionStatus.CONTROLLER_IN_PROGRESS
                                : status,
                        List.of(Step.MARK_IN_PROGRESS),
                        Recollection.KEPT);
            case EXPANDED_NODE_NEXT ->
                new Transition(
                        ExpansionStatus.NODE_PENDING,
                        List.of(Step.GROW_VOLUME, Step.MARK_NODE_PENDING),
                        Recollection.FORGOTTEN);
            case EXPANDED ->
                new Transition(
                        ExpansionStatus.NONE, List.of(Step.GROW_VOLUME, Step.MARK_FINISHED), Recollection.FORGOTTEN);
            case INFEASIBLE ->
                new Transition(
                        ExpansionStatus.CONTROLLER_INFEASIBLE, List.of(Step.MARK_FAILED), Recollection.FINAL_HELD);
            case IN_USE -> new Transition(status, List.of(Step.MARK_FAILED), Recollection.FINAL_IN_USE);
            case FINAL -> new Transition(status, List.of(Step.MARK_FAILED), Recollection.FINAL);
            case UNCERTAIN -> new Transition(status, List.of(), Recollection.UNCERTAIN);
        };
    }
}
