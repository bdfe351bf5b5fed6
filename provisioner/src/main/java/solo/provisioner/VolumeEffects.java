package solo.provisioner;

import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import solo.csi.CsiException;
import solo.csi.model.DriverError;
import solo.csi.model.Secrets;
import solo.kube.ApiException;
import solo.kube.ApiException.Failure;
import solo.kube.Kinds;
import solo.kube.model.ObjectKey;
import solo.kube.model.Patch;
import solo.kube.model.PersistentVolume;
import solo.kube.model.PersistentVolume.ClaimRef;
import solo.kube.model.Secret;
import solo.provisioner.model.DeletionAnswer;
import solo.provisioner.model.DeletionAnswer.DeleteFailed;
import solo.provisioner.model.DeletionAnswer.Looked;
import solo.provisioner.model.DeletionAnswer.Sight;
import solo.provisioner.model.DeletionAnswer.VolumeDeleted;
import solo.provisioner.model.DeletionAnswer.WriteFailed;
import solo.provisioner.model.DeletionEffect;
import solo.provisioner.model.DeletionEffect.AddFinalizer;
import solo.provisioner.model.DeletionEffect.DeletePersistentVolume;
import solo.provisioner.model.DeletionEffect.DeleteVolume;
import solo.provisioner.model.DeletionEffect.LookForVolume;
import solo.provisioner.model.DeletionEffect.ReadSecret;
import solo.provisioner.model.DeletionEffect.RemoveFinalizers;
import solo.provisioner.model.DeletionView;
import solo.provisioner.model.Fact;
import solo.provisioner.model.ProvisionerNames;
import solo.provisioner.rules.VolumeName;

/** Carries out effects on PersistentVolumes; what they bring back becomes part of the view. */
final class VolumeEffects {

    private static final Logger log = LoggerFactory.getLogger(VolumeEffects.class);

    private final Ports ports;
    private final ClaimMemory claims;
    private final VolumeViews views;

    VolumeEffects(Ports ports, ClaimMemory claims, VolumeViews views) {
        this.ports = ports;
        this.claims = claims;
        this.views = views;
    }

    /** In order, up to the first that brings an answer. The same view comes back if there was nothing to learn. */
    DeletionView perform(List<DeletionEffect> effects, DeletionView view) {
        DeletionView now = view;
        for (DeletionEffect effect : effects) {
            now = perform(effect, now);
            if (!Objects.equals(now.answer(), view.answer())) {
                break;
            }
        }
        return now;
    }

    private DeletionView perform(DeletionEffect effect, DeletionView view) {
        return switch (effect) {
            case ReadSecret(var key) -> view.with(read(key));
            case AddFinalizer(var volume) ->
                patch(
                        "add the finalizer",
                        volume,
                        Patch.addFinalizer(volume.meta().finalizers(), ProvisionerNames.VOLUME_FINALIZER),
                        view);
            case RemoveFinalizers(var volume, var finalizers) ->
                patch(
                        "remove the finalizers",
                        volume,
                        Patch.removeFinalizers(volume.meta().finalizers(), finalizers),
                        view);
            case DeleteVolume(var handle, var secrets) -> view.with(delete(handle, secrets, view));
            case LookForVolume(var handle) -> view.with(look(handle, view));
            case DeletePersistentVolume(var volume) -> delete(volume, view);
        };
    }

    private Fact<Secret> read(ObjectKey key) {
        try {
            Secret secret = ports.cluster().live(Kinds.SECRET, key);
            return secret == null ? new Fact.Missing<>() : new Fact.Known<>(secret);
        } catch (ApiException failure) {
            log.warn("secret={} for DeleteVolume cannot be read: {}", key, failure.getMessage());
            return new Fact.Unreadable<>(String.valueOf(failure.getMessage()));
        }
    }

    private DeletionAnswer delete(String handle, Secrets secrets, DeletionView view) {
        ClaimRef claim = view.volume().claimRef();
        try {
            if (claim != null && madeFor(claim, view)) {
                claims.volumeDeleted(claim.uid(), handle);
            }
            ports.driver().delete(handle, secrets);
            gone(view);
            return new VolumeDeleted();
        } catch (CsiException refusal) {
            return new DeleteFailed(refusal.error());
        } catch (ApiException failure) {
            return new WriteFailed("write down that its volume is deleted", String.valueOf(failure.getMessage()));
        }
    }

    /** Not a static one that the claim was bound to while a volume of its own may still be coming. */
    private static boolean madeFor(ClaimRef claim, DeletionView view) {
        return view.volume().key().name().equals(VolumeName.of(view.options().naming(), claim.uid()));
    }

    /** A list that fails, or that shows none of the other volumes of this driver, proves nothing. */
    private DeletionAnswer look(String handle, DeletionView view) {
        DriverError error = view.answer() instanceof DeleteFailed(var refused) ? refused : null;
        if (error == null) {
            throw new IllegalStateException("looked for without a reason: " + handle);
        }
        try {
            Set<String> handles = ports.driver().list();
            if (handles.contains(handle)) {
                return new Looked(error, Sight.SEEN);
            }
            if (!showsOthers(handles, view)) {
                return new Looked(error, Sight.UNKNOWN);
            }
            gone(view);
            return new Looked(error, Sight.NOT_SEEN);
        } catch (CsiException refusal) {
            log.info("volume={} list of volumes failed: {}", view.volume().key(), refusal.goText());
            return new Looked(error, Sight.UNKNOWN);
        }
    }

    private boolean showsOthers(Set<String> handles, DeletionView view) {
        return ports.cluster().store(Kinds.VOLUME).all().stream()
                .filter(other -> !other.uid().equals(view.volume().uid()))
                .filter(other -> other.csi() != null
                        && other.csi().driver().equals(view.options().driver())
                        && other.phase().equals("Bound"))
                .allMatch(other ->
                        other.csi() != null && handles.contains(other.csi().volumeHandle()));
    }

    private void gone(DeletionView view) {
        views.goneAtDriver(view.volume());
        log.info("volume={} deleted by the driver", view.volume().key());
    }

    private DeletionView patch(String what, PersistentVolume volume, Patch patch, DeletionView view) {
        try {
            var _ = ports.writes().patch(Kinds.VOLUME, volume.key(), patch.ifUid(volume.uid()));
            return view;
        } catch (ApiException failure) {
            return failure.failure() == Failure.NOT_FOUND
                    ? view
                    : view.with(new WriteFailed(what, String.valueOf(failure.getMessage())));
        }
    }

    private DeletionView delete(PersistentVolume volume, DeletionView view) {
        try {
            ports.writes().delete(Kinds.VOLUME, volume.key(), volume.uid());
            return view;
        } catch (ApiException failure) {
            return failure.failure() == Failure.NOT_FOUND
                    ? view
                    : view.with(new WriteFailed("delete the PersistentVolume", String.valueOf(failure.getMessage())));
        }
    }
}
