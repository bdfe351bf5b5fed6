package solo.resizer.rules;

import java.util.List;
import solo.resizer.model.ModifyObservation;
import solo.resizer.model.ModifyState;
import solo.resizer.model.ModifyTransition;
import solo.resizer.model.ModifyTransition.Recollection;
import solo.resizer.model.ModifyTransition.Step;

/**
 * What becomes of a modification: (state, observation) → (next state, writes, memory). external-resizer,
 * modify_volume.go and modify_status.go, as one table.
 */
public final class ModifyTransitions {
    private ModifyTransitions() {}

    public static ModifyTransition of(ModifyState state, ModifyObservation seen) {
        return switch (seen) {
            case STARTS ->
                new ModifyTransition(ModifyState.IN_PROGRESS, List.of(Step.MARK_MODIFYING), Recollection.KEPT);
            case CLASS_MISSING ->
                new ModifyTransition(ModifyState.PENDING, List.of(Step.MARK_PENDING), Recollection.KEPT);
            case MODIFIED ->
                new ModifyTransition(
                        ModifyState.NONE, List.of(Step.RECORD_CLASS, Step.MARK_MODIFIED), Recollection.FORGOTTEN);
            case INFEASIBLE ->
                new ModifyTransition(ModifyState.INFEASIBLE, List.of(Step.MARK_FAILED), Recollection.FINAL_HELD);
            case FINAL -> new ModifyTransition(ModifyState.IN_PROGRESS, List.of(Step.MARK_FAILED), Recollection.FINAL);
            case UNCERTAIN ->
                new ModifyTransition(ModifyState.IN_PROGRESS, List.of(Step.MARK_FAILED), Recollection.UNCERTAIN);
            // The state only tells of the last attempt, so it stays.
            case CANCELED -> new ModifyTransition(state, List.of(Step.CANCEL), Recollection.KEPT);
        };
    }
}
