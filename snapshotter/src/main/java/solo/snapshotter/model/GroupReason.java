package solo.snapshotter.model;

import org.jspecify.annotations.Nullable;
import solo.kube.model.Actor;
import solo.kube.model.EventNote;
import solo.kube.model.ObjectKey;
import solo.kube.model.Reason;
import solo.snapshotter.model.SnapshotReason.InStatus;

/**
 * Why a VolumeGroupSnapshot is not ready, or does not go. Messages are snapshot-controller's, word for word where it has
 * one, because they stand in status.error and people search for them.
 */
public sealed interface GroupReason extends Reason {

    /** What the group's status says of it. */
    default InStatus inStatus() {
        return InStatus.NOTHING;
    }

    /** spec.source names two things or none. */
    record SourceMalformed() implements GroupReason {
        @Override
        public String message() {
            return "Exactly one of Selector and VolumeGroupSnapshotContentName should be specified";
        }

        @Override
        public Actor actor() {
            return Actor.USER;
        }

        @Override
        public EventNote event() {
            return EventNote.warning("GroupSnapshotValidationError", message());
        }

        @Override
        public InStatus inStatus() {
            return InStatus.ERROR_AND_NOT_READY;
        }
    }

    record ClassMissing(String className) implements GroupReason {
        @Override
        public String message() {
            return "failed to get group snapshot class with error"
                    + " volumegroupsnapshotclass.groupsnapshot.storage.k8s.io \""
                    + className + "\" not found";
        }

        @Override
        public Actor actor() {
            return Actor.ADMINISTRATOR;
        }

        @Override
        public EventNote event() {
            return EventNote.warning("GetGroupSnapshotClassFailed", message());
        }

        @Override
        public InStatus inStatus() {
            return InStatus.ERROR;
        }
    }

    /** It names no class, and which one is meant cannot be told. */
    record NoDefaultClass(String why, Actor actor) implements GroupReason {
        @Override
        public String message() {
            return "Failed to set default group snapshot class with error " + why;
        }

        @Override
        public EventNote event() {
            return EventNote.warning("SetDefaultGroupSnapshotClassFailed", message());
        }

        @Override
        public InStatus inStatus() {
            return InStatus.ERROR;
        }
    }

    /** The content it is bound to, or names, is not there. A lost group is never quietly replaced by a new one. */
    record ContentMissing(String content) implements GroupReason {
        @Override
        public String message() {
            return "VolumeGroupSnapshotContent is missing";
        }

        @Override
        public Actor actor() {
            return Actor.USER;
        }

        @Override
        public EventNote event() {
            return EventNote.warning("GroupSnapshotContentMissing", message());
        }

        @Override
        public InStatus inStatus() {
            return InStatus.ERROR_AND_NOT_READY;
        }
    }

    /** An imported content where one is to be taken, or the reverse. */
    record ContentMismatch(String message) implements GroupReason {
        @Override
        public Actor actor() {
            return Actor.USER;
        }

        @Override
        public EventNote event() {
            return EventNote.warning("GroupSnapshotContentMismatch", message());
        }

        @Override
        public InStatus inStatus() {
            return InStatus.ERROR_AND_NOT_READY;
        }
    }

    record ContentMisbound(String content) implements GroupReason {
        @Override
        public String message() {
            return "VolumeGroupSnapshotContent [" + content + "] is bound to a different group snapshot";
        }

        @Override
        public Actor actor() {
            return Actor.USER;
        }

        @Override
        public EventNote event() {
            return EventNote.warning("GroupSnapshotContentMisbound", message());
        }

        @Override
        public InStatus inStatus() {
            return InStatus.ERROR_AND_NOT_READY;
        }
    }

    /** No content can be made; {@code code} says in one word why. */
    record NotCreated(String code, String why, Actor actor) implements GroupReason {
        @Override
        public String message() {
            return "failed to create group snapshot content with error " + why;
        }

        @Override
        public EventNote event() {
            return EventNote.warning("GroupSnapshotContentCreationFailed", message());
        }

        @Override
        public InStatus inStatus() {
            return InStatus.ERROR_AND_NOT_READY;
        }
    }

    /** The driver's side is at work. */
    record NotTakenYet(String content, @Nullable String error) implements GroupReason {
        @Override
        public String message() {
            return "VolumeGroupSnapshotContent " + content + " is not ready yet" + (error == null ? "" : ": " + error);
        }

        @Override
        public Actor actor() {
            return Actor.DRIVER;
        }
    }

    /** The name of a member is taken by something else. */
    record MemberOfAnother(String what) implements GroupReason {
        @Override
        public String message() {
            return what + " has the name of a member of this group snapshot, but is not part of it";
        }

        @Override
        public Actor actor() {
            return Actor.USER;
        }

        @Override
        public InStatus inStatus() {
            return InStatus.ERROR_AND_NOT_READY;
        }
    }

    /** The content of a member that was lost is being deleted. */
    record MemberGoing(String content) implements GroupReason {
        @Override
        public String message() {
            return "VolumeSnapshotContent " + content + " of a lost member is being deleted";
        }

        @Override
        public Actor actor() {
            return Actor.DRIVER;
        }
    }

    /** One of its snapshots is still needed. */
    record StillRestored(ObjectKey snapshot, ObjectKey group, ObjectKey claim) implements GroupReason {
        @Override
        public String message() {
            return told() + ": " + claim;
        }

        private String told() {
            return "Snapshot " + snapshot + " belonging to VolumeGroupSnapshot " + group
                    + " is being used to restore a PVC";
        }

        @Override
        public Actor actor() {
            return Actor.USER;
        }

        @Override
        public EventNote event() {
            return EventNote.warning("SnapshotDeletePending", told());
        }
    }

    /** The content was asked to go and is not gone yet. */
    record ContentGoing(String content) implements GroupReason {
        @Override
        public String message() {
            return "VolumeGroupSnapshotContent " + content + " is being deleted";
        }

        @Override
        public Actor actor() {
            return Actor.DRIVER;
        }
    }

    /** The API server did not take one of our writes; {@code event} is null where Go says nothing either. */
    record WriteFailed(
            String message, Actor actor, @Nullable EventNote event) implements GroupReason {}
}
