package solo.resizer.rules;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import solo.csi.model.DriverError;
import solo.csi.model.DriverError.AfterModifyVolume;
import solo.csi.model.Secrets;
import solo.kube.model.CsiSource;
import solo.kube.model.EventNote;
import solo.kube.model.ObjectKey;
import solo.kube.model.PersistentVolume;
import solo.kube.model.PersistentVolumeClaim;
import solo.kube.model.PersistentVolumeClaim.Condition;
import solo.kube.model.Retry;
import solo.kube.model.VolumeAttributesClass;
import solo.resizer.model.ModifyChoice;
import solo.resizer.model.ModifyDecision;
import solo.resizer.model.ModifyEffect;
import solo.resizer.model.ModifyEffect.Announce;
import solo.resizer.model.ModifyEffect.Cancel;
import solo.resizer.model.ModifyEffect.MarkFailed;
import solo.resizer.model.ModifyEffect.MarkModified;
import solo.resizer.model.ModifyEffect.MarkModifying;
import solo.resizer.model.ModifyEffect.MarkPending;
import solo.resizer.model.ModifyEffect.Modify;
import solo.resizer.model.ModifyEffect.ReadSecret;
import solo.resizer.model.ModifyEffect.RecordClass;
import solo.resizer.model.ModifyMemory.Held;
import solo.resizer.model.ModifyObservation;
import solo.resizer.model.ModifyReason;
import solo.resizer.model.ModifyReason.CannotAsk;
import solo.resizer.model.ModifyReason.ClassMissing;
import solo.resizer.model.ModifyReason.DriverRefused;
import solo.resizer.model.ModifyReason.HeldBack;
import solo.resizer.model.ModifyReason.VolumeMissing;
import solo.resizer.model.ModifyRequest;
import solo.resizer.model.ModifyState;
import solo.resizer.model.ModifyTransition;
import solo.resizer.model.ModifyView;
import solo.resizer.model.ModifyView.Answer;
import solo.resizer.model.ResizerNames;
import solo.resizer.model.ResizingDriver;
import solo.resizer.model.SecretAnswer;

/**
 * What has to be done so that a volume gets the attributes of its claim's class? external-resizer, modify_volume.go. As
 * with expansion the claim is told before the driver, the volume after it, the claim last.
 */
public final class ModifyRules {
    private ModifyRules() {}

    public static ModifyDecision decide(ModifyView view, ResizingDriver driver) {
        PersistentVolumeClaim claim = view.claim();
        String volumeName = claim.spec().volumeName();
        if (volumeName == null || volumeName.isEmpty() || !OurVolume.bound(claim)) {
            return ModifyDecision.done();
        }
        PersistentVolume volume = view.volume();
        if (volume == null) {
            return concerned(claim)
                    ? ModifyDecision.waiting(new VolumeMissing(volumeName, claim.key()))
                    : ModifyDecision.done();
        }
        if (!OurVolume.ofDriver(volume, driver.name())) {
            return ModifyDecision.done();
        }
        return switch (view.answer()) {
            case Answer.NotAsked() -> choose(view, volume, driver);
            case Answer.Modified(String target) -> modified(volume, claim, target);
            case Answer.Refused(String target, DriverError error) -> refused(claim, target, error, driver);
            case Answer.Recorded(Optional<ModifyReason> reason) ->
                reason.map(why -> ended(why, driver)).orElseGet(ModifyDecision::done);
        };
    }

    // Most claims have no class and never had one.
    private static boolean concerned(PersistentVolumeClaim claim) {
        return claim.spec().volumeAttributesClassName() != null
                || claim.status().modifyVolume() != null;
    }

    private static ModifyDecision choose(ModifyView view, PersistentVolume volume, ResizingDriver driver) {
        PersistentVolumeClaim claim = view.claim();
        Held held = view.memory().held();
        if (held != null && holds(view, held)) {
            return new ModifyDecision.Wait(
                    new HeldBack(claim.key()), Retry.after(held.until().minus(view.now())));
        }
        return switch (TargetClass.of(claim, view.memory().lastFailure())) {
            case ModifyChoice.Nothing() -> ModifyDecision.done();
            case ModifyChoice.Stop() ->
                Conditions.of(claim, ResizerNames.MODIFYING_VOLUME) == null
                        ? ModifyDecision.done()
                        : ModifyDecision.run(
                                new Announce(EventNote.normal("VolumeModifyCanceled", "Cancelled modify.")),
                                new Cancel());
            case ModifyChoice.GoOn(String target) -> {
                VolumeAttributesClass attributes = view.classes().get(target);
                yield attributes == null
                        ? new ModifyDecision.Wait(new ClassMissing(target), Retry.onChange())
                        : modify(view, volume, attributes, driver);
            }
            case ModifyChoice.Start(String target) -> start(view, volume, target, driver);
        };
    }

    // The class that could not be had is still the one that is wanted.
    private static boolean holds(ModifyView view, Held held) {
        PersistentVolumeClaim claim = view.claim();
        return ModifyState.of(claim.status().modifyVolume()) == ModifyState.INFEASIBLE
                && held.target().equals(claim.spec().volumeAttributesClassName())
                && held.until().compareTo(view.now()) > 0
                && Objects.equals(held.retryNow(), claim.meta().annotation(ResizerNames.RETRY_NOW));
    }

    private static ModifyDecision start(
            ModifyView view, PersistentVolume volume, String target, ResizingDriver driver) {
        PersistentVolumeClaim.ModifyVolumeStatus status = view.claim().status().modifyVolume();
        ModifyState state = ModifyState.of(status);
        VolumeAttributesClass attributes = view.classes().get(target);
        if (attributes == null) {
            ClassMissing reason = new ClassMissing(target);
            return state == ModifyState.PENDING
                    ? new ModifyDecision.Wait(reason, Retry.onChange())
                    : ModifyDecision.run(new MarkPending(reason));
        }
        boolean marked = state == ModifyState.IN_PROGRESS && status != null && target.equals(status.target());
        return marked
                ? modify(view, volume, attributes, driver)
                : ModifyDecision.run(
                        new MarkModifying(target),
                        new Announce(EventNote.underway(
                                "VolumeModify",
                                "external resizer is modifying volume "
                                        + view.claim().key().name() + " with vac " + target)));
    }

    private static ModifyDecision modify(
            ModifyView view, PersistentVolume volume, VolumeAttributesClass attributes, ResizingDriver driver) {
        CsiSource csi = requireNonNull(volume.csi());
        if (csi.volumeHandle().isEmpty()) {
            return ModifyDecision.waiting(new CannotAsk("empty volume handle"));
        }
        ModifyRequest request = ModifyRequestOf.of(view.claim(), volume, csi, attributes, driver);
        ObjectKey secret = ModifyRequestOf.secret(volume, csi);
        if (secret == null) {
            return ModifyDecision.run(new Modify(request));
        }
        return switch (view.secret()) {
            case SecretAnswer.NotAsked() -> ModifyDecision.run(new ReadSecret(secret));
            case SecretAnswer.Unreadable(String why) ->
                ModifyDecision.waiting(new CannotAsk(
                        "error getting secret " + secret.name() + " in namespace " + secret.namespace() + ": " + why));
            case SecretAnswer.Read(Secrets secrets) ->
                ModifyDecision.run(new Modify(
                        new ModifyRequest(request.volumeHandle(), request.target(), request.parameters(), secrets)));
        };
    }

    private static ModifyDecision modified(PersistentVolume volume, PersistentVolumeClaim claim, String target) {
        List<ModifyEffect> effects = new ArrayList<>();
        if (!target.equals(volume.volumeAttributesClassName())) {
            effects.add(new RecordClass(target));
        }
        effects.add(new MarkModified(target));
        effects.add(new Announce(EventNote.normal(
                "VolumeModifySuccessful",
                "external resizer modified volume " + claim.key().name() + " with vac " + target + " successfully")));
        return new ModifyDecision.Run(effects);
    }

    private static ModifyDecision refused(
            PersistentVolumeClaim claim, String target, DriverError error, ResizingDriver driver) {
        DriverRefused reason = new DriverRefused(target, error);
        ModifyState state = ModifyState.of(claim.status().modifyVolume());
        ModifyTransition transition = ModifyTransitions.of(state, ModifyObservation.of(error));
        Condition shown = Conditions.of(claim, ResizerNames.MODIFY_VOLUME_ERROR);
        boolean saysSo = shown != null
                && error.code().goName().equals(shown.reason())
                && error.message().equals(shown.message())
                && Conditions.of(claim, ResizerNames.MODIFYING_VOLUME) != null;
        return saysSo && transition.next() == state
                ? ended(reason, driver)
                : ModifyDecision.run(new MarkFailed(transition.next(), target, error, reason));
    }

    private static ModifyDecision ended(ModifyReason reason, ResizingDriver driver) {
        return new ModifyDecision.Wait(
                reason,
                switch (reason) {
                    case DriverRefused(String _, DriverError error)
                    when error.afterModifyVolume() == AfterModifyVolume.INFEASIBLE -> Retry.after(driver.hold());
                    case ClassMissing _ -> Retry.onChange();
                    case DriverRefused _, VolumeMissing _, HeldBack _, CannotAsk _, ModifyReason.WriteFailed _ ->
                        Retry.backoff();
                });
    }
}
