package solo.snapshotter.model;

import java.util.List;
import org.jspecify.annotations.Nullable;
import solo.csi.model.DriverError;
import solo.kube.model.Actor;
import solo.kube.model.EventNote;
import solo.kube.model.ObjectKey;
import solo.kube.model.Reason;

/**
 * Why the content of a group has no snapshots yet, or does not go. Messages are csi-snapshotter's, word for word where it
 * has one, because they stand in status.error and people search for them.
 */
public sealed interface GroupContentReason extends Reason {

    /** What status.error says, or null where it says nothing. */
    default @Nullable String statusError() {
        return null;
    }

    /** One of the two events that tell of a group that could not be taken, with the text of status.error. */
    record NotTaken(Attempt attempt, Problem problem) implements GroupContentReason {
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
        FIRST("Failed to create group snapshot: "),
        LATER("Failed to check and update group snapshot content: ");

        private final String prefix;

        Attempt(String prefix) {
            this.prefix = prefix;
        }

        private EventNote event(String message) {
            return switch (this) {
                case FIRST -> EventNote.warning("GroupSnapshotCreationFailed", message);
                case LATER -> EventNote.warning("GroupSnapshotContentCheckandUpdateFailed", message);
            };
        }
    }

    /** What stands between a content and its group. */
    sealed interface Problem {
        String text();

        Actor actor();

        record ClassMissing(String content, @Nullable String className) implements Problem {
            @Override
            public String text() {
                return "failed to get input parameters to create group snapshot for group snapshot content " + content
                        + ": \""
                        + (className == null
                                ? "failed to take group snapshot " + content + " without a group snapshot class"
                                : "volumegroupsnapshotclass.groupsnapshot.storage.k8s.io '" + className + "' not found")
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
                return "failed to get credentials for group snapshot content " + content + ": " + why;
            }

            @Override
            public Actor actor() {
                return Actor.ADMINISTRATOR;
            }
        }

        record DriverRefused(List<String> volumeHandles, DriverError error) implements Problem {
            @Override
            public String text() {
                return "failed to take group snapshot of the volumes [" + String.join(" ", volumeHandles) + "]: \""
                        + error.goText().replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
            }

            @Override
            public Actor actor() {
                return Actor.DRIVER;
            }
        }

        record GetRefused(String handle, DriverError error) implements Problem {
            @Override
            public String text() {
                return "failed to get group snapshot " + handle + ": " + error.goText();
            }

            @Override
            public Actor actor() {
                return Actor.DRIVER;
            }
        }

        /** The driver says that it took the group, but of other volumes than it was asked for. */
        record MembersDiffer(String handle, List<String> told, List<String> asked) implements Problem {
            @Override
            public String text() {
                return "group snapshot " + handle + " has snapshots of the volumes [" + String.join(" ", told)
                        + "], asked for were [" + String.join(" ", asked) + "]";
            }

            @Override
            public Actor actor() {
                return Actor.DRIVER;
            }
        }
    }

    /** Taken, but the driver still copies. It is asked again and again, as CSI wants it. */
    record NotReady(String handle) implements GroupContentReason {
        @Override
        public String message() {
            return "group snapshot " + handle + " is taken but not ready to use yet";
        }

        @Override
        public Actor actor() {
            return Actor.DRIVER;
        }
    }

    /** Somebody deleted the content, and the group that needs it is still there. */
    record StillBound(@Nullable ObjectKey group) implements GroupContentReason {
        @Override
        public String message() {
            return "the content is being deleted, but goes only with its VolumeGroupSnapshot "
                    + (group == null ? "" : group);
        }

        @Override
        public Actor actor() {
            return Actor.USER;
        }
    }

    /** The driver did not delete it. csi-snapshotter says this in an event only. */
    record NotDeleted(String eventText, String why, Actor actor) implements GroupContentReason {
        @Override
        public String message() {
            return eventText + ": " + why;
        }

        @Override
        public EventNote event() {
            return EventNote.warning("GroupSnapshotDeleteError", message());
        }
    }

    /** The API server did not take one of our writes. */
    record WriteFailed(String message, Actor actor) implements GroupContentReason {}
}
