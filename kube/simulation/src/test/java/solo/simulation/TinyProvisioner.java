package solo.simulation;

import csi.v1.CreateVolumeRequest;
import csi.v1.DeleteVolumeRequest;
import csi.v1.Volume;
import csi.v1.VolumeCapability;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import solo.csi.CsiException;
import solo.kube.ApiException;
import solo.kube.ApiException.Failure;
import solo.kube.Backoff;
import solo.kube.Change;
import solo.kube.Controller;
import solo.kube.Kinds;
import solo.kube.Trigger;
import solo.kube.model.Actor;
import solo.kube.model.ObjectKey;
import solo.kube.model.Outcome;
import solo.kube.model.Patch;
import solo.kube.model.PersistentVolume;
import solo.kube.model.PersistentVolumeClaim;
import solo.kube.model.Projected;
import solo.kube.model.Reason;
import solo.kube.model.Retry;
import solo.kube.model.StorageClass;

/**
 * The least provisioner that never leaks, and ways to spoil it: what the simulation has to find. Protects a claim with a
 * finalizer of its own from before CreateVolume until its PersistentVolume is saved.
 */
final class TinyProvisioner {

    static final String CLAIM_FINALIZER = "solo.csi/tiny";
    static final String VOLUME_FINALIZER = "external-provisioner.volume.kubernetes.io/finalizer";

    /** What is left out. */
    enum Bug {
        /** ext-provisioner #486: a crash between CreateVolume and saving the volume, then the claim goes. */
        NO_PROTECTION,
        /** ext-provisioner #1469: an old claim in the cache is provisioned again. */
        TRUSTS_ITS_CACHE,
        /** Gives a volume up because a CreateVolume timed out. */
        TIMEOUT_IS_FINAL,
        /** Deletes the object before the volume. */
        OBJECT_FIRST,
        /** Never looks again at what failed. */
        NO_RETRY,
        /** A programming error. */
        THROWS
    }

    private record Failed(String message) implements Reason {
        @Override
        public Actor actor() {
            return Actor.DRIVER;
        }
    }

    private final SimulatedPorts ports;
    private final Set<Bug> bugs;

    private TinyProvisioner(SimulatedPorts ports, Set<Bug> bugs) {
        this.ports = ports;
        this.bugs = bugs;
    }

    static ControllerFactory with(Bug... bugs) {
        return ports -> {
            TinyProvisioner provisioner = new TinyProvisioner(ports, Set.of(bugs));
            return List.of(
                    new Controller(
                            "claims",
                            key -> provisioner.retrying(() -> provisioner.claim(key)),
                            4,
                            Backoff.DEFAULT,
                            List.of(
                                    new Trigger<>(Kinds.CLAIM, TinyProvisioner::itself),
                                    new Trigger<>(Kinds.STORAGE_CLASS, provisioner::claimsOf))),
                    new Controller(
                            "volumes",
                            key -> provisioner.retrying(() -> provisioner.volume(key)),
                            4,
                            Backoff.DEFAULT,
                            List.of(
                                    new Trigger<>(Kinds.VOLUME, TinyProvisioner::itself),
                                    new Trigger<>(Kinds.ATTACHMENT, TinyProvisioner::attachedVolume))));
        };
    }

    private interface Work {
        Outcome run() throws ApiException, CsiException;
    }

    private Outcome retrying(Work work) {
        try {
            return work.run();
        } catch (ApiException | CsiException failed) {
            if (bugs.contains(Bug.THROWS)) {
                throw new IllegalStateException(failed);
            }
            Retry retry = bugs.contains(Bug.NO_RETRY) ? Retry.onChange() : Retry.backoff();
            return Outcome.waiting(new Failed(String.valueOf(failed.getMessage())), retry, null);
        }
    }

    private Outcome claim(ObjectKey key) throws ApiException, CsiException {
        PersistentVolumeClaim claim = ports.cluster().store(Kinds.CLAIM).get(key);
        if (claim == null) {
            return Outcome.done();
        }
        ObjectKey name = ObjectKey.cluster("pvc-" + claim.uid());
        boolean saved = claim.spec().volumeName() != null
                || ports.cluster().store(Kinds.VOLUME).get(name) != null;
        if (!bugs.contains(Bug.TRUSTS_ITS_CACHE) && !saved) {
            PersistentVolumeClaim live = ports.cluster().live(Kinds.CLAIM, key);
            if (live == null || !live.uid().equals(claim.uid())) {
                return Outcome.again(Duration.ofSeconds(1));
            }
            claim = live;
            saved = claim.spec().volumeName() != null || ports.cluster().live(Kinds.VOLUME, name) != null;
        }
        boolean ours = claim.meta().hasFinalizer(CLAIM_FINALIZER);
        if (saved) {
            return ours ? unprotected(claim) : Outcome.done();
        }
        if (claim.meta().deleting()) {
            return ours ? undone(claim, name) : Outcome.done();
        }
        StorageClass storageClass =
                ports.cluster().store(Kinds.STORAGE_CLASS).get(ObjectKey.cluster(claim.className()));
        if (storageClass == null || !provisionable(claim, storageClass)) {
            return Outcome.done();
        }
        if (!ours && !bugs.contains(Bug.NO_PROTECTION)) {
            claim = ports.writes()
                    .patch(
                            Kinds.CLAIM,
                            key,
                            Patch.addFinalizer(claim.meta().finalizers(), CLAIM_FINALIZER)
                                    .ifUid(claim.uid()));
        }
        Volume volume;
        try {
            volume = create(name.name());
        } catch (CsiException failed) {
            if (bugs.contains(Bug.TIMEOUT_IS_FINAL) && claim.meta().hasFinalizer(CLAIM_FINALIZER)) {
                var _ = unprotected(claim);
            }
            throw failed;
        }
        try {
            var _ = ports.writes()
                    .create(
                            Kinds.VOLUME,
                            saved(name.name(), claim, storageClass, volume).build());
        } catch (ApiException refused) {
            if (refused.failure() != Failure.ALREADY_EXISTS) {
                throw refused;
            }
        }
        return claim.meta().hasFinalizer(CLAIM_FINALIZER) ? unprotected(claim) : Outcome.done();
    }

    /** The claim went before its volume was saved: find out whether there is one by asking for it once more. */
    private Outcome undone(PersistentVolumeClaim claim, ObjectKey name) throws ApiException, CsiException {
        var _ = ports.driver()
                .controller()
                .deleteVolume(DeleteVolumeRequest.newBuilder()
                        .setVolumeId(create(name.name()).getVolumeId())
                        .build());
        return unprotected(claim);
    }

    private Outcome unprotected(PersistentVolumeClaim claim) throws ApiException {
        var _ = ports.writes()
                .patch(
                        Kinds.CLAIM,
                        claim.key(),
                        Patch.removeFinalizers(claim.meta().finalizers(), List.of(CLAIM_FINALIZER))
                                .ifUid(claim.uid()));
        return Outcome.done();
    }

    private Outcome volume(ObjectKey key) throws ApiException, CsiException {
        PersistentVolume volume = ports.cluster().store(Kinds.VOLUME).get(key);
        if (volume == null
                || volume.csi() == null
                || !volume.phase().equals("Released")
                || !volume.reclaimPolicy().equals("Delete")
                || !volume.meta().hasFinalizer(VOLUME_FINALIZER)) {
            return Outcome.done();
        }
        if (!ports.cluster()
                .store(Kinds.ATTACHMENT)
                .byIndex(Kinds.ATTACHMENT_BY_VOLUME, key.name())
                .isEmpty()) {
            return Outcome.done();
        }
        if (bugs.contains(Bug.OBJECT_FIRST)) {
            remove(volume);
        }
        var _ = ports.driver()
                .controller()
                .deleteVolume(DeleteVolumeRequest.newBuilder()
                        .setVolumeId(volume.csi().volumeHandle())
                        .build());
        remove(volume);
        return Outcome.done();
    }

    private void remove(PersistentVolume volume) throws ApiException {
        try {
            ports.writes().delete(Kinds.VOLUME, volume.key(), volume.uid());
            PersistentVolume left = ports.cluster().store(Kinds.VOLUME).get(volume.key());
            if (left != null) {
                var _ = ports.writes()
                        .patch(
                                Kinds.VOLUME,
                                left.key(),
                                Patch.removeFinalizers(left.meta().finalizers(), List.of(VOLUME_FINALIZER)));
            }
        } catch (ApiException refused) {
            if (refused.failure() != Failure.NOT_FOUND) {
                throw refused;
            }
        }
    }

    private Volume create(String name) throws CsiException {
        CreateVolumeRequest.Builder request = CreateVolumeRequest.newBuilder().setName(name);
        VolumeCapability.Builder capability = request.addVolumeCapabilitiesBuilder();
        capability.getMountBuilder();
        capability.getAccessModeBuilder().setMode(VolumeCapability.AccessMode.Mode.SINGLE_NODE_WRITER);
        return ports.driver().controller().createVolume(request.build()).getVolume();
    }

    private static boolean provisionable(PersistentVolumeClaim claim, StorageClass storageClass) {
        return ModelDriver.NAME.equals(claim.meta().annotation("volume.kubernetes.io/storage-provisioner"))
                && storageClass.provisioner().equals(ModelDriver.NAME)
                && (!storageClass.waitsForFirstConsumer()
                        || claim.meta().annotation("volume.kubernetes.io/selected-node") != null);
    }

    private static VolumeBuilder saved(
            String name, PersistentVolumeClaim claim, StorageClass storageClass, Volume volume) {
        VolumeBuilder saved = Objects.volume(name)
                .handle(volume.getVolumeId())
                .storageClass(storageClass.key().name())
                .claimRef(claim.key().toString(), claim.uid())
                .finalizer(VOLUME_FINALIZER);
        return storageClass.reclaimPolicy() == null ? saved : saved.reclaimPolicy(storageClass.reclaimPolicy());
    }

    private List<ObjectKey> claimsOf(Change<StorageClass> change) {
        StorageClass one = change.after();
        return one == null
                ? List.of()
                : ports
                        .cluster()
                        .store(Kinds.CLAIM)
                        .byIndex(Kinds.CLAIM_BY_CLASS, one.key().name())
                        .stream()
                        .map(Projected::key)
                        .toList();
    }

    private static List<ObjectKey> attachedVolume(Change<solo.kube.model.VolumeAttachment> change) {
        solo.kube.model.VolumeAttachment one = change.before();
        @Nullable String name = one == null ? null : one.volumeName();
        return name == null ? List.of() : List.of(ObjectKey.cluster(name));
    }

    private static <R extends Projected> List<ObjectKey> itself(Change<R> change) {
        R one = change.after() != null ? change.after() : change.before();
        return one == null ? List.of() : List.of(one.key());
    }
}
