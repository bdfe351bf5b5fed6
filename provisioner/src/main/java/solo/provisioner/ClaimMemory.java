package solo.provisioner;

import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import solo.csi.model.DriverError.AfterCreateVolume;
import solo.csi.model.VolumeRequest;
import solo.kube.ApiException;
import solo.kube.ApiException.Failure;
import solo.kube.Clock;
import solo.kube.model.PersistentVolumeClaim;
import solo.kube.model.StorageClass;
import solo.provisioner.model.ClaimHistory;
import solo.provisioner.model.ClaimHistory.Hold;
import solo.provisioner.model.ClaimHistory.InBackground;
import solo.provisioner.model.ClaimHistory.InBackground.Request;
import solo.provisioner.model.ClaimHistory.PastVolume;
import solo.provisioner.model.ClaimHistory.Race;
import solo.provisioner.model.NewPersistentVolume;
import solo.provisioner.model.NotYet.NoRoomHere;
import solo.provisioner.model.NotYet.Taken;
import solo.provisioner.model.NotYet.WaitingToTake;
import solo.provisioner.model.NothingToDo.AlreadyProvisioned;
import solo.provisioner.model.NothingToDo.OtherNode;
import solo.provisioner.model.Progress;
import solo.provisioner.model.ProvisionerNames;
import solo.provisioner.model.ProvisioningReason;
import solo.provisioner.model.ProvisioningView;
import solo.provisioner.model.Unprepared.NotSafe;
import solo.provisioner.model.Unprepared.Unreadable;
import solo.provisioner.model.Unprovisioned.DriverRefused;
import solo.provisioner.rules.ClassOfRequest;

/** What this process remembers of claims between attempts, by claim uid. Lost with the process, and rightly so. */
final class ClaimMemory {

    /** How long a request that the driver calls invalid is held back; fixed in the Go provisioner, too. */
    static final Duration HOLD = Duration.ofMinutes(5);

    /** Deleted volumes are remembered while a cache may still show their claims, which is seconds, not thousands. */
    private static final int PAST_VOLUMES = 10_000;

    /** {@code dueNanos} null before the wait has begun. */
    private record Racing(int lost, @Nullable Long dueNanos) {}

    private record Held(
            long sinceNanos,
            String storageClassUid,
            @Nullable String retryNow) {}

    /**
     * What the driver has answered.
     *
     * @param handle empty until it answers
     * @param unsaved what may or may not have been saved of it
     */
    private record Answer(String handle, @Nullable NewPersistentVolume unsaved) {
        static final Answer NONE = new Answer("", null);
    }

    private final Clock clock;
    private final Unfinished unfinished;
    private final Restores restores = new Restores();
    private final Map<String, InBackground> inBackground = new ConcurrentHashMap<>();
    private final Map<String, Racing> races = new ConcurrentHashMap<>();
    private final Map<String, Held> held = new ConcurrentHashMap<>();
    /** What the driver has answered, while its claim is in the background. */
    private final Map<String, Answer> answered = new ConcurrentHashMap<>();

    /** Claims that CreateVolume is being called for; guarded by pastVolumes. */
    private final Set<String> making = new HashSet<>();

    private final Map<String, Boolean> pastVolumes = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > PAST_VOLUMES;
        }
    };

    ClaimMemory(Clock clock, Unfinished unfinished) {
        this.clock = clock;
        this.unfinished = unfinished;
    }

    /** Takes over what an earlier process has left; to be called when this one begins to lead. */
    void takeOver() {
        unfinished
                .left()
                .forEach(claim -> inBackground.putIfAbsent(claim.claim().uid(), claim));
    }

    Restores restores() {
        return restores;
    }

    /** Claims that may have a volume coming. */
    List<PersistentVolumeClaim> inBackground() {
        return inBackground.values().stream().map(InBackground::claim).toList();
    }

    /**
     * Volumes that have no PersistentVolume yet.
     *
     * @param handles of those that the driver has answered with
     * @param open how many claims may have another one
     */
    record Coming(Set<String> handles, int open) {}

    Coming coming() {
        Set<String> handles = new HashSet<>();
        int open = 0;
        for (String uid : inBackground.keySet()) {
            String handle = handle(uid);
            if (handle.isEmpty()) {
                open++;
            } else {
                handles.add(handle);
            }
        }
        return new Coming(handles, open);
    }

    ClaimHistory of(String uid) {
        return new ClaimHistory(inBackground.get(uid), unsaved(uid), hold(uid), pastVolume(uid), race(uid));
    }

    @Nullable
    InBackground inBackground(String uid) {
        return inBackground.get(uid);
    }

    /**
     * Keeps the volume of a claim from being made and deleted at once: the two belong to different queues. False if it is
     * being made already, or was deleted since the view was taken; otherwise {@link #left} must follow.
     */
    boolean entered(ProvisioningView view) {
        String uid = view.claim().uid();
        synchronized (pastVolumes) {
            boolean deletedSince =
                    pastVolumes.containsKey(uid) && view.history().volume() == PastVolume.NONE;
            return !deletedSince && making.add(uid);
        }
    }

    void left(String uid) {
        synchronized (pastVolumes) {
            making.remove(uid);
        }
    }

    /** CreateVolume is about to be called: from now on there may be a volume. If this throws, it must not be called. */
    void asked(ProvisioningView view, VolumeRequest request) throws ApiException {
        StorageClass storageClass = ClassOfRequest.of(view);
        if (storageClass == null) {
            throw new IllegalStateException(
                    "no class, no request: " + view.claim().key());
        }
        String uid = view.claim().uid();
        var claim = new InBackground(
                view.claim(),
                storageClass,
                request.mutableParameters(),
                view.selectedNode(),
                request.requirement(),
                Request.SENT);
        InBackground before = inBackground.put(uid, claim);
        unfinished.begun(claim);
        try {
            unfinished.awaitSafe(view.claim());
        } catch (ApiException failure) {
            if (before == null) {
                finished(uid);
            } else {
                inBackground.put(uid, before);
                unfinished.begun(before);
            }
            throw failure;
        }
        answered.put(uid, Answer.NONE);
    }

    /** The claim has gone, and the process before us may have called CreateVolume for it. */
    void perhapsAsked(InBackground claim) {
        String uid = claim.claim().uid();
        boolean past;
        synchronized (pastVolumes) {
            past = pastVolumes.containsKey(uid);
        }
        if (!past && inBackground.putIfAbsent(uid, claim) == null) {
            unfinished.begun(claim);
        }
    }

    /** The claim was bound at the end, so its PersistentVolume names its volume, unless we have asked anew since. */
    void boundBefore(String uid) {
        if (!answered.containsKey(uid)) {
            finished(uid);
        }
    }

    /** The driver has made this volume; it is not saved yet. */
    void made(String uid, String handle) {
        answered.put(uid, new Answer(handle, null));
    }

    /** It may be saved or not: the API server's answer is lost, or it was no. */
    void perhapsSaved(String uid, NewPersistentVolume volume) {
        String handle = volume.csi().volumeHandle();
        answered.computeIfPresent(
                uid, (_, answer) -> answer.handle().equals(handle) ? new Answer(handle, volume) : answer);
    }

    private String handle(String uid) {
        return answered.getOrDefault(uid, Answer.NONE).handle();
    }

    private @Nullable NewPersistentVolume unsaved(String uid) {
        return answered.getOrDefault(uid, Answer.NONE).unsaved();
    }

    /** The volume is saved. */
    void succeeded(String uid) {
        finished(uid);
        held.remove(uid);
    }

    void refused(ProvisioningView view, ProvisioningReason reason) {
        String uid = view.claim().uid();
        race(uid, reason);
        boolean over = reason.progress() == Progress.FINISHED || reason.progress() == Progress.RESCHEDULE;
        InBackground background = inBackground.get(uid);
        // Where not even a request can be made, the process before us can hardly have sent one.
        over |= background != null
                && background.request() == Request.PERHAPS_SENT
                && !(reason instanceof Unreadable || reason instanceof NotSafe);
        if (over && !(reason instanceof AlreadyProvisioned && madeAnother(view))) {
            finished(uid);
        }
        StorageClass asked = ClassOfRequest.of(view);
        if (reason instanceof DriverRefused refused
                && refused.after() == AfterCreateVolume.INFEASIBLE
                && asked != null) {
            String retryNow = view.claim().meta().annotation(ProvisionerNames.RETRY_NOW);
            held.put(uid, new Held(clock.nanos(), asked.uid(), retryNow));
        }
    }

    /** What is in its place is an earlier volume; the one that the driver has made since has no object yet (#1469). */
    private boolean madeAnother(ProvisioningView view) {
        String made = handle(view.claim().uid());
        return !made.isEmpty()
                && view.volumes().stream()
                        .noneMatch(volume -> volume.csi() != null
                                && volume.csi().volumeHandle().equals(made));
    }

    /** Remembers how this node stands to a claim that no node has taken: waiting, beaten or done with it. */
    private void race(String uid, ProvisioningReason reason) {
        Racing before = races.getOrDefault(uid, new Racing(0, null));
        switch (reason) {
            case WaitingToTake(var node, var remaining)
            when before.dueNanos() == null ->
                races.put(uid, new Racing(before.lost(), clock.nanos() + remaining.toNanos()));
            case NoRoomHere beaten -> races.put(uid, new Racing(before.lost() + 1, null));
            case Taken(var node, var why) when why != null -> races.put(uid, new Racing(before.lost() + 1, null));
            case Taken taken -> races.remove(uid);
            case OtherNode taken -> races.remove(uid);
            default -> {}
        }
    }

    private Race race(String uid) {
        Racing racing = races.get(uid);
        if (racing == null) {
            return Race.NONE;
        }
        Long due = racing.dueNanos();
        return new Race(racing.lost(), due == null ? null : Duration.ofNanos(Math.max(0, due - clock.nanos())));
    }

    /** The claim is gone, and so is every reason to remember how it was held. */
    void gone(String uid) {
        held.remove(uid);
        races.remove(uid);
    }

    /**
     * A volume that was saved for this claim is about to be deleted. What was unfinished then is at an end, unless the
     * claim has got, or may get, another volume than this one.
     */
    void volumeDeleted(String uid, String handle) throws ApiException {
        synchronized (pastVolumes) {
            if (making.contains(uid)) {
                throw new ApiException(Failure.CONFLICT, "CreateVolume is under way for its claim");
            }
            pastVolumes.put(uid, true);
        }
        Answer answer = answered.get(uid);
        if (answer == null || answer.handle().equals(handle)) {
            finished(uid);
            unfinished.settled(uid);
        }
    }

    /** Another process may lead meanwhile and know better. */
    void forgetAttempts() {
        inBackground.clear();
        answered.clear();
        held.clear();
        races.clear();
    }

    private void finished(String uid) {
        answered.remove(uid);
        if (inBackground.remove(uid) != null) {
            unfinished.ended(uid);
        }
    }

    private @Nullable Hold hold(String uid) {
        Held since = held.get(uid);
        if (since == null) {
            return null;
        }
        Duration remaining = HOLD.minusNanos(clock.nanos() - since.sinceNanos);
        if (remaining.isPositive()) {
            return new Hold(remaining, since.storageClassUid, since.retryNow);
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
