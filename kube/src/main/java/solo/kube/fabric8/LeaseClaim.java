package solo.kube.fabric8;

import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import solo.kube.ApiException;
import solo.kube.ApiException.Failure;
import solo.kube.Clock;
import solo.kube.Kind.Resource;
import solo.kube.Kind.Scope;
import solo.kube.LeaseNotes;
import solo.kube.model.Json;

/**
 * Our claim to a Lease: what we know of it, and the requests that take, renew and release it. Every write carries the
 * resourceVersion we saw, so of two claimants one is refused.
 */
final class LeaseClaim {

    static final Resource LEASES = new Resource("coordination.k8s.io", "v1", "leases", "Lease", Scope.NAMESPACED);

    private final Requests requests;
    private final Clock clock;
    private final LeaseOptions options;
    private final Runnable onSlowPath;

    private volatile LeaseNotes notes = LeaseNotes.NONE;
    /** Whether the notes on the lease are ours, which they are from our first write on until somebody else had it. */
    private boolean notesAreOurs;

    private boolean watched;
    private @Nullable LeaseRecord known;
    /** When the lease last changed, on our own clock: clocks of other machines are never compared. */
    private long knownSince;
    /** When the last good renewal was sent. */
    private long renewed;

    /** @param onSlowPath called when the lease must be read again because it had changed */
    LeaseClaim(Requests requests, Clock clock, LeaseOptions options, Runnable onSlowPath) {
        this.requests = requests;
        this.clock = clock;
        this.options = options;
        this.onSlowPath = onSlowPath;
    }

    void carry(LeaseNotes ours) {
        notes = ours;
    }

    /** Renews the lease or tries to take it; true if it is ours after this. */
    boolean hold() throws ApiException {
        LeaseRecord seen = seen();
        boolean fresh = seen == null || !(ours(seen) || watched());
        if (fresh) {
            seen = read();
        }
        while (true) {
            try {
                if (seen != null && !mayTake(seen)) {
                    notesAreOurs = false;
                    return false;
                }
                write(seen);
                return true;
            } catch (ApiException e) {
                boolean moved = e.failure() == Failure.CONFLICT
                        || e.failure() == Failure.NOT_FOUND
                        || e.failure() == Failure.ALREADY_EXISTS;
                if (!moved) {
                    throw e;
                }
                if (fresh) {
                    // Somebody was quicker, just now.
                    return false;
                }
                onSlowPath.run();
                seen = read();
                fresh = true;
            }
        }
    }

    /** Gives the lease away. */
    void release() throws ApiException {
        LeaseRecord held = seen();
        if (held != null && ours(held)) {
            requests.send(ApiRequest.replace(
                    LEASES, options.key(), held.released(clock.now(), notesAreOurs ? notes.notes() : Map.of())));
        }
    }

    /** Takes in what the watch told; true if there is something to do about it now. */
    synchronized boolean heard(Json event) {
        watched = true;
        if (event.at("type").text("").equals("DELETED")) {
            known = null;
            return true;
        }
        LeaseRecord told = new LeaseRecord(event.at("object"));
        boolean news = known == null || told.version() > known.version();
        if (!news || !event.at("object", "kind").text("").equals("Lease")) {
            return false;
        }
        boolean taken = known != null && ours(known) && !ours(told);
        observe(told);
        return taken || told.holder().isEmpty();
    }

    /** The watch ended: from now on the lease has to be read. */
    synchronized void unwatched() {
        watched = false;
    }

    synchronized boolean watched() {
        return watched;
    }

    /** How long the holder, whoever it is, may still count on the lease; null if none is known. */
    synchronized @Nullable Duration untilExpired() {
        return known == null ? null : known.duration(options.timing().lease()).minusNanos(clock.nanos() - knownSince);
    }

    /** When the last good renewal was sent, on the monotonic clock. */
    synchronized long renewed() {
        return renewed;
    }

    synchronized String holder() {
        return known == null ? "" : known.holder();
    }

    private synchronized @Nullable LeaseRecord seen() {
        return known;
    }

    private @Nullable LeaseRecord read() throws ApiException {
        try {
            LeaseRecord read = new LeaseRecord(requests.send(ApiRequest.get(LEASES, options.key())));
            synchronized (this) {
                if (known == null || read.version() != known.version()) {
                    observe(read);
                }
            }
            return read;
        } catch (ApiException e) {
            if (e.failure() == Failure.NOT_FOUND) {
                return null;
            }
            throw e;
        }
    }

    private void write(@Nullable LeaseRecord seen) throws ApiException {
        boolean taking = !notesAreOurs || (seen != null && !ours(seen));
        Map<String, String> noted = taking ? Map.of() : notes.notes();
        long sent = clock.nanos();
        Object body =
                seen == null ? LeaseRecord.first(options, clock.now(), noted) : seen.held(options, clock.now(), noted);
        Json answer = requests.send(
                seen == null
                        ? ApiRequest.create(LEASES, options.namespace(), body)
                        : ApiRequest.replace(LEASES, options.key(), body));
        LeaseRecord written = new LeaseRecord(answer);
        synchronized (this) {
            observe(written);
            renewed = sent;
        }
        if (taking) {
            notesAreOurs = true;
            notes.found(written.annotations());
        } else {
            notes.written();
        }
    }

    private synchronized void observe(LeaseRecord lease) {
        known = lease;
        knownSince = clock.nanos();
    }

    private boolean ours(LeaseRecord lease) {
        return lease.holder().equals(options.identity());
    }

    private boolean mayTake(LeaseRecord lease) {
        Duration left = untilExpired();
        return lease.holder().isEmpty() || ours(lease) || left == null || !left.isPositive();
    }
}
