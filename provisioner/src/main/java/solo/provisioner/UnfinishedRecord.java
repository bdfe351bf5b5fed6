package solo.provisioner;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import solo.kube.ApiException;
import solo.kube.Cluster;
import solo.kube.CompactJson;
import solo.kube.History;
import solo.kube.Kinds;
import solo.kube.LeaseNotes;
import solo.kube.model.PersistentVolumeClaim;
import solo.provisioner.kube.UnfinishedBody;
import solo.provisioner.model.ClaimHistory.InBackground;

/**
 * The record of docs/decisions/005 on the Lease: the claims whose CreateVolume has begun and not ended, and the
 * resourceVersion up to which claims had been looked at. The next process asks the API server what was deleted since.
 */
public final class UnfinishedRecord implements Unfinished, LeaseNotes {

    private static final Logger log = LoggerFactory.getLogger(UnfinishedRecord.class);

    /** On the Lease: {@link UnfinishedBody} of each claim, as {@link CompactJson}; empty for none. */
    public static final String UNFINISHED = "solo.csi/unfinished";

    /** On the Lease: {@link History#seen} of claims. */
    public static final String CLAIMS_SEEN = "solo.csi/claims-seen";

    /** All annotations of an object together may have 256 KiB. */
    static final int MOST_TEXT = 200 << 10;

    private static final Duration AGAIN = Duration.ofSeconds(5);

    /** Writes the Lease with its notes now. */
    @FunctionalInterface
    public interface Commit {
        void run() throws ApiException;
    }

    /** Whether every claim has to be on the Lease before CreateVolume is called. */
    public enum Safety {
        /** What a crash swallows is found by the API server's memory; for drivers whose volumes can be listed, too. */
        WITH_THE_NEXT_RENEWAL,
        /** One write for all claims that wait at a moment. */
        BEFORE_CREATE_VOLUME
    }

    private final Cluster cluster;
    private final History history;
    private final Commit commit;
    private final Safety safety;

    private final Map<String, InBackground> unfinished = new HashMap<>();
    /** Uids that the Lease is known to name. */
    private Set<String> written = Set.of();
    /** What the Lease may say, by uid: more than one thing after writes without an answer. */
    private final Map<String, Set<InBackground>> perhapsWritten = new HashMap<>();
    /** What the last write said, by uid, whether or not it came through. */
    private Map<String, InBackground> composed = Map.of();

    private String composedSeen = "";

    /** Whether the Lease says from where on the next process has to look back. */
    private boolean begins;

    /** What the process before us had seen; kept on the Lease until we know what has happened since. */
    private @Nullable String before;

    public UnfinishedRecord(Cluster cluster, History history, Commit commit, Safety safety) {
        this.cluster = cluster;
        this.history = history;
        this.commit = commit;
        this.safety = safety;
    }

    @Override
    public synchronized void begun(InBackground claim) {
        unfinished.put(claim.claim().uid(), claim);
    }

    /**
     * A claim that the cache no longer shows was deleted before what we say that we have seen: it must be named. And as
     * long as the Lease does not say at all what was seen, the next process would not know where to begin. A note that the
     * claim was asked for otherwise, by its class before, would make the next process ask wrongly: worse than none.
     */
    @Override
    public void awaitSafe(PersistentVolumeClaim claim) throws ApiException {
        boolean gone = cluster.store(Kinds.CLAIM)
                .byIndex(Kinds.CLAIM_BY_UID, claim.uid())
                .isEmpty();
        boolean mustBeNamed = gone || safety == Safety.BEFORE_CREATE_VOLUME;
        if ((mustBeNamed && !named(claim.uid())) || misleads(claim.uid()) || !begins()) {
            commit.run();
        }
    }

    private synchronized boolean begins() {
        return begins;
    }

    /** By the last write, and by the one that may be under way. */
    private synchronized boolean named(String uid) {
        return written.contains(uid) && composed.containsKey(uid);
    }

    private synchronized boolean misleads(String uid) {
        InBackground now = unfinished.get(uid);
        return now != null
                && perhapsWritten.getOrDefault(uid, Set.of()).stream().anyMatch(noted -> !noted.asksTheSame(now));
    }

    @Override
    public synchronized void ended(String claimUid) {
        unfinished.remove(claimUid);
    }

    /** Not worth a write where none is paid for naming it: a volume made anew is deleted again by the usual way. */
    @Override
    public void settled(String claimUid) throws ApiException {
        boolean perhaps;
        synchronized (this) {
            unfinished.remove(claimUid);
            perhaps = perhapsWritten.containsKey(claimUid);
        }
        if (perhaps && safety == Safety.BEFORE_CREATE_VOLUME) {
            commit.run();
        }
    }

    @Override
    public synchronized List<InBackground> left() {
        return List.copyOf(unfinished.values());
    }

    @Override
    public void deletedMeanwhile(Consumer<List<PersistentVolumeClaim>> then) {
        String since;
        synchronized (this) {
            since = before;
        }
        if (since != null) {
            Thread.ofVirtual().name("claims-before").start(() -> lookBack(since, then));
        }
    }

    /** Until it is known; until then the next process would begin at the same place. */
    private void lookBack(String since, Consumer<List<PersistentVolumeClaim>> then) {
        while (since.equals(before())) {
            try {
                List<PersistentVolumeClaim> deleted = history.deletedSince(Kinds.CLAIM, since);
                if (deleted == null) {
                    log.warn(
                            "claims deleted while no process led cannot be told any more: the API server has forgotten"
                                    + " what happened after resourceVersion {}; volumes that were being created for"
                                    + " them may be left at the driver",
                            since);
                } else {
                    log.info("claims deleted since the last note of the leader before us: {}", deleted.size());
                    then.accept(deleted);
                }
                known(since);
                return;
            } catch (ApiException e) {
                log.info("what was deleted since resourceVersion={} is asked again: {}", since, e.getMessage());
            }
            try {
                Thread.sleep(AGAIN);
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private synchronized @Nullable String before() {
        return before;
    }

    private synchronized void known(String since) {
        if (since.equals(before)) {
            before = null;
        }
    }

    /** In this order: what is noted after this was seen is deleted after this, too, if it is deleted at all. */
    @Override
    public Map<String, String> notes() {
        String seen = history.seen(Kinds.CLAIM);
        synchronized (this) {
            Note note = fitting();
            composed = note.claims();
            perhapsWrite(composed);
            composedSeen = before == null ? seen : before;
            return Map.of(UNFINISHED, note.text(), CLAIMS_SEEN, composedSeen);
        }
    }

    private void perhapsWrite(Map<String, InBackground> claims) {
        claims.forEach((uid, claim) ->
                perhapsWritten.computeIfAbsent(uid, any -> new HashSet<>()).add(claim));
    }

    /** The claims that an annotation names, and the annotation. */
    private record Note(Map<String, InBackground> claims, String text) {
        static Note of(Map<String, InBackground> claims) {
            return new Note(
                    Map.copyOf(claims),
                    claims.isEmpty()
                            ? ""
                            : CompactJson.text(claims.values().stream()
                                    .map(UnfinishedBody::of)
                                    .toList()));
        }

        boolean fits() {
            return text.length() <= MOST_TEXT;
        }
    }

    /** All of them, or those that nobody could ask the API server for any more. */
    private Note fitting() {
        Note all = Note.of(unfinished);
        if (all.fits()) {
            return all;
        }
        Map<String, InBackground> gone = new HashMap<>(unfinished);
        gone.keySet()
                .removeIf(uid -> !cluster.store(Kinds.CLAIM)
                        .byIndex(Kinds.CLAIM_BY_UID, uid)
                        .isEmpty());
        Note note = Note.of(gone);
        while (!note.fits()) {
            log.error("too many deleted claims wait for their volumes to name them all on the lease: {}", gone.size());
            gone.keySet().removeAll(List.copyOf(gone.keySet()).subList(0, gone.size() / 2));
            note = Note.of(gone);
        }
        return note;
    }

    @Override
    public synchronized void written() {
        written = composed.keySet();
        perhapsWritten.clear();
        perhapsWrite(composed);
        begins |= !composedSeen.isEmpty();
    }

    /** Another process had the lease since: what it left counts, and what we knew is out of date. */
    @Override
    public synchronized void found(Map<String, String> annotations) {
        unfinished.clear();
        for (InBackground claim : parse(annotations.getOrDefault(UNFINISHED, ""))) {
            unfinished.put(claim.claim().uid(), claim);
        }
        composed = Map.copyOf(unfinished);
        written = composed.keySet();
        perhapsWritten.clear();
        perhapsWrite(composed);
        String seen = annotations.getOrDefault(CLAIMS_SEEN, "");
        before = seen.isEmpty() ? null : seen;
        begins = !seen.isEmpty();
        if (!unfinished.isEmpty()) {
            log.info("the leader before us left {} claims whose CreateVolume had begun", unfinished.size());
        }
    }

    private static List<InBackground> parse(String text) {
        if (text.isEmpty()) {
            return List.of();
        }
        try {
            return CompactJson.tree(text).items().stream()
                    .map(UnfinishedBody::parse)
                    .toList();
        } catch (IllegalArgumentException e) {
            log.warn("annotation {} of the lease cannot be read and is ignored: {}", UNFINISHED, e.getMessage());
            return List.of();
        }
    }
}
