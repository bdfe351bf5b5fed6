package solo.app.explain;

import java.util.List;
import org.jspecify.annotations.Nullable;
import solo.app.explain.ContentExplanation.BoundTo;
import solo.app.explain.Explainer.Answer;
import solo.kube.ApiException;
import solo.kube.Clock;
import solo.kube.Cluster;
import solo.kube.Kinds;
import solo.kube.model.ObjectKey;
import solo.kube.model.PersistentVolume;
import solo.kube.model.PersistentVolumeClaim;
import solo.kube.model.VolumeSnapshot;
import solo.kube.model.VolumeSnapshotContent;
import solo.snapshotter.model.SnapshotNames;
import solo.snapshotter.rules.SnapshotRules;

/** Explains one snapshot or content of a cluster that serves them. Reads only. */
final class SnapshotExplainer {

    private final Cluster cluster;
    private final SnapshotRehearsals rehearsals;

    SnapshotExplainer(Cluster cluster, Clock clock, Setup setup) {
        this.cluster = cluster;
        this.rehearsals = new SnapshotRehearsals(cluster, clock, setup);
        // Asked for now, so that they are filled when the questions come.
        List.of(
                        Kinds.SNAPSHOT,
                        Kinds.SNAPSHOT_CONTENT,
                        Kinds.SNAPSHOT_CLASS,
                        Kinds.CLAIM,
                        Kinds.VOLUME,
                        Kinds.NODE,
                        Kinds.CSI_NODE)
                .forEach(cluster::store);
        var _ = cluster.store(Told.KIND);
    }

    /** Null if there is no such snapshot. */
    @Nullable
    Answer snapshot(ObjectKey key) throws ApiException, InterruptedException {
        VolumeSnapshot snapshot = cluster.store(Kinds.SNAPSHOT).get(key);
        if (snapshot == null) {
            return null;
        }
        VolumeSnapshotContent named =
                cluster.store(Kinds.SNAPSHOT_CONTENT).get(ObjectKey.cluster(SnapshotNames.contentOf(snapshot)));
        VolumeSnapshotContent bound = named != null && SnapshotRules.boundTo(snapshot, named) ? named : null;
        return Answer.of(
                "snapshot",
                key,
                snapshot.uid(),
                new SnapshotExplanation(
                                snapshot,
                                bound,
                                rehearsals.ofSnapshot(snapshot, bound == null ? driver(snapshot) : bound.driver()),
                                bound == null ? null : explained(bound))
                        .explain());
    }

    /** Null if there is no such content. */
    @Nullable
    Answer content(String name) throws ApiException, InterruptedException {
        VolumeSnapshotContent content = cluster.store(Kinds.SNAPSHOT_CONTENT).get(ObjectKey.cluster(name));
        return content == null ? null : Answer.of("content", content.key(), content.uid(), explained(content));
    }

    private Explanation explained(VolumeSnapshotContent content) throws ApiException, InterruptedException {
        VolumeSnapshot snapshot = content.snapshot() == null
                ? null
                : cluster.store(Kinds.SNAPSHOT).get(content.snapshot());
        return new ContentExplanation(
                        ExplainedContent.of(content),
                        snapshot == null ? null : new BoundTo(snapshot.meta(), SnapshotNames.contentOf(snapshot)),
                        DriverFacts.of(cluster, content.driver()),
                        rehearsals.ofContent(content),
                        rehearsals.ofProtection(content))
                .explain(Told.lastWarning(cluster, content.uid()));
    }

    /** Of the volume behind its claim; empty where there is none. */
    private String driver(VolumeSnapshot snapshot) {
        PersistentVolumeClaim claim =
                snapshot.claim() == null ? null : cluster.store(Kinds.CLAIM).get(snapshot.claim());
        PersistentVolume volume = claim == null || claim.spec().volumeName() == null
                ? null
                : cluster.store(Kinds.VOLUME).get(ObjectKey.cluster(claim.spec().volumeName()));
        return volume == null || volume.csi() == null ? "" : volume.csi().driver();
    }
}
