package solo.healthmonitor;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import solo.healthmonitor.model.AbnormalEvent;
import solo.healthmonitor.model.VolumeHealth;
import solo.healthmonitor.rules.HealthNews;
import solo.healthmonitor.rules.ListedHealth.LastNews;
import solo.kube.Cluster;
import solo.kube.Events;
import solo.kube.Index;
import solo.kube.Kind;
import solo.kube.Kind.Resource;
import solo.kube.Kind.Scope;
import solo.kube.Kind.Selection;
import solo.kube.Kinds;
import solo.kube.Store;
import solo.kube.model.EventNote;
import solo.kube.model.ObjectReference;
import solo.kube.model.PersistentVolume;
import solo.kube.model.PersistentVolumeClaim;

/** Tells the owners of claims how their volumes are; knows from the cluster's own events what they have been told. */
final class ClaimNews {

    private static final Index<AbnormalEvent> BY_CLAIM = new Index<>("claim", event -> List.of(event.claimUid()));

    static final Kind<AbnormalEvent> TOLD = new Kind<>(
            new Resource("", "v1", "events", "Event", Scope.NAMESPACED),
            AbnormalEvent::of,
            List.of(BY_CLAIM),
            new Selection("", Map.of(), AbnormalEvent.FIELDS));

    private final Store<PersistentVolumeClaim> claims;
    private final Store<AbnormalEvent> told;
    private final Events events;

    /** By claim uid: the trouble whose end has been told. Lost in a restart, after which an end may be told twice. */
    private final Map<String, Instant> recoveries = new ConcurrentHashMap<>();

    ClaimNews(Cluster cluster, Events events) {
        this.claims = cluster.store(Kinds.CLAIM);
        this.told = cluster.store(TOLD);
        this.events = events;
    }

    /** Null if the claim is gone, or is another one of the same name. */
    @Nullable
    ObjectReference claimOf(PersistentVolume volume) {
        if (volume.claimRef() == null) {
            return null;
        }
        PersistentVolumeClaim claim = claims.get(volume.claimRef().key());
        return claim != null && claim.uid().equals(volume.claimRef().uid()) ? Kinds.CLAIM.reference(claim) : null;
    }

    LastNews lastNews(ObjectReference claim) {
        return HealthNews.open(troubleTold(claim), recoveries.get(claim.uid())) ? LastNews.TROUBLE : LastNews.NONE;
    }

    void tell(ObjectReference claim, VolumeHealth health) {
        Instant trouble = troubleTold(claim);
        EventNote note = HealthNews.of(health, trouble, recoveries.get(claim.uid()));
        if (note != null) {
            events.record(claim, note);
        }
        if (trouble == null) {
            recoveries.remove(claim.uid());
        } else if (health.healthy()) {
            recoveries.put(claim.uid(), trouble);
        }
    }

    private @Nullable Instant troubleTold(ObjectReference claim) {
        return AbnormalEvent.newest(told.byIndex(BY_CLAIM, claim.uid()));
    }
}
