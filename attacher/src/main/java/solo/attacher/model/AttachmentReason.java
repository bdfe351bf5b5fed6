package solo.attacher.model;

import solo.csi.model.DriverError;
import solo.kube.model.Actor;
import solo.kube.model.ObjectKey;
import solo.kube.model.Reason;

/**
 * Why an attachment is not attached or not detached. The messages are external-attacher's, word for word where it has
 * one, because they stand in status.attachError and detachError and people search for them. There are no events:
 * Kubernetes' attach-detach controller shows these messages on the pod.
 */
public sealed interface AttachmentReason extends Reason {

    /** spec.source names two volumes or none. */
    record SourceMalformed(String message) implements AttachmentReason {
        @Override
        public Actor actor() {
            return Actor.KUBERNETES;
        }
    }

    record VolumeMissing(String volume) implements AttachmentReason {
        @Override
        public String message() {
            return "persistentvolume \"" + volume + "\" not found";
        }

        @Override
        public Actor actor() {
            return Actor.USER;
        }
    }

    record VolumeDeleting(String volume) implements AttachmentReason {
        @Override
        public String message() {
            return "PersistentVolume \"" + volume + "\" is marked for deletion";
        }

        @Override
        public Actor actor() {
            return Actor.USER;
        }
    }

    record VolumeNotCsi() implements AttachmentReason {
        @Override
        public String message() {
            return "pv spec contained non-csi source that was not migrated";
        }

        @Override
        public Actor actor() {
            return Actor.ADMINISTRATOR;
        }
    }

    /** The PersistentVolume was made anew: it names another volume than the one this attachment is of. */
    record VolumeReplaced(String volume, String handle) implements AttachmentReason {
        @Override
        public String message() {
            return "PersistentVolume \"" + volume + "\" now names volume " + handle
                    + ", but this attachment is of another one: delete the VolumeAttachment so that it is detached first";
        }

        @Override
        public Actor actor() {
            return Actor.ADMINISTRATOR;
        }
    }

    /** Nothing proves which volume a lost PersistentVolume stood for, and guessing could detach another one. */
    record HandleUnknown(String volume) implements AttachmentReason {
        @Override
        public String message() {
            return "persistentvolume \"" + volume
                    + "\" not found, and nothing tells its volume handle: set the annotation "
                    + AttachmentAnnotations.VOLUME_HANDLE + " on this VolumeAttachment to detach it";
        }

        @Override
        public Actor actor() {
            return Actor.ADMINISTRATOR;
        }
    }

    record AccessModesRefused(String message) implements AttachmentReason {
        @Override
        public Actor actor() {
            return Actor.USER;
        }
    }

    record SecretUnreadable(ObjectKey secret, String why) implements AttachmentReason {
        @Override
        public String message() {
            return "failed to load secret \"" + secret + "\": " + why;
        }

        @Override
        public Actor actor() {
            return Actor.ADMINISTRATOR;
        }
    }

    record NodeUnknown(String node) implements AttachmentReason {
        @Override
        public String message() {
            return "csinode.storage.k8s.io \"" + node + "\" not found";
        }

        @Override
        public Actor actor() {
            return Actor.KUBERNETES;
        }
    }

    record DriverNotOnNode(String node, String driver) implements AttachmentReason {
        @Override
        public String message() {
            return "CSINode " + node + " does not contain driver " + driver;
        }

        @Override
        public Actor actor() {
            return Actor.DRIVER;
        }
    }

    record DriverRefused(DriverError error) implements AttachmentReason {
        @Override
        public String message() {
            return error.goText();
        }

        @Override
        public Actor actor() {
            return Actor.DRIVER;
        }
    }

    /** The API server did not take one of our writes. */
    record WriteFailed(String message, Actor actor) implements AttachmentReason {}
}
