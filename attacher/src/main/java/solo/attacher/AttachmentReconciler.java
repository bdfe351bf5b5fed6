package solo.attacher;

import java.util.List;
import org.jspecify.annotations.Nullable;
import solo.attacher.csi.VolumePublisher;
import solo.attacher.model.Answers;
import solo.attacher.model.Answers.SearchAnswer;
import solo.attacher.model.Answers.SecretAnswer;
import solo.attacher.model.AttachView;
import solo.attacher.model.AttachingDriver;
import solo.attacher.model.AttachmentEffect;
import solo.attacher.model.AttachmentEffect.FindVolume;
import solo.attacher.model.AttachmentEffect.MarkAttachment;
import solo.attacher.model.AttachmentEffect.ProtectVolume;
import solo.attacher.model.AttachmentEffect.Publish;
import solo.attacher.model.AttachmentEffect.ReadSecret;
import solo.attacher.model.AttachmentEffect.ReleaseAttachment;
import solo.attacher.model.AttachmentEffect.SaveAttached;
import solo.attacher.model.AttachmentEffect.SaveDetached;
import solo.attacher.model.AttachmentEffect.Unpublish;
import solo.attacher.model.AttachmentReason;
import solo.attacher.model.AttachmentReason.DriverRefused;
import solo.attacher.model.AttachmentReason.WriteFailed;
import solo.attacher.model.Decision;
import solo.attacher.rules.AttachmentName;
import solo.attacher.rules.AttachmentRules;
import solo.attacher.rules.FailedWrite;
import solo.csi.CsiException;
import solo.csi.model.Secrets;
import solo.kube.ApiException;
import solo.kube.ApiException.Failure;
import solo.kube.Cluster;
import solo.kube.Kinds;
import solo.kube.Reconciler;
import solo.kube.model.Actor;
import solo.kube.model.ObjectKey;
import solo.kube.model.Outcome;
import solo.kube.model.Retry;
import solo.kube.model.Secret;
import solo.kube.model.VolumeAttachment;

/** Attaches and detaches the volume of one VolumeAttachment: decide, act, decide again with the answer in view. */
final class AttachmentReconciler implements Reconciler {
    // The longest way is: find, read secret, unpublish, release, clean, done. More means that two rules disagree.
    private static final int MOST_ROUNDS = 8;

    private final AttachingDriver driver;
    private final AttachViews views;
    private final Cluster cluster;
    private final AttachmentWrites writes;
    private final VolumePublisher publisher;
    private final Disputes disputes;

    AttachmentReconciler(AttachingDriver driver, VolumePublisher publisher, Ports ports, Disputes disputes) {
        this.driver = driver;
        this.views = new AttachViews(ports.cluster(), disputes, driver.name());
        this.cluster = ports.cluster();
        this.writes = new AttachmentWrites(ports.writes(), ports.clock(), driver);
        this.publisher = publisher;
        this.disputes = disputes;
    }

    @Override
    public Outcome reconcile(ObjectKey key) {
        AttachView view = views.of(key);
        if (view == null) {
            return Outcome.done();
        }
        for (int round = 0; round < MOST_ROUNDS; round++) {
            switch (AttachmentRules.decide(view, driver)) {
                case Decision.Wait(AttachmentReason reason, Retry retry) -> {
                    return waiting(view.attachment(), reason, retry);
                }
                case Decision.Run(List<AttachmentEffect> effects)
                when effects.isEmpty() -> {
                    disputes.settle(view.attachment());
                    return Outcome.done();
                }
                case Decision.Run(List<AttachmentEffect> effects) -> {
                    for (AttachmentEffect effect : effects) {
                        try {
                            view = perform(effect, view);
                        } catch (CsiException e) {
                            return waiting(view.attachment(), new DriverRefused(e.error()), Retry.backoff());
                        } catch (ApiException e) {
                            return refused(effect, view.attachment(), e);
                        }
                    }
                }
            }
        }
        throw new IllegalStateException("attachment " + key + " is not settled after " + MOST_ROUNDS + " decisions");
    }

    private AttachView perform(AttachmentEffect effect, AttachView view) throws ApiException, CsiException {
        Answers answers = view.answers();
        return switch (effect) {
            case ProtectVolume protect -> view.with(writes.protect(protect));
            case ReadSecret(ObjectKey secret) -> view.with(answers.with(read(secret)));
            case MarkAttachment mark -> view.with(writes.mark(view.attachment(), mark));
            case Publish(var request) -> view.with(answers.published(publisher.publish(request)));
            case SaveAttached attached -> view.with(writes.attached(view.attachment(), attached));
            case FindVolume() -> view.with(answers.with(find(view.attachment())));
            case Unpublish(var request) -> {
                publisher.unpublish(request);
                yield view.with(answers.unpublished());
            }
            case ReleaseAttachment release -> view.with(writes.release(view.attachment(), release));
            case SaveDetached() -> view.with(writes.detached(view.attachment()));
        };
    }

    private Outcome waiting(VolumeAttachment attachment, AttachmentReason reason, Retry retry) {
        writes.error(attachment, reason);
        return Outcome.waiting(reason, retry, null);
    }

    private Outcome refused(AttachmentEffect effect, VolumeAttachment attachment, ApiException refusal) {
        if (refusal.failure() == Failure.NOT_FOUND && !(effect instanceof ProtectVolume)) {
            return Outcome.done();
        }
        Actor actor = refusal.actor();
        WriteFailed reason = FailedWrite.of(effect, String.valueOf(refusal.getMessage()), actor);
        return switch (refusal.failure()) {
            // Somebody else wrote, or we lead no more: nothing that a user has to see.
            case CONFLICT, NOT_LEADING -> Outcome.waiting(reason, Retry.backoff(), null);
            case NOT_FOUND, ALREADY_EXISTS, INVALID, FORBIDDEN, TOO_MANY_REQUESTS, UNAVAILABLE, OTHER ->
                // As in external-attacher: the status that could not be saved is not shown in the status.
                effect instanceof SaveAttached
                        ? Outcome.waiting(reason, Retry.backoff(), null)
                        : waiting(attachment, reason, Retry.backoff());
        };
    }

    private SecretAnswer read(ObjectKey key) {
        try {
            @Nullable Secret secret = cluster.live(Kinds.SECRET, key);
            return secret == null
                    ? new SecretAnswer.Unreadable("secrets \"" + key.name() + "\" not found")
                    : new SecretAnswer.Read(new Secrets(secret.data()));
        } catch (ApiException e) {
            return new SecretAnswer.Unreadable(String.valueOf(e.getMessage()));
        }
    }

    private SearchAnswer find(VolumeAttachment attachment) throws CsiException {
        return publisher.list().publishedNodes().keySet().stream()
                .filter(handle -> AttachmentName.proves(attachment, handle))
                .findAny()
                .<SearchAnswer>map(SearchAnswer.Proven::new)
                .orElseGet(SearchAnswer.NotListed::new);
    }
}
