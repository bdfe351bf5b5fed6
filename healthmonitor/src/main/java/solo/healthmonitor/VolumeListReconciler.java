package solo.healthmonitor;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import solo.csi.CsiException;
import solo.csi.model.DriverError;
import solo.healthmonitor.csi.HealthCalls;
import solo.healthmonitor.model.HealthCall;
import solo.healthmonitor.model.HealthReason.HealthUnknown;
import solo.healthmonitor.model.VolumeHealth;
import solo.healthmonitor.rules.ListedHealth;
import solo.healthmonitor.rules.Monitored;
import solo.kube.Clock;
import solo.kube.Kinds;
import solo.kube.Reconciler;
import solo.kube.Store;
import solo.kube.model.ObjectKey;
import solo.kube.model.ObjectReference;
import solo.kube.model.Outcome;
import solo.kube.model.PersistentVolume;
import solo.kube.model.Retry;

/** Looks, every {@code --list-volumes-interval}, at the health of all volumes by one list. */
final class VolumeListReconciler implements Reconciler {

    private static final Logger log = LoggerFactory.getLogger(VolumeListReconciler.class);

    /** There is one list, so there is one key. */
    static final ObjectKey KEY = ObjectKey.cluster("volume-health");

    private final String driver;
    private final HealthCall call;
    private final HealthCalls calls;
    private final Store<PersistentVolume> volumes;
    private final ClaimNews news;
    private final Clock clock;
    private final Duration pause;
    private @Nullable Long ended;

    VolumeListReconciler(MonitoredDriver driver, HealthCalls calls, Ports ports, ClaimNews news, Duration pause) {
        this.driver = driver.name();
        this.call = driver.call();
        this.calls = calls;
        this.volumes = ports.cluster().store(Kinds.VOLUME);
        this.news = news;
        this.clock = ports.clock();
        this.pause = pause;
    }

    @Override
    public Outcome reconcile(ObjectKey key) {
        Duration left = ended == null ? Duration.ZERO : pause.minusNanos(clock.nanos() - ended);
        if (left.isPositive()) {
            return Outcome.again(left);
        }
        try {
            DriverError unanswered = look();
            return unanswered == null ? Outcome.again(pause) : waiting(unanswered);
        } catch (CsiException refused) {
            return waiting(refused.error());
        } finally {
            ended = clock.nanos();
        }
    }

    private Outcome waiting(DriverError error) {
        return Outcome.waiting(new HealthUnknown(error), Retry.after(pause), null);
    }

    /** The last error of a single volume; the others are told all the same. */
    private @Nullable DriverError look() throws CsiException {
        List<PersistentVolume> watched = volumes.all().stream()
                .filter(volume -> Monitored.volume(volume, driver))
                .toList();
        if (watched.isEmpty()) {
            return null;
        }
        Map<String, VolumeHealth> listed = calls.list();
        DriverError unanswered = null;
        for (PersistentVolume volume : watched) {
            try {
                tell(volume, listed);
            } catch (CsiException refused) {
                log.info("volume={} its health is not known: {}", volume.key(), refused.goText());
                unanswered = refused.error();
            }
        }
        return unanswered;
    }

    private void tell(PersistentVolume volume, Map<String, VolumeHealth> listed) throws CsiException {
        ObjectReference claim = news.claimOf(volume);
        if (claim == null) {
            return;
        }
        String handle = Objects.requireNonNull(volume.csi()).volumeHandle();
        switch (ListedHealth.of(call, listed.get(handle), news.lastNews(claim))) {
            case ListedHealth.Known(VolumeHealth health) -> news.tell(claim, calls.alsoOnNode(handle, health));
            case ListedHealth.Ask() -> news.tell(claim, calls.alsoOnNode(handle, calls.get(handle)));
            case ListedHealth.Unknown() -> log.debug("volume={} is missing in the driver's list", volume.key());
        }
    }
}
