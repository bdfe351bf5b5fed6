package solo.kube.fabric8;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import solo.kube.ApiException;
import solo.kube.ApiException.Failure;
import solo.kube.Clock;
import solo.kube.Health;
import solo.kube.Leadership;
import solo.kube.LeaseNotes;
import solo.kube.model.Json;

/**
 * Leadership by a Lease, compatible with client-go's electors. We lead for the renew deadline counted from before the
 * last good renewal was sent, by the monotonic clock alone. Losing the lease does not end the process: it becomes a
 * candidate again.
 */
public final class LeaseElection implements Leadership {

    private static final Logger log = LoggerFactory.getLogger(LeaseElection.class);
    private static final Duration SOON = Duration.ofSeconds(1);

    private final Requests requests;
    private final Clock clock;
    private final LeaseOptions options;
    private final LeaseClaim claim;
    private final Commits commits = new Commits();
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition wake = lock.newCondition();
    private final Thread elector = Thread.ofVirtual().name("lease").unstarted(this::run);
    private final Thread watcher = Thread.ofVirtual().name("lease-watch").unstarted(this::follow);
    private boolean stopped;
    private boolean hurry;
    private volatile boolean leader;
    private volatile @Nullable String trouble;
    private @Nullable String toldHolder;

    LeaseElection(Requests requests, Clock clock, LeaseOptions options, PrometheusRegistry metrics) {
        this.requests = requests;
        this.clock = clock;
        this.options = options;
        Counter slowPath = Counter.builder()
                .name("leader_election_slowpath_total")
                .help("How often the lease had to be read again before it was renewed.")
                .labelNames("name")
                .register(metrics);
        GaugeWithCallback.builder()
                .name("leader_election_master_status")
                .help("1 if this process holds the lease, else 0.")
                .labelNames("name")
                .callback(gauge -> gauge.call(leading() ? 1 : 0, options.name()))
                .register(metrics);
        this.claim = new LeaseClaim(
                requests,
                clock,
                options,
                () -> slowPath.labelValues(options.name()).inc());
    }

    @Override
    public boolean leading() {
        return leader && inTime();
    }

    @Override
    public void onChange(Runnable listener) {
        listeners.add(listener);
    }

    /** What the lease is to carry for the next process; to be named before the start. */
    public void carry(LeaseNotes notes) {
        claim.carry(notes);
    }

    /** Writes the notes now, instead of with the next renewal. All who wait at this moment share one write. */
    public void commit() throws ApiException {
        commits.await(this::hurry, options.timing().renewDeadline());
    }

    public void start() {
        elector.start();
        watcher.start();
    }

    /**
     * Stops competing.
     *
     * @param release true to give the lease away at once, which is only right after all work has ended; false to let
     *     it expire
     */
    public void stop(boolean release) throws InterruptedException {
        lock.lock();
        try {
            stopped = true;
            wake.signalAll();
        } finally {
            lock.unlock();
        }
        watcher.interrupt();
        elector.join();
        if (release && leading()) {
            try {
                claim.release();
                log.info("lease={} released", options.name());
            } catch (ApiException e) {
                log.warn("lease={} could not be released and has to expire: {}", options.name(), e.getMessage());
            }
        }
        lead(false);
    }

    /** Waiting for the lease is healthy; an elector that has died is not. */
    public Health health() {
        if (elector.getState() == Thread.State.TERMINATED && !isStopped()) {
            return Health.of("lease", Health.Status.FAILED, "the elector has died");
        }
        String who = leading() ? "leading as " + options.identity() : "held by '" + claim.holder() + "'";
        String why = trouble;
        return Health.of("lease", Health.Status.OK, why == null ? who : who + ", " + why);
    }

    /** Renews the lease or tries for it; answers how long nothing need be done unless the watch tells news. */
    Duration step() {
        long batch = commits.begin();
        try {
            boolean taken = !leader;
            boolean held = claim.hold();
            if (!held) {
                commits.end(batch, new ApiException(Failure.NOT_LEADING, "another process holds the lease"));
            } else if (!taken) {
                commits.end(batch, null);
            }
            lead(held);
            trouble = null;
            tellWhoLeads();
        } catch (ApiException e) {
            commits.end(batch, e);
            String text = String.valueOf(e.getMessage());
            if (!text.equals(trouble)) {
                log.warn("lease={} cannot be {}: {}", options.key(), leader ? "renewed" : "taken", text);
            }
            trouble = text;
            if (leader && !inTime()) {
                log.error("lease={} could not be renewed in time and is lost", options.key());
                lead(false);
            }
        }
        return pause();
    }

    /** What the watch told. */
    void heard(Json event) {
        if (claim.heard(event)) {
            hurry();
        }
    }

    private void hurry() {
        lock.lock();
        try {
            hurry = true;
            wake.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private boolean inTime() {
        return clock.nanos() - claim.renewed()
                < options.timing().renewDeadline().toNanos();
    }

    private boolean isStopped() {
        lock.lock();
        try {
            return stopped;
        } finally {
            lock.unlock();
        }
    }

    private Duration pause() {
        Duration retry = options.timing().retryPeriod();
        if (trouble != null) {
            return retry.compareTo(SOON) < 0 ? retry : SOON;
        }
        Duration expires = claim.untilExpired();
        if (leader || !claim.watched() || expires == null) {
            return retry;
        }
        return expires.isPositive() ? expires : SOON;
    }

    /** Whoever waits says on whom, once for each holder. */
    private void tellWhoLeads() {
        String holder = leader ? options.identity() : claim.holder();
        if (!holder.equals(toldHolder)) {
            toldHolder = holder;
            if (!leader) {
                log.info("lease={} is held by {}, standing by with warm caches", options.key(), holder);
            }
        }
    }

    private void lead(boolean now) {
        if (leader != now) {
            leader = now;
            log.info("lease={} identity={} {}", options.key(), options.identity(), now ? "leads" : "leads no more");
            listeners.forEach(Runnable::run);
        }
    }

    private void run() {
        try {
            while (!isStopped()) {
                Duration pause = step();
                rest(pause);
            }
        } catch (InterruptedException e) {
            log.debug("lease={} elector interrupted", options.key(), e);
        }
    }

    /** Sleeps until the time is over, there is something urgent, or the end. */
    private void rest(Duration pause) throws InterruptedException {
        lock.lock();
        try {
            long left = pause.toNanos();
            while (!stopped && !hurry && left > 0) {
                left = wake.awaitNanos(left);
            }
            hurry = false;
        } finally {
            lock.unlock();
        }
    }

    /** Listens for changes of the lease, so that a released one is taken at once and nobody polls. */
    private void follow() {
        String path = ApiRequest.collection(LeaseClaim.LEASES, options.namespace())
                + "?watch=true&timeoutSeconds=300&fieldSelector=metadata.name%3D" + options.name();
        while (!isStopped() && !watcher.isInterrupted()) {
            try {
                requests.watch(path, this::heard);
            } catch (ApiException e) {
                log.debug("lease={} watch ended: {}", options.key(), e.getMessage());
            }
            claim.unwatched();
            try {
                Thread.sleep(SOON);
            } catch (InterruptedException e) {
                return;
            }
        }
    }
}
