package solo.provisioner.model;

import solo.kube.model.Actor;
import solo.kube.model.ObjectKey;
import solo.kube.model.Reason;

/** Whether the finalizer that protects a source can go. */
public sealed interface SourceDecision {

    /** There is none, or it stays for good reason. */
    record Keep() implements SourceDecision {}

    record Release(String finalizer) implements SourceDecision {}

    record Wait(StillNeeded reason) implements SourceDecision {}

    /** A claim still waits to be filled from the source. */
    record StillNeeded(String kind, ObjectKey source, ObjectKey by) implements Reason {
        @Override
        public String message() {
            return kind + " " + source + " stays protected while claim " + by + " is being filled from it";
        }

        @Override
        public Actor actor() {
            return Actor.SOLO;
        }
    }

    /** The finalizer could not be removed. */
    record NotReleased(ObjectKey source, String why) implements Reason {
        @Override
        public String message() {
            return "cannot remove the finalizer of " + source + ": " + why;
        }

        @Override
        public Actor actor() {
            return Actor.SOLO;
        }
    }
}
