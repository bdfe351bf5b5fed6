package solo.provisioner.model;

import solo.kube.model.Actor;
import solo.kube.model.Retry;

/** The claim is no concern of this provisioner, or not any more. No event, no failure. */
public sealed interface NothingToDo extends ProvisioningReason {

    @Override
    default Retry retry() {
        return Retry.onChange();
    }

    @Override
    default Actor actor() {
        return Actor.KUBERNETES;
    }

    record AlreadyBound(String volume) implements NothingToDo {
        @Override
        public Progress progress() {
            return Progress.FINISHED;
        }

        @Override
        public String message() {
            return "the claim is bound to PersistentVolume " + volume;
        }
    }

    record AlreadyProvisioned(String volume) implements NothingToDo {
        @Override
        public Progress progress() {
            return Progress.FINISHED;
        }

        @Override
        public String message() {
            return "PersistentVolume " + volume + " exists, the controller-manager binds it next";
        }
    }

    /** {@code provisioner} empty while the controller-manager has not looked at the claim. */
    record OtherProvisioner(String provisioner) implements NothingToDo {
        @Override
        public String message() {
            return provisioner.isEmpty()
                    ? "the controller-manager has not yet said who is to provision the claim"
                    : "the claim is to be provisioned by " + provisioner;
        }
    }

    record ClassOfOtherProvisioner(String storageClass, String provisioner) implements NothingToDo {
        @Override
        public String message() {
            return "StorageClass " + storageClass + " belongs to provisioner " + provisioner;
        }
    }

    /** {@code node} empty where nobody has chosen one and it cannot be this one. */
    record OtherNode(String node) implements NothingToDo {
        @Override
        public String message() {
            return node.isEmpty()
                    ? "no node has been chosen, and this one may not be taken"
                    : "the volume is to be made on node " + node;
        }
    }

    record ClaimGone() implements NothingToDo {
        @Override
        public String message() {
            return "the claim has been deleted";
        }
    }
}
