package solo.provisioner.model;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import solo.kube.model.Actor;
import solo.kube.model.EventNote;
import solo.kube.model.Retry;

/** Nothing is wrong with the claim as far as we know, but something has to happen before a volume can be asked for. */
public sealed interface NotYet extends ProvisioningReason {

    /** No event: the controller-manager already says so on the claim. A new class is noticed at once. */
    record ClassMissing(String storageClass) implements NotYet {
        @Override
        public String message() {
            return storageClass.isEmpty()
                    ? "the claim names no StorageClass"
                    : "StorageClass " + storageClass + " does not exist";
        }

        @Override
        public Actor actor() {
            return Actor.ADMINISTRATOR;
        }
    }

    record NoNodeSelected(String storageClass) implements NotYet {
        @Override
        public String message() {
            return "StorageClass " + storageClass
                    + " waits for the first consumer: no pod that uses the claim has been scheduled yet";
        }

        @Override
        public Actor actor() {
            return Actor.USER;
        }

        @Override
        public Retry retry() {
            return Retry.onChange();
        }
    }

    /** The driver called the request itself wrong; asked again after five minutes or when the class is made anew. */
    record Held(Duration remaining) implements NotYet {
        @Override
        public String message() {
            return "the driver refused the request as invalid; it is asked again in " + remaining.toSeconds()
                    + " s, or at once when the StorageClass is created anew or the claim's annotation "
                    + ProvisionerNames.RETRY_NOW + " gets a new value";
        }

        @Override
        public Actor actor() {
            return Actor.ADMINISTRATOR;
        }

        @Override
        public Retry retry() {
            return Retry.after(remaining);
        }
    }

    /** An earlier volume of this claim is being taken away; the name is free once it is gone. */
    record VolumeGoing(String volume) implements NotYet {
        @Override
        public String message() {
            return "PersistentVolume " + volume + " of an earlier attempt is still being deleted";
        }

        @Override
        public Actor actor() {
            return Actor.SOLO;
        }
    }

    /** Other nodes want the claim, too; each waits for another while. */
    record WaitingToTake(String node, Duration remaining) implements NotYet {
        @Override
        public String message() {
            return "node " + node + " takes the claim in " + remaining.toSeconds()
                    + " s, unless another one does before";
        }

        @Override
        public Actor actor() {
            return Actor.SOLO;
        }

        @Override
        public Retry retry() {
            return Retry.after(remaining);
        }
    }

    /** Quietly given up for a while: another node may have room. */
    record NoRoomHere(String node) implements NotYet {
        @Override
        public String message() {
            return "node " + node + " has no room for the volume";
        }

        @Override
        public Actor actor() {
            return Actor.KUBERNETES;
        }

        @Override
        public Retry retry() {
            return Retry.after(Duration.ofMinutes(15));
        }
    }

    /** Written on the claim; its change starts the work. {@code why} set if another node was faster. */
    record Taken(String node, @Nullable String why) implements NotYet {
        @Override
        public String message() {
            return why == null
                    ? "node " + node + " has taken the claim"
                    : "node " + node + " did not get the claim: " + why;
        }

        @Override
        public Actor actor() {
            return Actor.SOLO;
        }

        @Override
        public Retry retry() {
            return why == null ? Retry.onChange() : Retry.after(Duration.ZERO);
        }
    }

    /** spec.dataSource is of a kind that another controller fills volumes from. */
    record LeftToPopulator(String kind) implements NotYet {
        @Override
        public String message() {
            return "Assuming an external populator will provision the volume";
        }

        @Override
        public Actor actor() {
            return Actor.KUBERNETES;
        }

        @Override
        public Retry retry() {
            return Retry.onChange();
        }

        @Override
        public @Nullable EventNote event() {
            return EventNote.normal("Provisioning", message());
        }
    }
}
