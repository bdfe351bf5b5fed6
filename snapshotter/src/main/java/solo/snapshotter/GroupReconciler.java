package solo.snapshotter;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import solo.kube.ApiException;
import solo.kube.ApiException.Failure;
import solo.kube.Kind;
import solo.kube.Kinds;
import solo.kube.Reconciler;
import solo.kube.Writes;
import solo.kube.model.Actor;
import solo.kube.model.EventNote;
import solo.kube.model.ObjectKey;
import solo.kube.model.ObjectReference;
import solo.kube.model.Outcome;
import solo.kube.model.Projected;
import solo.kube.model.Retry;
import solo.kube.model.StatusError;
import solo.kube.model.VolumeGroupSnapshot;
import solo.kube.model.VolumeGroupSnapshot.Status;
import solo.kube.model.VolumeGroupSnapshotContent;
import solo.kube.model.VolumeSnapshot;
import solo.kube.model.VolumeSnapshotContent;
import solo.snapshotter.GroupViews.Live;
import solo.snapshotter.kube.ContentBody;
import solo.snapshotter.kube.ContentPatches;
import solo.snapshotter.kube.GroupBody;
import solo.snapshotter.kube.GroupPatches;
import solo.snapshotter.kube.SnapshotPatches;
import solo.snapshotter.model.GroupDecision;
import solo.snapshotter.model.GroupEffect;
import solo.snapshotter.model.GroupEffect.Bind;
import solo.snapshotter.model.GroupEffect.CreateContent;
import solo.snapshotter.model.GroupEffect.CreateMember;
import solo.snapshotter.model.GroupEffect.CreateMemberContent;
import solo.snapshotter.model.GroupEffect.DeleteContent;
import solo.snapshotter.model.GroupEffect.DeleteMember;
import solo.snapshotter.model.GroupEffect.LetContentGo;
import solo.snapshotter.model.GroupEffect.LookForContent;
import solo.snapshotter.model.GroupEffect.LookForMembers;
import solo.snapshotter.model.GroupEffect.Mark;
import solo.snapshotter.model.GroupEffect.RebindMember;
import solo.snapshotter.model.GroupEffect.Release;
import solo.snapshotter.model.GroupEffect.SaveMember;
import solo.snapshotter.model.GroupEffect.SaveMemberContent;
import solo.snapshotter.model.GroupEffect.SaveStatus;
import solo.snapshotter.model.GroupNames;
import solo.snapshotter.model.GroupReason;
import solo.snapshotter.model.GroupReason.ContentGoing;
import solo.snapshotter.model.GroupReason.WriteFailed;
import solo.snapshotter.model.GroupView;
import solo.snapshotter.model.NewContent;
import solo.snapshotter.model.NewGroupContent;
import solo.snapshotter.model.NewMember;
import solo.snapshotter.model.SnapshotReason.InStatus;
import solo.snapshotter.model.SnapshotSettings;
import solo.snapshotter.rules.GroupRules;

/**
 * Gives one VolumeGroupSnapshot its content and its members, follows them, and lets all go: decide, act, decide again.
 * Every decision looks at the caches anew, which hold our own writes by then, and what others have changed meanwhile.
 */
final class GroupReconciler implements Reconciler {
    private static final Logger log = LoggerFactory.getLogger(GroupReconciler.class);

    // The longest way is: look, create, look again, bound, members, their contents, what is said of them, ready, done.
    private static final int MOST_ROUNDS = 12;

    private final SnapshotSettings settings;
    private final GroupViews views;
    private final Ports ports;
    private final Writes writes;
    private final SnapshotMetrics metrics;

    GroupReconciler(SnapshotSettings settings, Ports ports, SnapshotMetrics metrics) {
        this.settings = settings;
        this.views = new GroupViews(ports.cluster(), settings);
        this.ports = ports;
        this.writes = ports.writes();
        this.metrics = metrics;
    }

    @Override
    public Outcome reconcile(ObjectKey key) {
        Live live = new Live();
        for (int round = 0; round < MOST_ROUNDS; round++) {
            GroupView view = views.of(key, live);
            if (view == null) {
                metrics.gone(SnapshotMetrics.Sort.GROUP, key);
                return Outcome.done();
            }
            metrics.saw(SnapshotMetrics.Seen.of(view));
            switch (GroupRules.decide(view, settings)) {
                case GroupDecision.Wait(GroupReason reason, Retry retry) -> {
                    return waiting(view.group(), reason, retry);
                }
                case GroupDecision.Run(List<GroupEffect> effects)
                when effects.isEmpty() -> {
                    return Outcome.done();
                }
                case GroupDecision.Run(List<GroupEffect> effects) -> {
                    Outcome end = perform(view.group(), effects, live);
                    if (end != null) {
                        return end;
                    }
                }
            }
        }
        throw new IllegalStateException("group " + key + " is not settled after " + MOST_ROUNDS + " decisions");
    }

    /** Null if there is more to decide. */
    private @Nullable Outcome perform(VolumeGroupSnapshot seen, List<GroupEffect> effects, Live live) {
        VolumeGroupSnapshot group = seen;
        for (GroupEffect effect : effects) {
            try {
                switch (effect) {
                    case LookForContent(String name) -> views.lookForContent(name, live);
                    case CreateContent(NewGroupContent content) -> create(group, content, live);
                    case Mark(List<String> finalizers, @Nullable String className) ->
                        group = writes.patch(
                                Kinds.GROUP_SNAPSHOT,
                                group.key(),
                                GroupPatches.mark(group.meta(), finalizers, className));
                    case SaveStatus save -> group = save(group, save);
                    case Bind(VolumeGroupSnapshotContent content, @Nullable String className) -> {
                        var _ = writes.patch(
                                Kinds.GROUP_SNAPSHOT_CONTENT,
                                content.key(),
                                GroupPatches.bind(content, group.uid(), className));
                        log.info("group={} content={} bound", group.key(), content.key());
                    }
                    case CreateMember(NewMember member) -> create(member, live);
                    case CreateMemberContent(NewContent content) -> create(content, live);
                    case RebindMember(VolumeSnapshotContent content, VolumeSnapshot member) -> {
                        var _ = writes.patch(
                                Kinds.SNAPSHOT_CONTENT, content.key(), ContentPatches.rebind(content, member.uid()));
                    }
                    case SaveMemberContent(VolumeSnapshotContent content, VolumeSnapshotContent.Status status) -> {
                        var _ = writes.patch(
                                Kinds.SNAPSHOT_CONTENT, content.key(), ContentPatches.status(content, status));
                    }
                    case SaveMember(VolumeSnapshot member, VolumeSnapshot.Status status) -> {
                        var _ = writes.patch(Kinds.SNAPSHOT, member.key(), SnapshotPatches.status(member, status));
                    }
                    case LookForMembers(List<ObjectKey> members) -> {
                        for (ObjectKey member : members) {
                            views.lookForMember(member, live);
                        }
                    }
                    case DeleteMember(VolumeSnapshot member) -> {
                        var _ = deleted(Kinds.SNAPSHOT, member);
                    }
                    case LetContentGo(VolumeGroupSnapshotContent content) -> {
                        var _ = writes.patch(
                                Kinds.GROUP_SNAPSHOT_CONTENT,
                                content.key(),
                                ContentPatches.annotate(GroupNames.BEING_DELETED));
                    }
                    case DeleteContent(VolumeGroupSnapshotContent content) -> {
                        if (!deleted(Kinds.GROUP_SNAPSHOT_CONTENT, content)) {
                            // It is gone already, and the watch will tell.
                            return Outcome.waiting(
                                    new ContentGoing(content.key().name()), Retry.backoff(), null);
                        }
                    }
                    case Release(List<String> finalizers) -> {
                        release(group, finalizers);
                        return Outcome.done();
                    }
                }
            } catch (ApiException e) {
                return refused(effect, group, e);
            }
        }
        return null;
    }

    private void create(VolumeGroupSnapshot group, NewGroupContent content, Live live) throws ApiException {
        try {
            var _ = writes.create(Kinds.GROUP_SNAPSHOT_CONTENT, GroupBody.of(content));
        } catch (ApiException e) {
            if (e.failure() == Failure.ALREADY_EXISTS) {
                // Whose it is, is decided when it has been read.
                views.lookForContent(content.name(), live);
                return;
            }
            throw e;
        }
        log.info(
                "group={} content={} volumes={} created",
                group.key(),
                content.name(),
                content.volumeHandles().size());
        ports.events()
                .record(
                        Kinds.GROUP_SNAPSHOT.reference(group),
                        EventNote.underway(
                                "CreatingGroupSnapshot",
                                "Waiting for a group snapshot " + group.key() + " to be created by the CSI driver."));
    }

    private void create(NewMember member, Live live) throws ApiException {
        try {
            var _ = writes.create(Kinds.SNAPSHOT, GroupBody.of(member));
        } catch (ApiException e) {
            if (e.failure() != Failure.ALREADY_EXISTS) {
                throw e;
            }
            views.lookForMember(member.key(), live);
        }
    }

    private void create(NewContent content, Live live) throws ApiException {
        try {
            var _ = writes.create(Kinds.SNAPSHOT_CONTENT, ContentBody.of(content));
        } catch (ApiException e) {
            if (e.failure() != Failure.ALREADY_EXISTS) {
                throw e;
            }
            views.lookForMemberContent(content.name(), live);
        }
    }

    private VolumeGroupSnapshot save(VolumeGroupSnapshot group, SaveStatus save) throws ApiException {
        VolumeGroupSnapshot saved =
                writes.patch(Kinds.GROUP_SNAPSHOT, group.key(), GroupPatches.status(group, save.status()));
        ObjectReference about = Kinds.GROUP_SNAPSHOT.reference(saved);
        save.news().forEach(news -> ports.events().record(about, news));
        return saved;
    }

    /** False if there was none any more. */
    private <R extends Projected> boolean deleted(Kind<R> kind, R object) throws ApiException {
        try {
            writes.delete(kind, object.key(), object.uid());
            return true;
        } catch (ApiException e) {
            if (e.failure() == Failure.NOT_FOUND) {
                return false;
            }
            throw e;
        }
    }

    private void release(VolumeGroupSnapshot group, List<String> finalizers) throws ApiException {
        try {
            var _ = writes.patch(Kinds.GROUP_SNAPSHOT, group.key(), GroupPatches.release(group.meta(), finalizers));
            log.info("group={} released", group.key());
        } catch (ApiException e) {
            if (e.failure() != Failure.NOT_FOUND) {
                throw e;
            }
        }
    }

    /** As in Go an error is shown once: in the status, and by an event when the status changes. */
    private Outcome waiting(VolumeGroupSnapshot group, GroupReason reason, Retry retry) {
        boolean news = reason.inStatus() == InStatus.NOTHING || isNews(group, reason);
        if (news && reason.inStatus() != InStatus.NOTHING) {
            Status before = group.status() == null ? Status.EMPTY : group.status();
            Status wrong = new Status(
                    before.boundContentName(),
                    before.creationTime(),
                    reason.inStatus() == InStatus.ERROR_AND_NOT_READY ? Boolean.FALSE : before.readyToUse(),
                    new StatusError(reason.message(), ports.clock().now()));
            try {
                var _ = writes.patch(Kinds.GROUP_SNAPSHOT, group.key(), GroupPatches.status(group, wrong));
            } catch (ApiException e) {
                log.info("group={} error could not be saved: {}", group.key(), e.getMessage());
            }
        }
        return Outcome.waiting(reason, retry, news ? Kinds.GROUP_SNAPSHOT.reference(group) : null);
    }

    private static boolean isNews(VolumeGroupSnapshot group, GroupReason reason) {
        Status status = group.status();
        StatusError shown = status == null ? null : status.error();
        return shown == null
                || !reason.message().equals(shown.message())
                || (reason.inStatus() == InStatus.ERROR_AND_NOT_READY && group.ready());
    }

    private static Outcome refused(GroupEffect effect, VolumeGroupSnapshot group, ApiException refusal) {
        Actor actor = refusal.actor();
        String why = String.valueOf(refusal.getMessage());
        EventNote event = switch (refusal.failure()) {
            // Somebody else wrote, or we lead no more: nothing that a user has to see.
            case CONFLICT, NOT_LEADING, NOT_FOUND -> null;
            case ALREADY_EXISTS, INVALID, FORBIDDEN, TOO_MANY_REQUESTS, UNAVAILABLE, OTHER ->
                FailedGroupWrite.event(effect, group.key(), why);
        };
        return Outcome.waiting(
                new WriteFailed(FailedGroupWrite.text(effect) + why, actor, event),
                Retry.backoff(),
                Kinds.GROUP_SNAPSHOT.reference(group));
    }
}
