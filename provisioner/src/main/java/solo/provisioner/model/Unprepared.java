package solo.provisioner.model;

import java.util.List;
import org.jspecify.annotations.Nullable;
import solo.kube.model.Actor;
import solo.kube.model.EventNote;
import solo.kube.model.ObjectKey;

/** CreateVolume cannot be called, because something in claim, class or cluster does not fit; the driver knows nothing. */
public sealed interface Unprepared extends ProvisioningReason {

    @Override
    default @Nullable EventNote event() {
        return EventNote.warning(PROVISIONING_FAILED, message());
    }

    @Override
    default Actor actor() {
        return Actor.USER;
    }

    /** Any cause that the person who runs the cluster has to see to. */
    sealed interface ByAdministrator extends Unprepared {
        @Override
        default Actor actor() {
            return Actor.ADMINISTRATOR;
        }
    }

    record NotCapable(String capability, String neededFor) implements ByAdministrator {
        @Override
        public String message() {
            return "the driver lacks capability " + capability + ", needed for " + neededFor;
        }
    }

    record SelectorSet() implements Unprepared {
        @Override
        public String message() {
            return "claim.spec.selector is not supported by dynamic provisioning";
        }
    }

    record NoUid() implements Unprepared {
        @Override
        public String message() {
            return "the claim has no uid, so its volume cannot be named";
        }

        @Override
        public Actor actor() {
            return Actor.KUBERNETES;
        }
    }

    record FsTypeTwice(List<String> keys) implements ByAdministrator {
        @Override
        public String message() {
            return "the StorageClass gives the filesystem type more than once: parameters " + keys;
        }
    }

    record UnknownAccessMode(String why) implements Unprepared {
        @Override
        public String message() {
            return why;
        }
    }

    /** A parameter that starts with csi.storage.k8s.io/ and means nothing, most often a typing mistake. */
    record UnknownReservedKey(String key) implements ByAdministrator {
        @Override
        public String message() {
            return "the StorageClass has parameter " + key + ", and no parameter that starts with "
                    + ProvisionerNames.RESERVED_PREFIX + " has that name";
        }
    }

    /** The class names a secret in a way that cannot be followed. */
    record BadSecretReference(String kind, String why) implements ByAdministrator {
        @Override
        public String message() {
            return kind + " secret of the StorageClass: " + why;
        }
    }

    record SecretMissing(ObjectKey secret) implements ByAdministrator {
        @Override
        public String message() {
            return "Secret " + secret + " does not exist; the StorageClass names it for CreateVolume";
        }
    }

    /** Something that has to be read live could not be. */
    record Unreadable(String what, String why) implements ByAdministrator {
        @Override
        public String message() {
            return "cannot read " + what + ": " + why;
        }
    }

    record AttributesClassMissing(String name) implements Unprepared {
        @Override
        public String message() {
            return "VolumeAttributesClass " + name + " does not exist";
        }
    }

    record AttributesClassOfOtherDriver(String name, String driver, String ours) implements Unprepared {
        @Override
        public String message() {
            return "VolumeAttributesClass " + name + " is for driver " + driver + ", not for " + ours;
        }
    }

    /** The data source is named in a way that cannot be followed, or may not be. */
    record BadDataSource(String why) implements Unprepared {
        @Override
        public String message() {
            return why;
        }
    }

    /** The data source exists but cannot be used now. */
    record SourceNotUsable(String source, String why) implements Unprepared {
        @Override
        public String message() {
            return source + " cannot be the source of a volume: " + why;
        }
    }

    /** The finalizer that keeps the source alive could not be written, so nothing is made from it. */
    record SourceNotProtected(String source, String why) implements Unprepared {
        @Override
        public String message() {
            return "cannot protect " + source + " from deletion: " + why;
        }

        @Override
        public Actor actor() {
            return Actor.SOLO;
        }
    }

    /** Nothing may be created that a crash would lose, and what must survive it could not be written. */
    record NotSafe(String why) implements Unprepared {
        @Override
        public String message() {
            return "cannot write down that a volume is being created: " + why;
        }

        @Override
        public Actor actor() {
            return Actor.SOLO;
        }
    }

    /** No place can be named where the volume should be. */
    record NoTopology(String why) implements ByAdministrator {
        @Override
        public String message() {
            return "error generating accessibility requirements: " + why;
        }
    }

    /** The selected node has gone; the scheduler has to choose another. */
    record SelectedNodeGone(String node, String why) implements Unprepared {
        @Override
        public String message() {
            return "selected node " + node + " is not available: " + why;
        }

        @Override
        public Progress progress() {
            return Progress.RESCHEDULE;
        }

        @Override
        public Actor actor() {
            return Actor.KUBERNETES;
        }
    }
}
