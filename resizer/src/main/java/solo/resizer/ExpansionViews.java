package solo.resizer;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import solo.kube.Clock;
import solo.kube.Kinds;
import solo.kube.Store;
import solo.kube.model.ObjectKey;
import solo.kube.model.PersistentVolume;
import solo.kube.model.PersistentVolumeClaim;
import solo.kube.model.Pod;
import solo.resizer.model.ExpansionMemory;
import solo.resizer.model.ExpansionView;
import solo.resizer.model.ExpansionView.Answer;
import solo.resizer.model.ExpansionView.Pods;
import solo.resizer.model.SecretAnswer;

/** Puts together what a decision about a claim's size looks at, from the caches. */
final class ExpansionViews {
    private final Store<PersistentVolumeClaim> claims;
    private final Store<PersistentVolume> volumes;
    private final @Nullable Store<Pod> pods;
    private final ClaimMemory<ExpansionMemory> memory;
    private final Clock clock;

    /** {@code pods} is null where nobody handles volumes in use. */
    ExpansionViews(Ports ports, @Nullable Store<Pod> pods, ClaimMemory<ExpansionMemory> memory) {
        this.claims = ports.cluster().store(Kinds.CLAIM);
        this.volumes = ports.cluster().store(Kinds.VOLUME);
        this.pods = pods;
        this.memory = memory;
        this.clock = ports.clock();
    }

    @Nullable
    ExpansionView of(ObjectKey key) {
        PersistentVolumeClaim claim = claims.get(key);
        if (claim == null) {
            return null;
        }
        String volume = claim.spec().volumeName();
        return new ExpansionView(
                claim,
                volume == null ? null : volumes.get(ObjectKey.cluster(volume)),
                memory.of(key, claim.uid()),
                used(key),
                Duration.ofNanos(clock.nanos()),
                new SecretAnswer.NotAsked(),
                new Answer.NotAsked());
    }

    private Pods used(ObjectKey claim) {
        return pods != null
                        && pods.byIndex(Kinds.POD_BY_CLAIM, claim.toString()).stream()
                                .anyMatch(pod -> !pod.over())
                ? Pods.SOME
                : Pods.NONE;
    }
}
