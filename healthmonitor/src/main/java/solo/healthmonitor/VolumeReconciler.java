package solo.healthmonitor;

import java.time.Duration;
import java.util.Objects;
import solo.csi.CsiException;
import solo.healthmonitor.csi.HealthCalls;
import solo.healthmonitor.model.HealthReason.HealthUnknown;
import solo.healthmonitor.rules.Monitored;
import solo.kube.Kinds;
import solo.kube.Reconciler;
import solo.kube.Store;
import solo.kube.model.ObjectKey;
import solo.kube.model.ObjectReference;
import solo.kube.model.Outcome;
import solo.kube.model.PersistentVolume;
import solo.kube.model.Retry;

/** Looks, every {@code --volume-list-add-interval}, at the health of one volume. */
final class VolumeReconciler implements Reconciler {

    private final MonitoredDriver driver;
    private final HealthCalls calls;
    private final Store<PersistentVolume> volumes;
    private final ClaimNews news;
    private final Duration pause;

    VolumeReconciler(MonitoredDriver driver, HealthCalls calls, Ports ports, ClaimNews news, Duration pause) {
        this.driver = driver;
        this.calls = calls;
        this.volumes = ports.cluster().store(Kinds.VOLUME);
        this.news = news;
        this.pause = pause;
    }

    @Override
    public Outcome reconcile(ObjectKey key) {
        PersistentVolume volume = volumes.get(key);
        if (volume == null || !Monitored.volume(volume, driver.name())) {
            return Outcome.done();
        }
        ObjectReference claim = news.claimOf(volume);
        if (claim == null) {
            return Outcome.again(pause);
        }
        try {
            String handle = Objects.requireNonNull(volume.csi()).volumeHandle();
            news.tell(claim, calls.alsoOnNode(handle, calls.get(handle)));
            return Outcome.again(pause);
        } catch (CsiException refused) {
            return Outcome.waiting(new HealthUnknown(refused.error()), Retry.after(pause), null);
        }
    }
}
