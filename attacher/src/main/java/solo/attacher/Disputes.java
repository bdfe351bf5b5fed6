package solo.attacher;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import solo.attacher.model.AttachView.Standing;
import solo.kube.model.ObjectKey;
import solo.kube.model.VolumeAttachment;

/**
 * Attachments whose status the driver's list of published nodes contradicts. A dispute stays until the driver was
 * called with success, unlike external-attacher's, so that a forced attach that fails is retried; after a restart the
 * next list finds it again.
 */
public final class Disputes {
    // By uid; the value is the status that was disputed. Another status means that the dispute is out of date.
    private final Map<String, Boolean> attached = new ConcurrentHashMap<>();
    private volatile Consumer<ObjectKey> listener = key -> {};

    /** Names who makes the attachment's controller look at a disputed attachment. */
    public void onDispute(Consumer<ObjectKey> then) {
        listener = then;
    }

    /** A dispute that is known already is under way, with its backoff. */
    void dispute(VolumeAttachment attachment) {
        Boolean now = attachment.status().attached();
        if (!now.equals(attached.put(attachment.uid(), now))) {
            listener.accept(attachment.key());
        }
    }

    Standing standing(VolumeAttachment attachment) {
        Boolean disputed = attached.get(attachment.uid());
        return disputed != null && disputed == attachment.status().attached() ? Standing.DISPUTED : Standing.UNDISPUTED;
    }

    void settle(VolumeAttachment attachment) {
        attached.remove(attachment.uid());
    }
}
