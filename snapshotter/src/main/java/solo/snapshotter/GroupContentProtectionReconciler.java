package solo.snapshotter;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import solo.kube.ApiException;
import solo.kube.ApiException.Failure;
import solo.kube.Kinds;
import solo.kube.Reconciler;
import solo.kube.model.EventNote;
import solo.kube.model.ObjectKey;
import solo.kube.model.Outcome;
import solo.kube.model.Patch;
import solo.kube.model.Retry;
import solo.kube.model.VolumeGroupSnapshotContent;
import solo.snapshotter.kube.ContentPatches;
import solo.snapshotter.kube.GroupPatches;
import solo.snapshotter.model.GroupNames;
import solo.snapshotter.model.GroupReason.WriteFailed;
import solo.snapshotter.rules.ContentProtection;

/**
 * snapshot-controller's part in contents of groups: a finalizer for those that are bound, and leave to go for those whose
 * VolumeGroupSnapshot is no more.
 */
final class GroupContentProtectionReconciler implements Reconciler {
    private static final Logger log = LoggerFactory.getLogger(GroupContentProtectionReconciler.class);

    private static final Duration LOOK_AGAIN = Duration.ofSeconds(5);

    private final Ports ports;

    GroupContentProtectionReconciler(Ports ports) {
        this.ports = ports;
    }

    @Override
    public Outcome reconcile(ObjectKey key) {
        VolumeGroupSnapshotContent content =
                ports.cluster().store(Kinds.GROUP_SNAPSHOT_CONTENT).get(key);
        if (content == null) {
            return Outcome.done();
        }
        try {
            return switch (ContentProtection.decide(content)) {
                case NOTHING -> Outcome.done();
                case SAY_INVALID -> {
                    ports.events()
                            .record(
                                    Kinds.GROUP_SNAPSHOT_CONTENT.reference(content),
                                    EventNote.warning(
                                            "GroupContentValidationError",
                                            "Exactly one of GroupSnapshotHandles and VolumeHandles should be"
                                                    + " specified"));
                    yield Outcome.done();
                }
                case PROTECT -> patch(content, GroupPatches.protectContent(content.meta()));
                case LET_GO_IF_ALONE -> {
                    if (!alone(content)) {
                        yield Outcome.done();
                    }
                    yield membersStand(content)
                            ? Outcome.again(LOOK_AGAIN)
                            : patch(content, ContentPatches.annotate(GroupNames.BEING_DELETED));
                }
            };
        } catch (ApiException e) {
            return e.failure() == Failure.NOT_FOUND
                    ? Outcome.done()
                    : Outcome.waiting(
                            new WriteFailed(String.valueOf(e.getMessage()), e.actor(), null), Retry.backoff(), null);
        }
    }

    private boolean alone(VolumeGroupSnapshotContent content) throws ApiException {
        return Orphans.isGone(ports.cluster(), Kinds.GROUP_SNAPSHOT, content.group(), content.groupUid());
    }

    /** The garbage collector deletes them soon; until then they say that they are ready. */
    private boolean membersStand(VolumeGroupSnapshotContent content) {
        ObjectKey key = content.group();
        return key != null
                && ports.cluster().store(Kinds.SNAPSHOT).byIndex(Kinds.SNAPSHOT_BY_GROUP, key.toString()).stream()
                        .anyMatch(member -> member.groupOwner() != null
                                && member.groupOwner().uid().equals(content.groupUid())
                                && !member.meta().deleting());
    }

    private Outcome patch(VolumeGroupSnapshotContent content, Patch patch) throws ApiException {
        var _ = ports.writes().patch(Kinds.GROUP_SNAPSHOT_CONTENT, content.key(), patch);
        log.debug("content={} protected or let go", content.key());
        return Outcome.done();
    }
}
