package solo.snapshotter.rules;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import solo.kube.model.ObjectKey;
import solo.kube.model.Retry;
import solo.kube.model.VolumeSnapshot;
import solo.kube.model.VolumeSnapshotContent;
import solo.snapshotter.model.SnapshotDecision;
import solo.snapshotter.model.SnapshotEffect;
import solo.snapshotter.model.SnapshotEffect.DeleteContent;
import solo.snapshotter.model.SnapshotEffect.LetContentGo;
import solo.snapshotter.model.SnapshotEffect.LookForContent;
import solo.snapshotter.model.SnapshotEffect.LookForGroup;
import solo.snapshotter.model.SnapshotEffect.Release;
import solo.snapshotter.model.SnapshotNames;
import solo.snapshotter.model.SnapshotReason.ContentGoing;
import solo.snapshotter.model.SnapshotReason.GroupGoing;
import solo.snapshotter.model.SnapshotReason.StillInGroup;
import solo.snapshotter.model.SnapshotReason.StillRestored;
import solo.snapshotter.model.SnapshotSettings;
import solo.snapshotter.model.SnapshotView;
import solo.snapshotter.model.SnapshotView.Asked;

/** What has to happen before a snapshot that is being deleted can go? First its content, by its policy. */
final class SnapshotDeletion {
    private static final Set<String> OURS =
            Set.of(SnapshotNames.AS_SOURCE, SnapshotNames.BOUND, SnapshotNames.IN_GROUP);

    private SnapshotDeletion() {}

    static SnapshotDecision decide(SnapshotView view, SnapshotSettings settings) {
        VolumeSnapshot snapshot = view.snapshot();
        List<String> held =
                snapshot.meta().finalizers().stream().filter(OURS::contains).toList();
        if (held.isEmpty()) {
            return SnapshotDecision.done();
        }
        VolumeSnapshotContent content = view.content();
        boolean bound = content != null && SnapshotRules.boundTo(snapshot, content);
        if (bound && !view.restores().isEmpty()) {
            return SnapshotDecision.waiting(new StillRestored(view.restores().getFirst()));
        }
        SnapshotDecision group = withGroup(view);
        if (group != null) {
            return group;
        }
        if (content == null && mayExist(view)) {
            return SnapshotDecision.run(new LookForContent(SnapshotNames.contentOf(snapshot)));
        }
        return bound && content != null
                ? withContent(content, held, settings)
                : SnapshotDecision.run(new Release(held));
    }

    /** A member goes after its group, and its group is gone only when the API server says so; null for go on. */
    private static @Nullable SnapshotDecision withGroup(SnapshotView view) {
        VolumeSnapshot snapshot = view.snapshot();
        String name = snapshot.groupName();
        if (name == null) {
            return null;
        }
        ObjectKey group = new ObjectKey(snapshot.key().namespace(), name);
        return switch (view.group().standing()) {
            case ALONE, GONE -> null;
            case NOT_SEEN -> SnapshotDecision.run(new LookForGroup(group));
            case STANDS -> SnapshotDecision.waiting(new StillInGroup(snapshot.key(), group));
            case GOES -> SnapshotDecision.waiting(new GroupGoing(group));
        };
    }

    /** Its content may have been made a moment ago, by another process, and not have been told of. */
    private static boolean mayExist(SnapshotView view) {
        VolumeSnapshot.Status status = view.snapshot().status();
        return view.contentNotFound() == Asked.NOT_YET
                && view.snapshot().source().claimName() != null
                && (status == null || status.boundContentName() == null);
    }

    private static SnapshotDecision withContent(
            VolumeSnapshotContent content, List<String> held, SnapshotSettings settings) {
        boolean goes = content.deletionPolicy().equals(SnapshotNames.DELETE);
        List<SnapshotEffect> effects = new ArrayList<>();
        boolean told = content.meta().annotation(SnapshotNames.BEING_DELETED) != null;
        // Our own half sees the snapshot itself, but nobody will once the snapshot is gone.
        boolean seen = goes && content.driver().equals(settings.ownDriver()) && ContentRules.goesWithoutSaying(content);
        if (!told && !seen) {
            effects.add(new LetContentGo(content));
        }
        if (!goes) {
            effects.add(new Release(held));
            return new SnapshotDecision.Run(effects);
        }
        if (!content.meta().deleting()) {
            effects.add(new DeleteContent(content));
        }
        return effects.isEmpty()
                ? new SnapshotDecision.Wait(new ContentGoing(content.key().name()), Retry.onChange())
                : new SnapshotDecision.Run(effects);
    }
}
