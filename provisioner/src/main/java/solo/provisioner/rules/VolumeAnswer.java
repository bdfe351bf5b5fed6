package solo.provisioner.rules;

import java.util.ArrayList;
import java.util.List;
import solo.csi.model.Code;
import solo.csi.model.CreatedVolume;
import solo.csi.model.DriverError;
import solo.csi.model.DriverError.AfterCreateVolume;
import solo.csi.model.DriverError.Elsewhere;
import solo.csi.model.VolumeRequest;
import solo.kube.model.CsiSource;
import solo.kube.model.EventNote;
import solo.kube.model.PersistentVolume;
import solo.provisioner.model.NewPersistentVolume;
import solo.provisioner.model.ProvisioningAnswer.AlreadyExists;
import solo.provisioner.model.ProvisioningDecision;
import solo.provisioner.model.ProvisioningDecision.Run;
import solo.provisioner.model.ProvisioningEffect;
import solo.provisioner.model.ProvisioningEffect.Announce;
import solo.provisioner.model.ProvisioningEffect.DeleteVolume;
import solo.provisioner.model.ProvisioningEffect.SaveAgain;
import solo.provisioner.model.ProvisioningEffect.SaveVolume;
import solo.provisioner.model.ProvisioningView;
import solo.provisioner.model.Unprovisioned;
import solo.provisioner.model.Unprovisioned.AskedAsBefore;
import solo.provisioner.model.Unprovisioned.DriverRefused;
import solo.provisioner.model.Unprovisioned.MadeOtherwise;
import solo.provisioner.model.Unprovisioned.NameTaken;
import solo.provisioner.model.Unprovisioned.NotFilled;
import solo.provisioner.model.Unprovisioned.NotSaved;
import solo.provisioner.model.Unprovisioned.TooSmall;

/** What to make of the driver's answer to CreateVolume, and of the API server's to the PersistentVolume. */
final class VolumeAnswer {
    private VolumeAnswer() {}

    /** A volume that is not what was asked for is deleted again, because nothing else will ever know of it. */
    static ProvisioningDecision created(ProvisioningView view, CreatedVolume volume) {
        VolumeRequest request = VolumeRequestOf.claim(view);
        if (volume.capacityBytes() > 0 && volume.capacityBytes() < request.requiredBytes()) {
            return takeBack(request, volume, new TooSmall(request.requiredBytes(), volume.capacityBytes(), null));
        }
        if (request.contentSource() != null && volume.content() == CreatedVolume.Content.EMPTY) {
            return takeBack(request, volume, new NotFilled(null));
        }
        NewPersistentVolume saved = PersistentVolumeOf.claim(view, volume);
        List<ProvisioningEffect> effects = new ArrayList<>();
        effects.add(new SaveVolume(saved));
        effects.addAll(afterSave(view, saved.name()));
        return new Run(effects);
    }

    static ProvisioningDecision saveAgain(ProvisioningView view, NewPersistentVolume unsaved) {
        List<ProvisioningEffect> effects = new ArrayList<>();
        effects.add(new SaveAgain(unsaved));
        effects.addAll(afterSave(view, unsaved.name()));
        return new Run(effects);
    }

    static Unprovisioned refused(ProvisioningView view, DriverError error) {
        Elsewhere elsewhere =
                view.options().topology() && !view.selectedNode().isEmpty() ? Elsewhere.POSSIBLE : Elsewhere.IMPOSSIBLE;
        AfterCreateVolume after = error.afterCreateVolume(elsewhere);
        String storageClass = view.claim().className();
        if (error.code() == Code.ALREADY_EXISTS) {
            return new MadeOtherwise(
                    error, VolumeName.of(view.options().naming(), view.claim().uid()), storageClass);
        }
        return after == AfterCreateVolume.IN_BACKGROUND && ClassOfRequest.edited(view)
                ? new AskedAsBefore(error, storageClass)
                : new DriverRefused(error, after);
    }

    /**
     * Go takes this for success. It is one only if what exists is this very volume, for this very claim, and stays
     * (ext-provisioner #1469).
     */
    static ProvisioningDecision alreadyExists(ProvisioningView view, AlreadyExists answer) {
        NewPersistentVolume wanted = answer.wanted();
        PersistentVolume existing = answer.existing();
        if (!ExistingVolume.isOf(existing, view.claim())) {
            return ProvisioningDecision.waitFor(new NameTaken(wanted.name(), ExistingVolume.owner(existing)));
        }
        if (ExistingVolume.going(existing)) {
            return ProvisioningDecision.waitFor(
                    new NotSaved(wanted.name(), "the one of an earlier attempt is still being deleted"));
        }
        CsiSource csi = existing.csi();
        if (csi != null
                && csi.driver().equals(wanted.csi().driver())
                && csi.volumeHandle().equals(wanted.csi().volumeHandle())) {
            return new Run(afterSave(view, wanted.name()));
        }
        return ProvisioningDecision.run(new DeleteVolume(
                wanted.csi().volumeHandle(),
                VolumeRequestOf.claim(view).secrets(),
                new NotSaved(wanted.name(), "it exists already, with another volume of the driver")));
    }

    static Unprovisioned takenBack(Unprovisioned because, DriverError error) {
        return switch (because) {
            case TooSmall(var requested, var bytes, var before) -> new TooSmall(requested, bytes, error);
            case NotFilled(var before) -> new NotFilled(error);
            case DriverRefused other -> other;
            case AskedAsBefore other -> other;
            case MadeOtherwise other -> other;
            case NameTaken other -> other;
            case NotSaved other -> other;
            case Unprovisioned.NotGivenBack other -> other;
        };
    }

    private static ProvisioningDecision takeBack(VolumeRequest request, CreatedVolume volume, Unprovisioned because) {
        return ProvisioningDecision.run(new DeleteVolume(volume.id(), request.secrets(), because));
    }

    private static List<ProvisioningEffect> afterSave(ProvisioningView view, String name) {
        List<ProvisioningEffect> effects = new ArrayList<>();
        if (view.standing() == ProvisioningView.Standing.PRESENT) {
            effects.add(
                    new Announce(EventNote.normal("ProvisioningSucceeded", "Successfully provisioned volume " + name)));
        }
        effects.addAll(SourceProtection.after(view));
        return effects;
    }
}
