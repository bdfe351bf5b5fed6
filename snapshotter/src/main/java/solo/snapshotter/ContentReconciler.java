package solo.snapshotter;

import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import solo.csi.CsiException;
import solo.csi.model.Secrets;
import solo.kube.ApiException;
import solo.kube.ApiException.Failure;
import solo.kube.Cluster;
import solo.kube.Kinds;
import solo.kube.Reconciler;
import solo.kube.model.ObjectKey;
import solo.kube.model.ObjectReference;
import solo.kube.model.Outcome;
import solo.kube.model.Retry;
import solo.kube.model.StatusError;
import solo.kube.model.VolumeSnapshot;
import solo.kube.model.VolumeSnapshotContent;
import solo.kube.model.VolumeSnapshotContent.Status;
import solo.snapshotter.Snapshotter.OtherHalf;
import solo.snapshotter.csi.SnapshotCalls;
import solo.snapshotter.kube.ContentPatches;
import solo.snapshotter.model.ContentDecision;
import solo.snapshotter.model.ContentEffect;
import solo.snapshotter.model.ContentEffect.ClearStatus;
import solo.snapshotter.model.ContentEffect.Delete;
import solo.snapshotter.model.ContentEffect.LookUp;
import solo.snapshotter.model.ContentEffect.MarkBeingCreated;
import solo.snapshotter.model.ContentEffect.ReadSecret;
import solo.snapshotter.model.ContentEffect.Release;
import solo.snapshotter.model.ContentEffect.SaveStatus;
import solo.snapshotter.model.ContentEffect.Take;
import solo.snapshotter.model.ContentEffect.UnmarkBeingCreated;
import solo.snapshotter.model.ContentReason;
import solo.snapshotter.model.ContentReason.WriteFailed;
import solo.snapshotter.model.ContentView;
import solo.snapshotter.model.ContentView.BoundSnapshot;
import solo.snapshotter.model.DriverAnswer;
import solo.snapshotter.model.DriverAnswer.Call;
import solo.snapshotter.model.SecretAnswer;
import solo.snapshotter.model.SnapshotNames;
import solo.snapshotter.model.SnapshottingDriver;
import solo.snapshotter.model.SnapshottingDriver.Listing;
import solo.snapshotter.model.TakenSnapshot;
import solo.snapshotter.rules.ContentRules;

/** Takes, follows and deletes the snapshot of one VolumeSnapshotContent: decide, act, decide again with the answer in view. */
final class ContentReconciler implements Reconciler {
    private static final Logger log = LoggerFactory.getLogger(ContentReconciler.class);

    // The longest way is: secret, take, save, secret again, delete, release, done. More means that two rules disagree.
    private static final int MOST_ROUNDS = 10;

    private final SnapshottingDriver driver;
    private final SnapshotCalls calls;
    private final Ports ports;
    private final Cluster cluster;
    private final DoubtedContents<VolumeSnapshotContent> contents;
    private final OtherHalf other;

    ContentReconciler(SnapshottingDriver driver, SnapshotCalls calls, Ports ports, OtherHalf other) {
        this.driver = driver;
        this.calls = calls;
        this.ports = ports;
        this.cluster = ports.cluster();
        this.contents = new DoubtedContents<>(Kinds.SNAPSHOT_CONTENT, ports);
        this.other = other;
        // Asked for once here, so that they are watched.
        var _ = cluster.store(Kinds.SNAPSHOT_CLASS);
    }

    @Override
    public Outcome reconcile(ObjectKey key) {
        VolumeSnapshotContent content;
        try {
            content = contents.get(key);
        } catch (ApiException e) {
            return refused(e);
        }
        if (content == null || !ContentRules.ours(content, driver)) {
            return Outcome.done();
        }
        ContentView view = view(content);
        for (int round = 0; round < MOST_ROUNDS; round++) {
            switch (ContentRules.decide(view, driver)) {
                case ContentDecision.Wait(ContentReason reason, Retry retry) -> {
                    return waiting(view.content(), reason, retry);
                }
                case ContentDecision.Run(List<ContentEffect> effects)
                when effects.isEmpty() -> {
                    return Outcome.done();
                }
                case ContentDecision.Run(List<ContentEffect> effects) -> {
                    for (ContentEffect effect : effects) {
                        try {
                            view = perform(effect, view);
                        } catch (ApiException e) {
                            return refused(e);
                        }
                        if (effect instanceof Release) {
                            return Outcome.done();
                        }
                    }
                }
            }
        }
        throw new IllegalStateException("content " + key + " is not settled after " + MOST_ROUNDS + " decisions");
    }

    private ContentView view(VolumeSnapshotContent content) {
        return new ContentView(
                content,
                content.className() == null
                        ? null
                        : cluster.store(Kinds.SNAPSHOT_CLASS).get(ObjectKey.cluster(content.className())),
                snapshot(content),
                new SecretAnswer.NotAsked(),
                new DriverAnswer.NotAsked());
    }

    private BoundSnapshot snapshot(VolumeSnapshotContent content) {
        if (other == OtherHalf.ELSEWHERE || content.snapshot() == null) {
            return BoundSnapshot.NOT_SEEN;
        }
        VolumeSnapshot snapshot = cluster.store(Kinds.SNAPSHOT).get(content.snapshot());
        if (snapshot == null || !snapshot.uid().equals(content.snapshotUid())) {
            return BoundSnapshot.GONE;
        }
        return snapshot.meta().deleting() ? BoundSnapshot.LETS_GO : BoundSnapshot.KEEPS;
    }

    private ContentView perform(ContentEffect effect, ContentView view) throws ApiException {
        VolumeSnapshotContent content = view.content();
        return switch (effect) {
            case ReadSecret(ObjectKey secret) -> view.with(CallSecrets.read(cluster, secret));
            case MarkBeingCreated() ->
                view.with(contents.patch(
                        content, ContentPatches.beingCreated(content.meta(), SnapshotNames.BEING_CREATED)));
            case Take(var request) ->
                view.with(answer(
                        Call.TAKE,
                        () -> new DriverAnswer.Taken(
                                calls.take(request, ports.clock().now()))));
            case LookUp(var handle, var secrets) -> view.with(answer(Call.LOOK_UP, () -> lookUp(handle, secrets)));
            case SaveStatus(var status) -> view.with(save(content, status));
            case UnmarkBeingCreated() ->
                view.with(contents.patch(content, ContentPatches.removeAnnotation(SnapshotNames.BEING_CREATED)));
            case Delete(var handle, var secrets) ->
                view.with(answer(Call.DELETE, () -> {
                    calls.delete(handle, secrets);
                    log.info("content={} snapshot={} deleted", content.key(), handle);
                    return new DriverAnswer.Deleted();
                }));
            case ClearStatus() -> view.with(contents.patch(content, ContentPatches.status(content, cleared(content))));
            case Release() -> view.with(contents.patch(content, ContentPatches.release(content.meta())));
        };
    }

    private DriverAnswer lookUp(String handle, Secrets secrets) throws CsiException {
        if (driver.listing() == Listing.IMPOSSIBLE) {
            // As csi-snapshotter: believed, and taken now.
            long now = ports.clock().now().getEpochSecond() * 1_000_000_000L;
            return new DriverAnswer.Taken(new TakenSnapshot(handle, now, 0, true, null));
        }
        TakenSnapshot found = calls.lookUp(handle, secrets, ports.clock().now());
        return found == null ? new DriverAnswer.Unknown(handle) : new DriverAnswer.Taken(found);
    }

    private VolumeSnapshotContent save(VolumeSnapshotContent content, Status status) throws ApiException {
        VolumeSnapshotContent saved = contents.patch(content, ContentPatches.status(content, status));
        log.info("content={} snapshot={} taken ready={}", content.key(), status.snapshotHandle(), status.readyToUse());
        return saved;
    }

    /** csi-snapshotter leaves the error and the group where they are. */
    private static Status cleared(VolumeSnapshotContent content) {
        Status status = content.status();
        return status == null ? Status.EMPTY : new Status(null, null, null, null, status.error(), status.groupHandle());
    }

    /** A call of the driver. */
    private interface Asking {
        DriverAnswer ask() throws CsiException;
    }

    private static DriverAnswer answer(Call call, Asking asking) {
        try {
            return asking.ask();
        } catch (CsiException e) {
            return new DriverAnswer.Refused(call, e.error());
        }
    }

    /** As in Go an error is shown once: in the status, and by an event when the status changes. */
    private Outcome waiting(VolumeSnapshotContent content, ContentReason reason, Retry retry) {
        String error = reason.statusError();
        Status status = content.status();
        StatusError shown = status == null ? null : status.error();
        boolean news = error == null || shown == null || !error.equals(shown.message());
        if (error != null && news) {
            Status before = status == null ? Status.EMPTY : status;
            Status wrong = new Status(
                    before.snapshotHandle(),
                    before.creationTime(),
                    before.restoreSize(),
                    false,
                    new StatusError(error, ports.clock().now()),
                    before.groupHandle());
            try {
                var _ = contents.patch(content, ContentPatches.status(content, wrong));
            } catch (ApiException e) {
                log.info("content={} error could not be saved: {}", content.key(), e.getMessage());
            }
        }
        ObjectReference about = news ? Kinds.SNAPSHOT_CONTENT.reference(content) : null;
        return Outcome.waiting(reason, retry, about);
    }

    private static Outcome refused(ApiException refusal) {
        return refusal.failure() == Failure.NOT_FOUND
                ? Outcome.done()
                : Outcome.waiting(
                        new WriteFailed(String.valueOf(refusal.getMessage()), refusal.actor()), Retry.backoff(), null);
    }
}
