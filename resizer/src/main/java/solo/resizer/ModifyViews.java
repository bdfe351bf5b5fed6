package solo.resizer;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import solo.kube.Clock;
import solo.kube.Kinds;
import solo.kube.Store;
import solo.kube.model.ObjectKey;
import solo.kube.model.PersistentVolume;
import solo.kube.model.PersistentVolumeClaim;
import solo.kube.model.PersistentVolumeClaim.ModifyVolumeStatus;
import solo.kube.model.VolumeAttributesClass;
import solo.resizer.model.ModifyMemory;
import solo.resizer.model.ModifyView;
import solo.resizer.model.ModifyView.Answer;
import solo.resizer.model.SecretAnswer;

/** Puts together what a decision about a claim's VolumeAttributesClass looks at, from the caches. */
final class ModifyViews {
    private final Store<PersistentVolumeClaim> claims;
    private final Store<PersistentVolume> volumes;
    private final Store<VolumeAttributesClass> classes;
    private final ClaimMemory<ModifyMemory> memory;
    private final Clock clock;

    ModifyViews(Ports ports, ClaimMemory<ModifyMemory> memory) {
        this.claims = ports.cluster().store(Kinds.CLAIM);
        this.volumes = ports.cluster().store(Kinds.VOLUME);
        this.classes = ports.cluster().store(Kinds.ATTRIBUTES_CLASS);
        this.memory = memory;
        this.clock = ports.clock();
    }

    @Nullable
    ModifyView of(ObjectKey key) {
        PersistentVolumeClaim claim = claims.get(key);
        if (claim == null) {
            return null;
        }
        String volume = claim.spec().volumeName();
        ModifyVolumeStatus status = claim.status().modifyVolume();
        Map<String, VolumeAttributesClass> named = new LinkedHashMap<>();
        find(claim.spec().volumeAttributesClassName(), named);
        find(status == null ? null : status.target(), named);
        return new ModifyView(
                claim,
                volume == null ? null : volumes.get(ObjectKey.cluster(volume)),
                named,
                memory.of(key, claim.uid()),
                Duration.ofNanos(clock.nanos()),
                new SecretAnswer.NotAsked(),
                new Answer.NotAsked());
    }

    private void find(@Nullable String name, Map<String, VolumeAttributesClass> into) {
        VolumeAttributesClass found = name == null ? null : classes.get(ObjectKey.cluster(name));
        if (found != null) {
            into.put(found.key().name(), found);
        }
    }
}
