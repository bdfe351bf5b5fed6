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
import solo.kube.model.VolumeGroupSnapshot;
import solo.kube.model.VolumeGroupSnapshotContent;
import solo.snapshotter.model.GroupNames;
import solo.snapshotter.rules.GroupRules;

/** Explains one group of snapshots, or the content of one, of a cluster that serves them. Reads only. */
final class GroupExplainer {

    private final Cluster cluster;
    private final SnapshotRehearsals rehearsals;

    GroupExplainer(Cluster cluster, Clock clock, Setup setup) {
        this.cluster = cluster;
        this.rehearsals = new SnapshotRehearsals(cluster, clock, setup);
        // Asked for now, so that they are filled when the questions come.
        List.of(
                        Kinds.GROUP_SNAPSHOT,
                        Kinds.GROUP_SNAPSHOT_CONTENT,
                        Kinds.GROUP_SNAPSHOT_CLASS,
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

    /** Null if there is no such group. */
    @Nullable
    Answer group(ObjectKey key) throws ApiException, InterruptedException {
        VolumeGroupSnapshot group = cluster.store(Kinds.GROUP_SNAPSHOT).get(key);
        if (group == null) {
            return null;
        }
        VolumeGroupSnapshotContent named =
                cluster.store(Kinds.GROUP_SNAPSHOT_CONTENT).get(ObjectKey.cluster(GroupNames.contentOf(group)));
        VolumeGroupSnapshotContent bound = named != null && GroupRules.boundTo(group, named) ? named : null;
        return Answer.of(
                "group snapshot",
                key,
                group.uid(),
                new GroupExplanation(group, bound, rehearsals.ofGroup(group), bound == null ? null : explained(bound))
                        .explain());
    }

    /** Null if there is no such content. */
    @Nullable
    Answer content(String name) throws ApiException, InterruptedException {
        VolumeGroupSnapshotContent content =
                cluster.store(Kinds.GROUP_SNAPSHOT_CONTENT).get(ObjectKey.cluster(name));
        return content == null ? null : Answer.of("group content", content.key(), content.uid(), explained(content));
    }

    private Explanation explained(VolumeGroupSnapshotContent content) throws ApiException, InterruptedException {
        VolumeGroupSnapshot group = content.group() == null
                ? null
                : cluster.store(Kinds.GROUP_SNAPSHOT).get(content.group());
        return new ContentExplanation(
                        ExplainedContent.of(content),
                        group == null ? null : new BoundTo(group.meta(), GroupNames.contentOf(group)),
                        DriverFacts.of(cluster, content.driver()),
                        rehearsals.ofGroupContent(content),
                        rehearsals.ofProtection(content))
                .explain(Told.lastWarning(cluster, content.uid()));
    }
}
