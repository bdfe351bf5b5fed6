package solo.snapshotter.model;

import org.jspecify.annotations.Nullable;
import solo.csi.model.DriverError;
import solo.kube.model.Actor;
import solo.kube.model.EventNote;
import solo.kube.model.ObjectKey;
import solo.kube.model.Reason;

/**
 * Why a content has no snapshot yet, or does not go. Messages are csi-snapshotter's, word for word where it has one,
 * because they stand in status.error and people search for them.
 */
public sealed interface ContentReason extends Reason {

    /** What status.error says, or null where it says nothing. */
    default @Nullable String statusError() {
        return null;
    }

    /** One of the two events that tell of a snapshot that could not be taken, with the text of status.error. */
    record NotTaken(Attempt attempt, Problem problem) implements ContentReason {
        @Override
        public String code() {
            return problem.getClass().getSimpleName();
        }

        @Override
        public String message() {
            return attempt.prefix + problem.text();
        }

        @Override
        public @Nullable String statusError() {
            return message();
        }

        @Override
        public Actor actor() {
            return problem.actor();
        }

        @Override
        public EventNote event() {
            return attempt.event(message());
        }
    }

    /** csi-snapshotter has one event for the first attempt, and one for all others. */
    enum Attempt {
        FIRST("Failed to create snapshot: "),
        LATER("Failed to check and update snapshot content: ");

        private final String prefix;

        Attempt(String prefix) {
            this.prefix = prefix;
        }

        private EventNote event(String message) {
            return switch (this) {
                case FIRST -> EventNote.warning("SnapshotCreationFailed", message);
                case LATER -> EventNote.warning("SnapshotContentCheckandUpdateFailed", message);
            };
        }
    }

    /** What stands between a content and its snapshot. */
    sealed interface Problem {
        String text();

        Actor actor();

        record ClassMissing(String content, @Nullable String className) implements Problem {
            @Override
            public String text() {
                return "failed to get input parameters to create snapshot for content " + content + ": \""
                        + (className == null
                                ? "failed to take snapshot " + content + " without a snapshot class"
                                : "volumesnapshotclass.snapshot.storage.k8s.io '" + className + "' not found")
                        + "\"";
            }

            @Override
            public Actor actor() {
                return Actor.ADMINISTRATOR;
            }
        }

        record BadParameters(String text) implements Problem {
            @Override
            public Actor actor() {
                return Actor.ADMINISTRATOR;
            }
        }

        record SecretUnusable(String content, String why) implements Problem {
            @Override
            public String text() {
                return "failed to get credentials for snapshot content " + content + ": " + why;
            }

            @Override
            public Actor actor() {
                return Actor.ADMINISTRATOR;
            }
        }

        record DriverRefused(String volumeHandle, DriverError error) implements Problem {
            @Override
            public String text() {
                return "failed to take snapshot of the volume " + volumeHandle + ": \""
                        + error.goText().replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
            }

            @Override
            public Actor actor() {
                return Actor.DRIVER;
            }
        }

        record LookUpRefused(String handle, DriverError error) implements Problem {
            @Override
            public String text() {
                return "failed to list snapshot for content with handle " + handle + ": " + error.goText();
            }

            @Override
            public Actor actor() {
                return Actor.DRIVER;
            }
        }

        /** An imported snapshot that the driver does not have. */
        record HandleUnknown(String handle) implements Problem {
            @Override
            public String text() {
                return "can not find snapshot for snapshotID " + handle;
            }

            @Override
            public Actor actor() {
                return Actor.USER;
            }
        }
    }

    /** Taken, but the driver still copies. It is asked again and again, as CSI wants it. */
    record NotReady(String handle) implements ContentReason {
        @Override
        public String message() {
            return "snapshot " + handle + " is taken but not ready to use yet";
        }

        @Override
        public Actor actor() {
            return Actor.DRIVER;
        }
    }

    /** Belongs to a group whose snapshot has not been taken. */
    record GroupNotTaken() implements ContentReason {
        @Override
        public String message() {
            return "it is part of a VolumeGroupSnapshot that has not been taken yet";
        }

        @Override
        public Actor actor() {
            return Actor.SOLO;
        }
    }

    /** Somebody deleted the content, and the snapshot that needs it is still there. */
    record StillBound(@Nullable ObjectKey snapshot) implements ContentReason {
        @Override
        public String message() {
            return "the content is being deleted, but goes only with its VolumeSnapshot "
                    + (snapshot == null ? "" : snapshot);
        }

        @Override
        public Actor actor() {
            return Actor.USER;
        }
    }

    /** The driver did not delete it. csi-snapshotter says this in an event only. */
    record NotDeleted(String eventText, String why, Actor actor) implements ContentReason {
        @Override
        public String message() {
            return eventText + ": " + why;
        }

        @Override
        public EventNote event() {
            return EventNote.warning("SnapshotDeleteError", message());
        }
    }

    /** The API server did not take one of our writes. */
    record WriteFailed(String message, Actor actor) implements ContentReason {}
}
