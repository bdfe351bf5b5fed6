package solo.snapshotter;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import solo.csi.CsiException;
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
import solo.kube.model.VolumeGroupSnapshotContent;
import solo.kube.model.VolumeGroupSnapshotContent.Status;
import solo.snapshotter.csi.GroupCalls;
import solo.snapshotter.kube.ContentPatches;
import solo.snapshotter.kube.GroupPatches;
import solo.snapshotter.model.GroupAnswer;
import solo.snapshotter.model.GroupAnswer.Call;
import solo.snapshotter.model.GroupContentDecision;
import solo.snapshotter.model.GroupContentEffect;
import solo.snapshotter.model.GroupContentEffect.ClearStatus;
import solo.snapshotter.model.GroupContentEffect.Delete;
import solo.snapshotter.model.GroupContentEffect.Get;
import solo.snapshotter.model.GroupContentEffect.MarkBeingCreated;
import solo.snapshotter.model.GroupContentEffect.ReadSecret;
import solo.snapshotter.model.GroupContentEffect.Release;
import solo.snapshotter.model.GroupContentEffect.SaveStatus;
import solo.snapshotter.model.GroupContentEffect.Take;
import solo.snapshotter.model.GroupContentEffect.UnmarkBeingCreated;
import solo.snapshotter.model.GroupContentReason;
import solo.snapshotter.model.GroupContentReason.WriteFailed;
import solo.snapshotter.model.GroupContentView;
import solo.snapshotter.model.GroupNames;
import solo.snapshotter.model.GroupingDriver;
import solo.snapshotter.model.SecretAnswer;
import solo.snapshotter.rules.GroupContentRules;

/** Takes, follows and deletes the snapshots of one VolumeGroupSnapshotContent: decide, act, decide again. */
final class GroupContentReconciler implements Reconciler {
    private static final Logger log = LoggerFactory.getLogger(GroupContentReconciler.class);

    // The longest way is: secret, take, save, secret again, delete, release, done. More means that two rules disagree.
    private static final int MOST_ROUNDS = 10;

    private final GroupingDriver driver;
    private final GroupCalls calls;
    private final Ports ports;
    private final Cluster cluster;
    private final DoubtedContents<VolumeGroupSnapshotContent> contents;

    GroupContentReconciler(GroupingDriver driver, GroupCalls calls, Ports ports) {
        this.driver = driver;
        this.calls = calls;
        this.ports = ports;
        this.cluster = ports.cluster();
        this.contents = new DoubtedContents<>(Kinds.GROUP_SNAPSHOT_CONTENT, ports);
        // Asked for once here, so that they are watched.
        var _ = cluster.store(Kinds.GROUP_SNAPSHOT_CLASS);
    }

    @Override
    public Outcome reconcile(ObjectKey key) {
        VolumeGroupSnapshotContent content;
        try {
            content = contents.get(key);
        } catch (ApiException e) {
            return refused(e);
        }
        if (content == null || !GroupContentRules.ours(content, driver.alone())) {
            return Outcome.done();
        }
        GroupContentView view = view(content);
        for (int round = 0; round < MOST_ROUNDS; round++) {
            switch (GroupContentRules.decide(view, driver)) {
                case GroupContentDecision.Wait(GroupContentReason reason, Retry retry) -> {
                    return waiting(view.content(), reason, retry);
                }
                case GroupContentDecision.Run(List<GroupContentEffect> effects)
                when effects.isEmpty() -> {
                    return Outcome.done();
                }
                case GroupContentDecision.Run(List<GroupContentEffect> effects) -> {
                    for (GroupContentEffect effect : effects) {
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
        throw new IllegalStateException("group content " + key + " is not settled after " + MOST_ROUNDS + " decisions");
    }

    private GroupContentView view(VolumeGroupSnapshotContent content) {
        return new GroupContentView(
                content,
                content.className() == null
                        ? null
                        : cluster.store(Kinds.GROUP_SNAPSHOT_CLASS).get(ObjectKey.cluster(content.className())),
                new SecretAnswer.NotAsked(),
                new GroupAnswer.NotAsked());
    }

    private GroupContentView perform(GroupContentEffect effect, GroupContentView view) throws ApiException {
        VolumeGroupSnapshotContent content = view.content();
        return switch (effect) {
            case ReadSecret(ObjectKey secret) -> view.with(CallSecrets.read(cluster, secret));
            case MarkBeingCreated() ->
                view.with(
                        contents.patch(content, ContentPatches.beingCreated(content.meta(), GroupNames.BEING_CREATED)));
            case Take(var request) ->
                view.with(answer(
                        Call.TAKE,
                        () -> new GroupAnswer.Taken(
                                calls.take(request, ports.clock().now()))));
            case Get(var handle, var snapshots, var secrets) ->
                view.with(answer(
                        Call.GET,
                        () -> new GroupAnswer.Taken(calls.get(
                                handle, snapshots, secrets, ports.clock().now()))));
            case SaveStatus(var status) -> view.with(save(content, status));
            case UnmarkBeingCreated() ->
                view.with(contents.patch(content, ContentPatches.removeAnnotation(GroupNames.BEING_CREATED)));
            case Delete(var handle, var snapshots, var secrets) ->
                view.with(answer(Call.DELETE, () -> {
                    calls.delete(handle, snapshots, secrets);
                    log.info("content={} group={} deleted", content.key(), handle);
                    return new GroupAnswer.Deleted();
                }));
            case ClearStatus() -> view.with(contents.patch(content, GroupPatches.status(content, cleared(content))));
            case Release() ->
                view.with(contents.patch(
                        content, GroupPatches.release(content.meta(), List.of(GroupNames.CONTENT_BOUND))));
        };
    }

    private VolumeGroupSnapshotContent save(VolumeGroupSnapshotContent content, Status status) throws ApiException {
        VolumeGroupSnapshotContent saved = contents.patch(content, GroupPatches.status(content, status));
        log.info(
                "content={} group={} members={} taken ready={}",
                content.key(),
                status.handle(),
                status.members().size(),
                status.readyToUse());
        return saved;
    }

    /** csi-snapshotter leaves the list of members where it is. */
    private static Status cleared(VolumeGroupSnapshotContent content) {
        return new Status(null, null, null, null, content.members());
    }

    /** A call of the driver. */
    private interface Asking {
        GroupAnswer ask() throws CsiException;
    }

    private static GroupAnswer answer(Call call, Asking asking) {
        try {
            return asking.ask();
        } catch (CsiException e) {
            return new GroupAnswer.Refused(call, e.error());
        }
    }

    /** As in Go an error is shown once: in the status, and by an event when the status changes. */
    private Outcome waiting(VolumeGroupSnapshotContent content, GroupContentReason reason, Retry retry) {
        String error = reason.statusError();
        Status status = content.status();
        @Nullable StatusError shown = status == null ? null : status.error();
        boolean news = error == null || shown == null || !error.equals(shown.message());
        if (error != null && news) {
            Status before = status == null ? Status.EMPTY : status;
            Status wrong = new Status(
                    before.handle(),
                    before.creationTime(),
                    false,
                    new StatusError(error, ports.clock().now()),
                    before.members());
            try {
                var _ = contents.patch(content, GroupPatches.status(content, wrong));
            } catch (ApiException e) {
                log.info("content={} error could not be saved: {}", content.key(), e.getMessage());
            }
        }
        ObjectReference about = news ? Kinds.GROUP_SNAPSHOT_CONTENT.reference(content) : null;
        return Outcome.waiting(reason, retry, about);
    }

    private static Outcome refused(ApiException refusal) {
        return refusal.failure() == Failure.NOT_FOUND
                ? Outcome.done()
                : Outcome.waiting(
                        new WriteFailed(String.valueOf(refusal.getMessage()), refusal.actor()), Retry.backoff(), null);
    }
}
