package solo.snapshotter;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import solo.kube.ApiException;
import solo.kube.ApiException.Failure;
import solo.kube.Kinds;
import solo.kube.Reconciler;
import solo.kube.Writes;
import solo.kube.model.Actor;
import solo.kube.model.EventNote;
import solo.kube.model.ObjectKey;
import solo.kube.model.ObjectReference;
import solo.kube.model.Outcome;
import solo.kube.model.PersistentVolumeClaim;
import solo.kube.model.Retry;
import solo.kube.model.StatusError;
import solo.kube.model.VolumeGroupSnapshot;
import solo.kube.model.VolumeSnapshot;
import solo.kube.model.VolumeSnapshot.Status;
import solo.kube.model.VolumeSnapshotContent;
import solo.snapshotter.SnapshotMetrics.Seen;
import solo.snapshotter.SnapshotMetrics.Sort;
import solo.snapshotter.SnapshotViews.Live;
import solo.snapshotter.kube.ContentBody;
import solo.snapshotter.kube.ContentPatches;
import solo.snapshotter.kube.SnapshotPatches;
import solo.snapshotter.model.NewContent;
import solo.snapshotter.model.SnapshotDecision;
import solo.snapshotter.model.SnapshotEffect;
import solo.snapshotter.model.SnapshotEffect.Bind;
import solo.snapshotter.model.SnapshotEffect.CreateContent;
import solo.snapshotter.model.SnapshotEffect.DeleteContent;
import solo.snapshotter.model.SnapshotEffect.JoinGroup;
import solo.snapshotter.model.SnapshotEffect.LetContentGo;
import solo.snapshotter.model.SnapshotEffect.LookForContent;
import solo.snapshotter.model.SnapshotEffect.LookForGroup;
import solo.snapshotter.model.SnapshotEffect.Mark;
import solo.snapshotter.model.SnapshotEffect.ProtectClaim;
import solo.snapshotter.model.SnapshotEffect.Release;
import solo.snapshotter.model.SnapshotEffect.SaveStatus;
import solo.snapshotter.model.SnapshotNames;
import solo.snapshotter.model.SnapshotReason;
import solo.snapshotter.model.SnapshotReason.ContentGoing;
import solo.snapshotter.model.SnapshotReason.InStatus;
import solo.snapshotter.model.SnapshotReason.WriteFailed;
import solo.snapshotter.model.SnapshotSettings;
import solo.snapshotter.model.SnapshotView;
import solo.snapshotter.rules.SnapshotRules;

/**
 * Gives one VolumeSnapshot its content, follows it, and lets both go: decide, act, decide again. Every decision looks at
 * the caches anew, which hold our own writes by then, and what others have changed meanwhile.
 */
final class SnapshotReconciler implements Reconciler {
    private static final Logger log = LoggerFactory.getLogger(SnapshotReconciler.class);

    // The longest way is: look, create, look again, mark, save, done. More means that two rules disagree.
    private static final int MOST_ROUNDS = 10;

    /** A cache that does not show it by then lags, and the backoff is better. */
    private static final int MOST_TRIES = 2;

    private final SnapshotSettings settings;
    private final SnapshotViews views;
    private final Ports ports;
    private final Writes writes;
    private final SnapshotMetrics metrics;

    SnapshotReconciler(SnapshotSettings settings, Ports ports, SnapshotMetrics metrics) {
        this.settings = settings;
        this.views = new SnapshotViews(ports.cluster(), ports.clock(), settings);
        this.ports = ports;
        this.writes = ports.writes();
        this.metrics = metrics;
    }

    @Override
    public Outcome reconcile(ObjectKey key) {
        Live live = Live.NOTHING;
        for (int round = 0; round < MOST_ROUNDS; round++) {
            SnapshotView view = views.of(key, live);
            if (view == null) {
                metrics.gone(Sort.SNAPSHOT, key);
                return Outcome.done();
            }
            metrics.saw(Seen.of(view));
            switch (SnapshotRules.decide(view, settings)) {
                case SnapshotDecision.Wait(SnapshotReason reason, Retry retry) -> {
                    return waiting(view.snapshot(), reason, retry);
                }
                case SnapshotDecision.Run(List<SnapshotEffect> effects)
                when effects.isEmpty() -> {
                    return Outcome.done();
                }
                case SnapshotDecision.Run(List<SnapshotEffect> effects) -> {
                    VolumeSnapshot snapshot = view.snapshot();
                    for (SnapshotEffect effect : effects) {
                        try {
                            switch (effect) {
                                case LookForContent(String name) -> live = look(name, live);
                                case LookForGroup(ObjectKey group) ->
                                    live = live.withGroup(ports.cluster().live(Kinds.GROUP_SNAPSHOT, group));
                                case CreateContent(NewContent content) -> live = create(snapshot, content, live);
                                case JoinGroup(VolumeGroupSnapshot group) -> snapshot = join(snapshot, group);
                                case Mark mark -> snapshot = mark(snapshot, mark);
                                case SaveStatus save -> snapshot = save(snapshot, save);
                                case ProtectClaim(PersistentVolumeClaim claim) -> protect(claim);
                                case Bind(VolumeSnapshotContent content, @Nullable String className) ->
                                    bind(snapshot, content, className);
                                case LetContentGo(VolumeSnapshotContent content) -> letGo(content);
                                case DeleteContent(VolumeSnapshotContent content) -> {
                                    if (!delete(content)) {
                                        // It is gone already, and the watch will tell.
                                        return Outcome.waiting(
                                                new ContentGoing(content.key().name()), Retry.backoff(), null);
                                    }
                                }
                                case Release(List<String> finalizers) -> {
                                    release(snapshot, finalizers);
                                    return Outcome.done();
                                }
                            }
                        } catch (ApiException e) {
                            if (takenBySibling(effect, e, round)) {
                                break;
                            }
                            return refused(effect, snapshot, e);
                        }
                    }
                }
            }
        }
        throw new IllegalStateException("snapshot " + key + " is not settled after " + MOST_ROUNDS + " decisions");
    }

    /** Many snapshots of one claim protect it at once. One of them has; the next decision sees it. */
    private static boolean takenBySibling(SnapshotEffect effect, ApiException refusal, int round) {
        return effect instanceof ProtectClaim && refusal.failure() == Failure.CONFLICT && round < MOST_TRIES;
    }

    private Live look(String name, Live live) throws ApiException {
        return live.withContent(ports.cluster().live(Kinds.SNAPSHOT_CONTENT, ObjectKey.cluster(name)));
    }

    private VolumeSnapshot join(VolumeSnapshot snapshot, VolumeGroupSnapshot group) throws ApiException {
        return writes.patch(
                Kinds.SNAPSHOT, snapshot.key(), SnapshotPatches.join(snapshot, Kinds.GROUP_SNAPSHOT.reference(group)));
    }

    private Live create(VolumeSnapshot snapshot, NewContent content, Live live) throws ApiException {
        try {
            var _ = writes.create(Kinds.SNAPSHOT_CONTENT, ContentBody.of(content));
        } catch (ApiException e) {
            if (e.failure() == Failure.ALREADY_EXISTS) {
                // Whose it is, is decided when it has been read.
                return look(content.name(), live);
            }
            throw e;
        }
        log.info("snapshot={} content={} created", snapshot.key(), content.name());
        ports.events()
                .record(
                        Kinds.SNAPSHOT.reference(snapshot),
                        EventNote.underway(
                                "CreatingSnapshot",
                                "Waiting for a snapshot " + snapshot.key() + " to be created by the CSI driver."));
        return live;
    }

    private VolumeSnapshot mark(VolumeSnapshot snapshot, Mark mark) throws ApiException {
        return writes.patch(
                Kinds.SNAPSHOT,
                snapshot.key(),
                SnapshotPatches.mark(snapshot.meta(), mark.finalizers(), mark.className()));
    }

    private VolumeSnapshot save(VolumeSnapshot snapshot, SaveStatus save) throws ApiException {
        VolumeSnapshot saved =
                writes.patch(Kinds.SNAPSHOT, snapshot.key(), SnapshotPatches.status(snapshot, save.status()));
        ObjectReference about = Kinds.SNAPSHOT.reference(saved);
        save.news().forEach(news -> ports.events().record(about, news));
        return saved;
    }

    private void protect(PersistentVolumeClaim claim) throws ApiException {
        var _ = writes.patch(Kinds.CLAIM, claim.key(), SnapshotPatches.protectClaim(claim.meta()));
    }

    private void bind(VolumeSnapshot snapshot, VolumeSnapshotContent content, @Nullable String className)
            throws ApiException {
        var _ = writes.patch(
                Kinds.SNAPSHOT_CONTENT, content.key(), ContentPatches.bind(content, snapshot.uid(), className));
        log.info("snapshot={} content={} bound", snapshot.key(), content.key());
    }

    private void letGo(VolumeSnapshotContent content) throws ApiException {
        var _ = writes.patch(
                Kinds.SNAPSHOT_CONTENT, content.key(), ContentPatches.annotate(SnapshotNames.BEING_DELETED));
    }

    /** False if there is no such content any more. */
    private boolean delete(VolumeSnapshotContent content) throws ApiException {
        try {
            writes.delete(Kinds.SNAPSHOT_CONTENT, content.key(), content.uid());
            return true;
        } catch (ApiException e) {
            if (e.failure() == Failure.NOT_FOUND) {
                return false;
            }
            throw e;
        }
    }

    private void release(VolumeSnapshot snapshot, List<String> finalizers) throws ApiException {
        try {
            var _ = writes.patch(Kinds.SNAPSHOT, snapshot.key(), SnapshotPatches.release(snapshot.meta(), finalizers));
            log.info("snapshot={} released", snapshot.key());
        } catch (ApiException e) {
            if (e.failure() != Failure.NOT_FOUND) {
                throw e;
            }
        }
    }

    /** As in Go an error is shown once: in the status, and by an event when the status changes. */
    private Outcome waiting(VolumeSnapshot snapshot, SnapshotReason reason, Retry retry) {
        boolean news = reason.inStatus() == InStatus.NOTHING || isNews(snapshot, reason);
        if (news && reason.inStatus() != InStatus.NOTHING) {
            Status before = snapshot.status() == null ? Status.EMPTY : snapshot.status();
            Status wrong = new Status(
                    before.boundContentName(),
                    before.creationTime(),
                    reason.inStatus() == InStatus.ERROR_AND_NOT_READY ? Boolean.FALSE : before.readyToUse(),
                    before.restoreSize(),
                    new StatusError(reason.message(), ports.clock().now()),
                    before.groupName());
            try {
                var _ = writes.patch(Kinds.SNAPSHOT, snapshot.key(), SnapshotPatches.status(snapshot, wrong));
            } catch (ApiException e) {
                log.info("snapshot={} error could not be saved: {}", snapshot.key(), e.getMessage());
            }
        }
        return Outcome.waiting(reason, retry, news ? Kinds.SNAPSHOT.reference(snapshot) : null);
    }

    private static boolean isNews(VolumeSnapshot snapshot, SnapshotReason reason) {
        Status status = snapshot.status();
        StatusError shown = status == null ? null : status.error();
        return shown == null
                || !reason.message().equals(shown.message())
                || (reason.inStatus() == InStatus.ERROR_AND_NOT_READY && snapshot.ready());
    }

    private static Outcome refused(SnapshotEffect effect, VolumeSnapshot snapshot, ApiException refusal) {
        Actor actor = refusal.actor();
        String why = String.valueOf(refusal.getMessage());
        EventNote event = switch (refusal.failure()) {
            // Somebody else wrote, or we lead no more: nothing that a user has to see.
            case CONFLICT, NOT_LEADING, NOT_FOUND -> null;
            case ALREADY_EXISTS, INVALID, FORBIDDEN, TOO_MANY_REQUESTS, UNAVAILABLE, OTHER ->
                FailedWrite.event(effect, snapshot.key(), why);
        };
        return Outcome.waiting(
                new WriteFailed(FailedWrite.text(effect) + why, actor, event),
                Retry.backoff(),
                Kinds.SNAPSHOT.reference(snapshot));
    }
}
