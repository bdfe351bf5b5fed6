package solo.attacher.rules;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import solo.attacher.model.AttachingDriver;
import solo.attacher.model.AttachingDriver.ErrorCodes;
import solo.attacher.model.AttachmentReason;
import solo.attacher.model.AttachmentReason.DriverRefused;
import solo.attacher.model.ErrorField;
import solo.kube.model.VolumeAttachment;
import solo.kube.model.VolumeAttachment.Problem;

/** Which error does the status have to show, if it does not show it already? The same text is not written twice. */
public final class ErrorRecord {
    private ErrorRecord() {}

    public static ErrorField field(VolumeAttachment attachment) {
        return attachment.meta().deleting() ? ErrorField.DETACH_ERROR : ErrorField.ATTACH_ERROR;
    }

    public static Optional<Problem> of(VolumeAttachment attachment, AttachmentReason reason, AttachingDriver driver) {
        ErrorField field = field(attachment);
        @Nullable
        Problem shown = switch (field) {
            case ATTACH_ERROR -> attachment.status().attachError();
            case DETACH_ERROR -> attachment.status().detachError();
        };
        Problem problem = new Problem(reason.message(), code(field, reason, driver));
        return Objects.equals(problem, shown) ? Optional.empty() : Optional.of(problem);
    }

    // Only attachError has a code: it is what makes the kubelet refresh a node's volume limit.
    private static @Nullable Long code(ErrorField field, AttachmentReason reason, AttachingDriver driver) {
        return field == ErrorField.ATTACH_ERROR
                        && driver.errorCodes() == ErrorCodes.RECORDED
                        && reason instanceof DriverRefused(var error)
                ? Long.valueOf(error.code().number())
                : null;
    }
}
