package solo.provisioner;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import solo.csi.model.DriverError.AfterCreateVolume;
import solo.csi.model.VolumeRequest;
import solo.kube.Clock;
import solo.kube.model.StorageClass;
import solo.provisioner.model.ClaimHistory;
import solo.provisioner.model.ClaimHistory.Hold;
import solo.provisioner.model.ClaimHistory.InBackground;
import solo.provisioner.model.ClaimHistory.PastVolume;
import solo.provisioner.model.Progress;
import solo.provisioner.model.ProvisioningReason;
import solo.provisioner.model.ProvisioningView;
import solo.provisioner.model.Unprovisioned.DriverRefused;

/** What this process remembers of claims between attempts, by claim uid. Lost with the process, and rightly so. */
final class ClaimMemory {

    /** How long a request that the driver calls invalid is held back; fixed in the Go provisioner, too. */
    static final Duration HOLD = Duration.ofMinutes(5);

    /** Deleted volumes are remembered while a cache may still show their claims, which is seconds, not thousands. */
    private static final int PAST_VOLUMES = 10_000;

    private record Held(long sinceNanos, String storageClassUid) {}

    private final Clock clock;
    private final Map<String, InBackground> inBackground = new ConcurrentHashMap<>();
    private final Map<String, Held> held = new ConcurrentHashMap<>();
    private final Map<String, Boolean> pastVolumes = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > PAST_VOLUMES;
        }
    };

    ClaimMemory(Clock clock) {
        this.clock = clock;
    }

    ClaimHistory of(String uid) {
        return new ClaimHistory(inBackground.get(uid), hold(uid), pastVolume(uid));
    }

    @Nullable
    InBackground inBackground(String uid) {
        return inBackground.get(uid);
    }

    /** CreateVolume is about to be called: from now on there may be a volume. */
    void asked(ProvisioningView view, VolumeRequest request) {
        StorageClass storageClass = view.storageClass();
        if (storageClass != null) {
            inBackground.put(
                    view.claim().uid(),
                    new InBackground(view.claim(), storageClass, view.selectedNode(), request.requirement()));
        }
    }

    /** The volume is saved. */
    void succeeded(String uid) {
        inBackground.remove(uid);
        held.remove(uid);
    }

    void refused(ProvisioningView view, ProvisioningReason reason) {
        String uid = view.claim().uid();
        if (reason.progress() == Progress.FINISHED || reason.progress() == Progress.RESCHEDULE) {
            inBackground.remove(uid);
        }
        if (reason instanceof DriverRefused refused
                && refused.after() == AfterCreateVolume.INFEASIBLE
                && view.storageClass() != null) {
            held.put(uid, new Held(clock.nanos(), view.storageClass().uid()));
        }
    }

    /** The claim is gone, and so is every reason to remember how it was held. */
    void gone(String uid) {
        held.remove(uid);
    }

    /** A volume that was made for this claim is being deleted. */
    void volumeDeleted(String uid) {
        synchronized (pastVolumes) {
            pastVolumes.put(uid, true);
        }
    }

    /** Another process may lead meanwhile and know better. */
    void forgetAttempts() {
        inBackground.clear();
        held.clear();
    }

    private @Nullable Hold hold(String uid) {
        Held since = held.get(uid);
        if (since == null) {
            return null;
        }
        Duration remaining = HOLD.minusNanos(clock.nanos() - since.sinceNanos);
        if (remaining.isPositive()) {
            return new Hold(remaining, since.storageClassUid);
        }
        held.remove(uid, since);
        return null;
    }

    private PastVolume pastVolume(String uid) {
        synchronized (pastVolumes) {
            return pastVolumes.containsKey(uid) ? PastVolume.DELETED_BY_US : PastVolume.NONE;
        }
    }
}
