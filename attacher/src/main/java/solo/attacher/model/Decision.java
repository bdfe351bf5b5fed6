package solo.attacher.model;

import java.util.List;
import solo.kube.model.Retry;

/** What to do about one attachment now. */
public sealed interface Decision {

    /** Nothing can be done before {@code retry}; the reason goes into the attachment's status. */
    record Wait(AttachmentReason reason, Retry retry) implements Decision {}

    /** Carry these out in order and decide again; none left means that all is done. */
    record Run(List<AttachmentEffect> effects) implements Decision {
        public Run {
            effects = List.copyOf(effects);
        }
    }

    /** As external-attacher retries: with the key's backoff. */
    static Decision waiting(AttachmentReason reason) {
        return new Wait(reason, Retry.backoff());
    }

    static Decision run(AttachmentEffect... effects) {
        return new Run(List.of(effects));
    }

    static Decision done() {
        return new Run(List.of());
    }
}
