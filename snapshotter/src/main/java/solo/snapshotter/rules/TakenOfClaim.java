package solo.snapshotter.rules;

import java.util.ArrayList;
import java.util.List;
import solo.kube.model.PersistentVolumeClaim;
import solo.kube.model.VolumeSnapshot;
import solo.kube.model.VolumeSnapshotContent;
import solo.snapshotter.model.Finding;
import solo.snapshotter.model.NewContent;
import solo.snapshotter.model.SnapshotDecision;
import solo.snapshotter.model.SnapshotEffect;
import solo.snapshotter.model.SnapshotEffect.CreateContent;
import solo.snapshotter.model.SnapshotEffect.Mark;
import solo.snapshotter.model.SnapshotEffect.ProtectClaim;
import solo.snapshotter.model.SnapshotNames;
import solo.snapshotter.model.SnapshotReason;
import solo.snapshotter.model.SnapshotReason.ContentMisbound;
import solo.snapshotter.model.SnapshotReason.ContentMismatch;
import solo.snapshotter.model.SnapshotReason.HandleSet;
import solo.snapshotter.model.SnapshotSettings;
import solo.snapshotter.model.SnapshotView;

/** How does a snapshot of a claim come to its content? Its name is the snapshot's uid, so it is made once. */
final class TakenOfClaim {
    private TakenOfClaim() {}

    static SnapshotDecision decide(SnapshotView view, SnapshotSettings settings) {
        VolumeSnapshot snapshot = view.snapshot();
        VolumeSnapshotContent content = view.content();
        if (content == null) {
            VolumeSnapshot.Status status = snapshot.status();
            // It was taken once. Whatever became of it, a new one would not be what the user has.
            return status != null && status.boundContentName() != null && status.creationTime() != null
                    ? SnapshotRules.missing(view, status.boundContentName())
                    : create(view, settings);
        }
        String name = content.key().name();
        if (content.source().volumeHandle() == null) {
            return SnapshotDecision.waiting(new ContentMismatch("VolumeSnapshotContent " + name
                    + " is pre-provisioned while expecting a dynamically provisioned one"));
        }
        if (!SnapshotRules.boundTo(snapshot, content)) {
            return SnapshotDecision.waiting(new ContentMisbound(name));
        }
        return content.source().snapshotHandle() == null
                ? SnapshotRules.follow(view, content, settings)
                : SnapshotDecision.waiting(new HandleSet(snapshot.key().toString()));
    }

    private static SnapshotDecision create(SnapshotView view, SnapshotSettings settings) {
        NewContent content;
        switch (ContentToCreate.of(view, settings)) {
            case Finding.Refused<NewContent, SnapshotReason>(SnapshotReason reason) -> {
                return SnapshotDecision.waiting(reason);
            }
            case Finding.Found<NewContent, SnapshotReason>(NewContent found) -> content = found;
        }
        VolumeSnapshot snapshot = view.snapshot();
        List<SnapshotEffect> effects = new ArrayList<>();
        // Finalizers first: from here on neither snapshot nor claim can go unnoticed.
        List<String> finalizers = new ArrayList<>(List.of(SnapshotNames.AS_SOURCE));
        if (content.deletionPolicy().equals(SnapshotNames.DELETE)) {
            finalizers.add(SnapshotNames.BOUND);
        }
        finalizers.removeAll(snapshot.meta().finalizers());
        if (!finalizers.isEmpty() || snapshot.className() == null) {
            effects.add(new Mark(finalizers, snapshot.className() == null ? content.className() : null));
        }
        PersistentVolumeClaim claim = view.claim();
        if (claim != null && !claim.meta().hasFinalizer(SnapshotNames.CLAIM_AS_SOURCE)) {
            effects.add(new ProtectClaim(claim));
        }
        effects.add(new CreateContent(content));
        return new SnapshotDecision.Run(effects);
    }
}
