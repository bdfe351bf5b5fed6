package solo.attacher;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import solo.attacher.csi.VolumePublisher;
import solo.attacher.model.AttachView;
import solo.attacher.model.AttachingDriver;
import solo.attacher.model.AttachmentReason.DriverRefused;
import solo.attacher.model.Listing;
import solo.attacher.rules.PublishedNodes;
import solo.csi.CsiException;
import solo.kube.Clock;
import solo.kube.Kinds;
import solo.kube.Reconciler;
import solo.kube.Store;
import solo.kube.model.ObjectKey;
import solo.kube.model.Outcome;
import solo.kube.model.Retry;
import solo.kube.model.VolumeAttachment;

/**
 * Compares, every {@code --reconcile-sync}, where the driver says its volumes are published with what the attachments
 * say. It calls neither publish nor unpublish and writes nothing: it disputes, and the attachment's own key is run.
 */
final class PublishedNodesReconciler implements Reconciler {
    private static final Logger log = LoggerFactory.getLogger(PublishedNodesReconciler.class);

    /** There is one list, so there is one key. */
    static final ObjectKey KEY = ObjectKey.cluster("published-nodes");

    private final AttachingDriver driver;
    private final VolumePublisher publisher;
    private final Store<VolumeAttachment> attachments;
    private final AttachViews views;
    private final Disputes disputes;
    private final Clock clock;
    private final Duration pause;
    private @Nullable Long ended;

    PublishedNodesReconciler(
            AttachingDriver driver, VolumePublisher publisher, Ports ports, Disputes disputes, Duration pause) {
        this.driver = driver;
        this.publisher = publisher;
        this.attachments = ports.cluster().store(Kinds.ATTACHMENT);
        this.views = new AttachViews(ports.cluster(), disputes, driver.name());
        this.disputes = disputes;
        this.clock = ports.clock();
        this.pause = pause;
    }

    @Override
    public Outcome reconcile(ObjectKey key) {
        Duration left = ended == null ? Duration.ZERO : pause.minusNanos(clock.nanos() - ended);
        if (left.isPositive()) {
            return Outcome.again(left);
        }
        try {
            compare();
            return Outcome.again(pause);
        } catch (CsiException e) {
            return Outcome.waiting(new DriverRefused(e.error()), Retry.after(pause), null);
        } finally {
            ended = clock.nanos();
        }
    }

    private void compare() throws CsiException {
        // Taken before the driver is asked: what changes meanwhile is not compared with an answer that may be older.
        List<VolumeAttachment> before = attachments.all().stream()
                .filter(attachment -> attachment.attacher().equals(driver.name()))
                .toList();
        if (before.isEmpty()) {
            return;
        }
        Listing listing = publisher.list();
        for (VolumeAttachment attachment : before) {
            AttachView view = views.of(attachment.key());
            if (view != null
                    && unchanged(attachment, view.attachment())
                    && PublishedNodes.contradict(view, listing, driver.name())) {
                log.warn(
                        "attachment={} attached={} but the driver says otherwise: calling it again",
                        attachment.key(),
                        attachment.status().attached());
                disputes.dispute(view.attachment());
            }
        }
    }

    private static boolean unchanged(VolumeAttachment before, VolumeAttachment now) {
        return Objects.equals(before.meta().resourceVersion(), now.meta().resourceVersion());
    }
}
