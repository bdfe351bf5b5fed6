package solo.snapshotter.rules;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import solo.kube.model.EventNote;
import solo.kube.model.Retry;
import solo.kube.model.VolumeGroupSnapshot;
import solo.kube.model.VolumeSnapshot;
import solo.kube.model.VolumeSnapshotContent;
import solo.snapshotter.model.SnapshotDecision;
import solo.snapshotter.model.SnapshotEffect;
import solo.snapshotter.model.SnapshotEffect.JoinGroup;
import solo.snapshotter.model.SnapshotEffect.LookForContent;
import solo.snapshotter.model.SnapshotEffect.Mark;
import solo.snapshotter.model.SnapshotEffect.SaveStatus;
import solo.snapshotter.model.SnapshotNames;
import solo.snapshotter.model.SnapshotReason.ContentMisbound;
import solo.snapshotter.model.SnapshotReason.ContentMissing;
import solo.snapshotter.model.SnapshotReason.MemberNotBound;
import solo.snapshotter.model.SnapshotReason.NotTakenYet;
import solo.snapshotter.model.SnapshotReason.SourceMalformed;
import solo.snapshotter.model.SnapshotSettings;
import solo.snapshotter.model.SnapshotView;
import solo.snapshotter.model.SnapshotView.Asked;

/** What has to be done about a VolumeSnapshot? (snapshot-controller, syncSnapshot.) */
public final class SnapshotRules {

    /**
     * A driver that answers within this time is waited for, so that one write of the status tells all. Also the
     * precision of creationTimestamp.
     */
    static final Duration SOON = Duration.ofSeconds(2);

    private SnapshotRules() {}

    public static SnapshotDecision decide(SnapshotView view, SnapshotSettings settings) {
        VolumeSnapshot snapshot = view.snapshot();
        VolumeSnapshot.Source source = snapshot.source();
        if (snapshot.meta().deleting()) {
            return SnapshotDeletion.decide(view, settings);
        }
        if ((source.claimName() == null) == (source.contentName() == null)) {
            return SnapshotDecision.waiting(new SourceMalformed());
        }
        if (source.contentName() != null) {
            return ImportedSnapshot.decide(view, source.contentName());
        }
        return snapshot.groupOwner() != null
                ? member(view, snapshot.groupOwner().name())
                : TakenOfClaim.decide(view, settings);
    }

    /** A snapshot of a group is made with its content by the group. */
    private static SnapshotDecision member(SnapshotView view, String group) {
        VolumeSnapshot.Status status = view.snapshot().status();
        if (status == null || status.boundContentName() == null) {
            return new SnapshotDecision.Wait(new MemberNotBound(group), Retry.onChange());
        }
        VolumeSnapshotContent content = view.content();
        if (content == null) {
            return missing(view, status.boundContentName());
        }
        return boundTo(view.snapshot(), content)
                ? follow(view, content, SnapshotSettings.DEFAULT)
                : SnapshotDecision.waiting(new ContentMisbound(content.key().name()));
    }

    /** True if the content's reference is to this very snapshot. */
    public static boolean boundTo(VolumeSnapshot snapshot, VolumeSnapshotContent content) {
        return snapshot.key().equals(content.snapshot()) && snapshot.uid().equals(content.snapshotUid());
    }

    /** That a content is missing is told only when the API server says so, too. */
    static SnapshotDecision missing(SnapshotView view, String name) {
        return view.contentNotFound() == Asked.NOT_YET
                ? SnapshotDecision.run(new LookForContent(name))
                : SnapshotDecision.waiting(new ContentMissing(name));
    }

    /** Finalizers and status of a snapshot whose content is in order. */
    static SnapshotDecision follow(SnapshotView view, VolumeSnapshotContent content, SnapshotSettings settings) {
        VolumeSnapshot snapshot = view.snapshot();
        List<SnapshotEffect> effects = new ArrayList<>();
        List<String> wanted = new ArrayList<>(List.of(SnapshotNames.AS_SOURCE));
        if (content.deletionPolicy().equals(SnapshotNames.DELETE)) {
            wanted.add(SnapshotNames.BOUND);
        }
        wanted.removeAll(snapshot.meta().finalizers());
        if (!wanted.isEmpty()) {
            effects.add(new Mark(wanted, null));
        }
        if (answersSoon(view, content, settings)) {
            return effects.isEmpty()
                    ? new SnapshotDecision.Wait(notTaken(content), Retry.after(SOON.dividedBy(2)))
                    : new SnapshotDecision.Run(effects);
        }
        VolumeGroupSnapshot group = view.group().known();
        VolumeSnapshot.Status status = StatusOf.snapshot(snapshot.status(), content, group);
        if (!status.equals(snapshot.status())) {
            effects.add(new SaveStatus(status, news(snapshot, status)));
        }
        if (snapshot.groupOwner() == null && status.groupName() != null && group != null) {
            effects.add(new JoinGroup(group));
        }
        if (!effects.isEmpty()) {
            return new SnapshotDecision.Run(effects);
        }
        return content.ready()
                ? SnapshotDecision.done()
                : new SnapshotDecision.Wait(notTaken(content), Retry.onChange());
    }

    private static NotTakenYet notTaken(VolumeSnapshotContent content) {
        VolumeSnapshotContent.Status status = content.status();
        return new NotTakenYet(
                content.key().name(),
                status == null || status.error() == null ? null : status.error().message());
    }

    /** Our own half has just been given the content. */
    private static boolean answersSoon(SnapshotView view, VolumeSnapshotContent content, SnapshotSettings settings) {
        if (content.status() != null
                || !content.driver().equals(settings.ownDriver())
                || content.meta().created() == null) {
            return false;
        }
        Duration age = Duration.between(content.meta().created(), view.now());
        return age.abs().compareTo(SOON) < 0;
    }

    private static List<EventNote> news(VolumeSnapshot snapshot, VolumeSnapshot.Status now) {
        VolumeSnapshot.Status before = snapshot.status() == null ? VolumeSnapshot.Status.EMPTY : snapshot.status();
        List<EventNote> news = new ArrayList<>();
        if (before.creationTime() == null && now.creationTime() != null) {
            news.add(EventNote.normal(
                    "SnapshotCreated", "Snapshot " + snapshot.key() + " was successfully created by the CSI driver."));
        }
        if (!snapshot.ready() && Boolean.TRUE.equals(now.readyToUse())) {
            news.add(EventNote.normal("SnapshotReady", "Snapshot " + snapshot.key() + " is ready to use."));
        }
        return news;
    }
}
