package solo.provisioner.rules;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import solo.csi.model.Code;
import solo.csi.model.ControllerCapability;
import solo.csi.model.DriverError;
import solo.csi.model.PluginCapability;
import solo.csi.model.Secrets;
import solo.kube.model.CsiSource;
import solo.kube.model.Finalizers;
import solo.kube.model.PersistentVolume;
import solo.kube.model.SecretReference;
import solo.provisioner.model.DeletionAnswer.DeleteFailed;
import solo.provisioner.model.DeletionAnswer.Looked;
import solo.provisioner.model.DeletionAnswer.Sight;
import solo.provisioner.model.DeletionAnswer.VolumeDeleted;
import solo.provisioner.model.DeletionAnswer.WriteFailed;
import solo.provisioner.model.DeletionDecision;
import solo.provisioner.model.DeletionDecision.Run;
import solo.provisioner.model.DeletionEffect;
import solo.provisioner.model.DeletionEffect.DeletePersistentVolume;
import solo.provisioner.model.DeletionEffect.DeleteVolume;
import solo.provisioner.model.DeletionEffect.LookForVolume;
import solo.provisioner.model.DeletionEffect.ReadSecret;
import solo.provisioner.model.DeletionEffect.RemoveFinalizers;
import solo.provisioner.model.DeletionReason;
import solo.provisioner.model.DeletionReason.BadSecret;
import solo.provisioner.model.DeletionReason.CannotDelete;
import solo.provisioner.model.DeletionReason.DriverRefused;
import solo.provisioner.model.DeletionReason.NotCsi;
import solo.provisioner.model.DeletionReason.NotWritten;
import solo.provisioner.model.DeletionView;
import solo.provisioner.model.DeletionView.Stage;
import solo.provisioner.model.Fact;
import solo.provisioner.model.Feature;
import solo.provisioner.model.ProvisionerNames;

/** What to do about a PersistentVolume: keep its finalizer right, and delete it with its volume when its time has come. */
public final class DeletionRules {

    private static final List<Function<DeletionView, @Nullable DeletionReason>> QUESTIONS = List.of(
            ShouldDelete::asked,
            ShouldDelete::here,
            DeletionRules::capable,
            ShouldDelete::onlyOne,
            ShouldDelete::detached);

    private DeletionRules() {}

    public static DeletionDecision decide(DeletionView view) {
        return switch (view.answer()) {
            case null -> prepare(view);
            case VolumeDeleted() -> takeAway(view);
            case DeleteFailed(var error) -> failed(view, error);
            case Looked(var error, var sight) ->
                sight == Sight.NOT_SEEN ? takeAway(view) : DeletionDecision.waitFor(new DriverRefused(error));
            case WriteFailed(var what, var why) -> DeletionDecision.waitFor(new NotWritten(what, why));
        };
    }

    private static DeletionDecision prepare(DeletionView view) {
        DeletionReason foreign = ShouldDelete.ours(view);
        if (foreign != null) {
            return DeletionDecision.waitFor(foreign);
        }
        DeletionEffect finalizer = FinalizerUpkeep.change(view.volume());
        if (finalizer != null) {
            return DeletionDecision.run(finalizer);
        }
        for (Function<DeletionView, @Nullable DeletionReason> question : QUESTIONS) {
            DeletionReason reason = question.apply(view);
            if (reason != null) {
                return DeletionDecision.waitFor(reason);
            }
        }
        return view.stage() == Stage.GONE_AT_DRIVER ? takeAway(view) : deleteVolume(view);
    }

    private static @Nullable DeletionReason capable(DeletionView view) {
        if (view.volume().csi() == null) {
            return new NotCsi();
        }
        if (!view.options().capabilities().has(PluginCapability.CONTROLLER_SERVICE)) {
            return new CannotDelete("CONTROLLER_SERVICE");
        }
        return view.options().can(ControllerCapability.CREATE_DELETE_VOLUME)
                ? null
                : new CannotDelete("CREATE_DELETE_VOLUME");
    }

    /** A secret that is gone is no reason to keep the volume: the driver may manage without, and says so if not. */
    private static DeletionDecision deleteVolume(DeletionView view) {
        String handle = csi(view).volumeHandle();
        return switch (DeletionSecrets.of(view)) {
            case SecretReference.None() -> DeletionDecision.run(new DeleteVolume(handle, Secrets.NONE));
            case SecretReference.Bad(var why) -> DeletionDecision.waitFor(new BadSecret(why));
            case SecretReference.Named(var key) ->
                switch (view.secret()) {
                    case Fact.Unread<?>() -> DeletionDecision.run(new ReadSecret(key));
                    case Fact.Known<solo.kube.model.Secret>(var secret) ->
                        DeletionDecision.run(new DeleteVolume(handle, new Secrets(secret.data())));
                    case Fact.Missing<?>() -> DeletionDecision.run(new DeleteVolume(handle, Secrets.NONE));
                    case Fact.Unreadable<?>(var why) -> DeletionDecision.run(new DeleteVolume(handle, Secrets.NONE));
                };
        };
    }

    /**
     * A driver must answer OK for a volume that does not exist, yet some say NotFound and keep the PersistentVolume for
     * ever (ext-provisioner #1277). NotFound can also mean a wrong secret or pool, so it is believed only if the
     * driver's complete list of volumes agrees.
     */
    private static DeletionDecision failed(DeletionView view, DriverError error) {
        return error.code() == Code.NOT_FOUND && view.options().can(ControllerCapability.LIST_VOLUMES)
                ? DeletionDecision.run(new LookForVolume(csi(view).volumeHandle()))
                : DeletionDecision.waitFor(new DriverRefused(error));
    }

    /**
     * Both finalizers in one write: nothing is attached, so the attacher's has nothing left to protect. They go before
     * the object, or other controllers would change the list of a deleted object under our hands.
     */
    private static DeletionDecision takeAway(DeletionView view) {
        PersistentVolume volume = view.volume();
        List<String> ours = new ArrayList<>(List.of(ProvisionerNames.VOLUME_FINALIZER));
        if (view.options().has(Feature.ATTACHER_FINALIZER)) {
            ours.add(Finalizers.attacher(view.options().driver()));
        }
        List<String> held = ours.stream().filter(volume.meta()::hasFinalizer).toList();
        List<DeletionEffect> effects = new ArrayList<>();
        if (!held.isEmpty()) {
            effects.add(new RemoveFinalizers(volume, held));
        }
        if (!volume.meta().deleting()) {
            effects.add(new DeletePersistentVolume(volume));
        }
        return new Run(effects);
    }

    private static CsiSource csi(DeletionView view) {
        CsiSource csi = view.volume().csi();
        if (csi == null) {
            throw new IllegalStateException("asked before: " + view.volume().key());
        }
        return csi;
    }
}
