package solo.resizer.model;

import solo.csi.model.DriverError;
import solo.kube.model.EventNote;
import solo.kube.model.ObjectKey;

/**
 * One step of changing a volume. Each is safe to repeat; after any of them the process may die and the next reconcile
 * goes on from what claim and volume say.
 */
public sealed interface ModifyEffect {

    /** The class is not there yet; which class was the target before is left as it was. */
    record MarkPending(ModifyReason reason) implements ModifyEffect {}

    /** The claim names the class it is being changed to, before the driver hears of it. */
    record MarkModifying(String target) implements ModifyEffect {}

    record Announce(EventNote note) implements ModifyEffect {}

    /** Reads the Secret; its answer becomes part of the view. */
    record ReadSecret(ObjectKey secret) implements ModifyEffect {}

    /** ControllerModifyVolume; its answer becomes part of the view. */
    record Modify(ModifyRequest request) implements ModifyEffect {}

    /** The PersistentVolume names its class. Before the claim, so that the claim is never ahead of it. */
    record RecordClass(String target) implements ModifyEffect {}

    record MarkModified(String target) implements ModifyEffect {}

    record MarkFailed(ModifyState state, String target, DriverError error, ModifyReason reason)
            implements ModifyEffect {}

    /** The user no longer wants the class that could not be had: the claim stops saying that it is being changed. */
    record Cancel() implements ModifyEffect {}
}
