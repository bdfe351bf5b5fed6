package solo.snapshotter.model;

import org.jspecify.annotations.Nullable;
import solo.kube.model.Actor;
import solo.kube.model.EventNote;
import solo.kube.model.ObjectKey;
import solo.kube.model.Reason;

/**
 * Why a VolumeSnapshot is not ready, or does not go. Messages are snapshot-controller's, word for word where it has one,
 * because they stand in status.error and people search for them.
 */
public sealed interface SnapshotReason extends Reason {

    /** What the snapshot's status says of it. */
    default InStatus inStatus() {
        return InStatus.NOTHING;
    }

    /** Whether a reason stands in status.error, and what it means for readyToUse. */
    enum InStatus {
        NOTHING,
        ERROR,
        ERROR_AND_NOT_READY
    }

    /** spec.source names two things or none. */
    record SourceMalformed() implements SnapshotReason {
        @Override
        public String message() {
            return "Exactly one of PersistentVolumeClaimName and VolumeSnapshotContentName should be specified";
        }

        @Override
        public Actor actor() {
            return Actor.USER;
        }

        @Override
        public EventNote event() {
            return EventNote.warning("SnapshotValidationError", message());
        }

        @Override
        public InStatus inStatus() {
            return InStatus.ERROR_AND_NOT_READY;
        }
    }

    record ClassMissing(String className) implements SnapshotReason {
        @Override
        public String message() {
            return "Failed to get snapshot class with error volumesnapshotclass.snapshot.storage.k8s.io \"" + className
                    + "\" not found";
        }

        @Override
        public Actor actor() {
            return Actor.ADMINISTRATOR;
        }

        @Override
        public EventNote event() {
            return EventNote.warning("GetSnapshotClassFailed", message());
        }

        @Override
        public InStatus inStatus() {
            return InStatus.ERROR;
        }
    }

    /** It names no class, and which one is meant cannot be told. */
    record NoDefaultClass(String why, Actor actor) implements SnapshotReason {
        @Override
        public String message() {
            return "Failed to set default snapshot class with error " + why;
        }

        @Override
        public EventNote event() {
            return EventNote.warning("SetDefaultSnapshotClassFailed", message());
        }

        @Override
        public InStatus inStatus() {
            return InStatus.ERROR;
        }
    }

    /** The content it is bound to, or names, is not there. A lost snapshot is never quietly replaced by a new one. */
    record ContentMissing(String content) implements SnapshotReason {
        @Override
        public String message() {
            return "VolumeSnapshotContent is missing";
        }

        @Override
        public Actor actor() {
            return Actor.USER;
        }

        @Override
        public EventNote event() {
            return EventNote.warning("SnapshotContentMissing", message());
        }

        @Override
        public InStatus inStatus() {
            return InStatus.ERROR_AND_NOT_READY;
        }
    }

    /** An imported content where one is to be taken, or the reverse. */
    record ContentMismatch(String message) implements SnapshotReason {
        @Override
        public Actor actor() {
            return Actor.USER;
        }

        @Override
        public EventNote event() {
            return EventNote.warning("SnapshotContentMismatch", message());
        }

        @Override
        public InStatus inStatus() {
            return InStatus.ERROR_AND_NOT_READY;
        }
    }

    record ContentMisbound(String content) implements SnapshotReason {
        @Override
        public String message() {
            return "VolumeSnapshotContent [" + content + "] is bound to a different snapshot";
        }

        @Override
        public Actor actor() {
            return Actor.USER;
        }

        @Override
        public EventNote event() {
            return EventNote.warning("SnapshotContentMisbound", message());
        }

        @Override
        public InStatus inStatus() {
            return InStatus.ERROR_AND_NOT_READY;
        }
    }

    record HandleSet(String snapshot) implements SnapshotReason {
        @Override
        public String message() {
            return "Snapshot handle should not be set in content " + snapshot + " for dynamic provisioning";
        }

        @Override
        public Actor actor() {
            return Actor.USER;
        }

        @Override
        public EventNote event() {
            return EventNote.warning("SnapshotHandleSet", message());
        }

        @Override
        public InStatus inStatus() {
            return InStatus.ERROR_AND_NOT_READY;
        }
    }

    /** No content can be made; {@code code} says in one word why. */
    record NotCreated(String code, String why, Actor actor) implements SnapshotReason {
        @Override
        public String message() {
            return "Failed to create snapshot content with error " + why;
        }

        @Override
        public EventNote event() {
            return EventNote.warning("SnapshotContentCreationFailed", message());
        }

        @Override
        public InStatus inStatus() {
            return InStatus.ERROR_AND_NOT_READY;
        }
    }

    /** The driver's side is at work. */
    record NotTakenYet(String content, @Nullable String error) implements SnapshotReason {
        @Override
        public String message() {
            return "VolumeSnapshotContent " + content + " is not ready yet" + (error == null ? "" : ": " + error);
        }

        @Override
        public Actor actor() {
            return Actor.DRIVER;
        }
    }

    /** A member of a group that has no content yet. */
    record MemberNotBound(String group) implements SnapshotReason {
        @Override
        public String message() {
            return "VolumeGroupSnapshot " + group + " has not given it a VolumeSnapshotContent yet";
        }

        @Override
        public Actor actor() {
            return Actor.SOLO;
        }
    }

    /** Somebody deleted one snapshot of a group, which goes only as a whole. */
    record StillInGroup(ObjectKey snapshot, ObjectKey group) implements SnapshotReason {
        @Override
        public String message() {
            return "deletion of the individual volume snapshot " + snapshot
                    + " is not allowed as it belongs to group snapshot " + group + ". Deleting the group snapshot will"
                    + " trigger the deletion of all the individual volume snapshots that are part of the group.";
        }

        @Override
        public Actor actor() {
            return Actor.USER;
        }

        @Override
        public EventNote event() {
            return EventNote.warning("SnapshotDeletePending", message());
        }
    }

    /** It goes after its group, which is on its way. */
    record GroupGoing(ObjectKey group) implements SnapshotReason {
        @Override
        public String message() {
            return "VolumeGroupSnapshot " + group + " is being deleted";
        }

        @Override
        public Actor actor() {
            return Actor.SOLO;
        }
    }

    record StillRestored(ObjectKey claim) implements SnapshotReason {
        @Override
        public String message() {
            return "Snapshot is being used to restore a PVC: " + claim;
        }

        @Override
        public Actor actor() {
            return Actor.USER;
        }

        @Override
        public EventNote event() {
            return EventNote.warning("SnapshotDeletePending", "Snapshot is being used to restore a PVC");
        }
    }

    /** The content was asked to go and is not gone yet. */
    record ContentGoing(String content) implements SnapshotReason {
        @Override
        public String message() {
            return "VolumeSnapshotContent " + content + " is being deleted";
        }

        @Override
        public Actor actor() {
            return Actor.DRIVER;
        }
    }

    /** The API server did not take one of our writes; {@code event} is null where Go says nothing either. */
    record WriteFailed(
            String message, Actor actor, @Nullable EventNote event) implements SnapshotReason {}
}
