package solo.resizer;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import solo.csi.CsiException;
import solo.csi.model.DriverError;
import solo.kube.ApiException;
import solo.kube.ApiException.Failure;
import solo.kube.Kinds;
import solo.kube.Reconciler;
import solo.kube.model.Actor;
import solo.kube.model.EventNote;
import solo.kube.model.ObjectKey;
import solo.kube.model.Outcome;
import solo.kube.model.Patch;
import solo.kube.model.PersistentVolume;
import solo.kube.model.PersistentVolumeClaim;
import solo.kube.model.Retry;
import solo.resizer.csi.VolumeChanges;
import solo.resizer.kube.ModifyPatches;
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
import solo.resizer.model.ModifyMemory;
import solo.resizer.model.ModifyObservation;
import solo.resizer.model.ModifyReason;
import solo.resizer.model.ModifyReason.WriteFailed;
import solo.resizer.model.ModifyRequest;
import solo.resizer.model.ModifyState;
import solo.resizer.model.ModifyView;
import solo.resizer.model.ModifyView.Answer;
import solo.resizer.model.ResizingDriver;
import solo.resizer.rules.ModifyHolding;
import solo.resizer.rules.ModifyRules;
import solo.resizer.rules.ModifyTransitions;

/** Gives the volume of one claim the attributes of its class: decide, act, decide again with the answer in view. */
final class ModifyReconciler implements Reconciler {
    private static final Logger log = LoggerFactory.getLogger(ModifyReconciler.class);

    // Mark, secret, modify, record, done; once more if the user has chosen again. More means that two rules disagree.
    private static final int MOST_ROUNDS = 20;

    private final ResizingDriver driver;
    private final VolumeChanges changes;
    private final Ports ports;
    private final ModifyViews views;
    private final ClaimMemory<ModifyMemory> memory;

    ModifyReconciler(ResizingDriver driver, VolumeChanges changes, Ports ports) {
        this.driver = driver;
        this.changes = changes;
        this.ports = ports;
        this.memory = new ClaimMemory<>(ModifyMemory.NONE);
        this.views = new ModifyViews(ports, memory);
    }

    @Override
    public Outcome reconcile(ObjectKey key) {
        ModifyView view = views.of(key);
        if (view == null) {
            memory.forget(key);
            return Outcome.done();
        }
        for (int round = 0; round < MOST_ROUNDS; round++) {
            switch (ModifyRules.decide(view, driver)) {
                case ModifyDecision.Wait(ModifyReason reason, Retry retry) -> {
                    return waiting(view.claim(), reason, retry);
                }
                case ModifyDecision.Run(List<ModifyEffect> effects)
                when effects.isEmpty() -> {
                    // After a success once more, with what others did meanwhile: a watch that lists anew may not tell.
                    ModifyView after = view.answer() instanceof Answer.Recorded ? views.of(key) : null;
                    if (after == null) {
                        return Outcome.done();
                    }
                    view = after;
                }
                case ModifyDecision.Run(List<ModifyEffect> effects) -> {
                    for (ModifyEffect effect : effects) {
                        try {
                            view = perform(effect, view);
                        } catch (ApiException e) {
                            return refused(effect, view, e);
                        }
                    }
                }
            }
        }
        throw new IllegalStateException("claim " + key + " is not settled after " + MOST_ROUNDS + " decisions");
    }

    private ModifyView perform(ModifyEffect effect, ModifyView view) throws ApiException {
        PersistentVolumeClaim claim = view.claim();
        return switch (effect) {
            case MarkPending(ModifyReason reason) ->
                recorded(view, patch(claim, ModifyPatches.pending(claim, now())), reason);
            case MarkModifying(String target) -> view.with(patch(claim, ModifyPatches.modifying(claim, target, now())));
            case Announce(EventNote note) -> {
                ports.events().record(Kinds.CLAIM.reference(claim), note);
                yield view;
            }
            case ReadSecret(ObjectKey secret) -> view.with(SecretReading.read(ports.cluster(), secret));
            case Modify(ModifyRequest request) -> modify(view, request);
            case RecordClass(String target) -> {
                PersistentVolume volume = Objects.requireNonNull(view.volume());
                yield view.with(
                        ports.writes().patch(Kinds.VOLUME, volume.key(), ModifyPatches.classOf(volume.uid(), target)));
            }
            case MarkModified(String target) -> {
                log.info("claim={} class={} modified", claim.key(), target);
                yield recorded(view, patch(claim, ModifyPatches.modified(claim, target, now())), null);
            }
            case MarkFailed(ModifyState state, String target, DriverError error, ModifyReason reason) ->
                recorded(view, patch(claim, ModifyPatches.failed(claim, state, target, error, now())), reason);
            case Cancel() -> recorded(view, patch(claim, ModifyPatches.canceled(claim, now())), null);
        };
    }

    private ModifyView modify(ModifyView view, ModifyRequest request) {
        PersistentVolumeClaim claim = view.claim();
        Answer answer;
        ModifyObservation seen;
        try {
            changes.modify(request);
            answer = new Answer.Modified(request.target());
            seen = ModifyObservation.MODIFIED;
        } catch (CsiException e) {
            answer = new Answer.Refused(request.target(), e.error());
            seen = ModifyObservation.of(e.error());
        }
        ModifyState state = ModifyState.of(claim.status().modifyVolume());
        Duration until = Duration.ofNanos(ports.clock().nanos()).plus(driver.hold());
        memory.keep(
                claim.key(),
                claim.uid(),
                ModifyHolding.after(
                        view.memory(), ModifyTransitions.of(state, seen).memory(), claim, request.target(), until));
        return view.with(answer);
    }

    private static ModifyView recorded(ModifyView view, PersistentVolumeClaim claim, @Nullable ModifyReason reason) {
        return view.with(claim).with(new Answer.Recorded(Optional.ofNullable(reason)));
    }

    private PersistentVolumeClaim patch(PersistentVolumeClaim claim, Patch patch) throws ApiException {
        return ports.writes().patch(Kinds.CLAIM, claim.key(), patch);
    }

    private static Outcome waiting(PersistentVolumeClaim claim, ModifyReason reason, Retry retry) {
        return Outcome.waiting(reason, retry, Kinds.CLAIM.reference(claim));
    }

    private static Outcome refused(ModifyEffect effect, ModifyView view, ApiException refusal) {
        ObjectKey claim = view.claim().key();
        if (refusal.failure() == Failure.NOT_FOUND && !(effect instanceof RecordClass)) {
            return Outcome.done();
        }
        String step = switch (effect) {
            case MarkPending _, MarkModifying _, MarkFailed _ ->
                "mark PVC \"" + claim.name() + "\" as modify volume failed, errored with: ";
            case RecordClass _ ->
                "update pv.Spec.VolumeAttributesClassName for PVC \"" + claim.name() + "\" failed, errored with: ";
            case MarkModified _ -> "mark PVC \"" + claim.name() + "\" as ModifyVolumeCompleted failed, errored with: ";
            case Cancel() -> "mark PVC \"" + claim.name() + "\" as rolled back failed: ";
            case Announce _, ReadSecret _, Modify _ -> "";
        };
        Actor actor = refusal.actor();
        return waiting(view.claim(), new WriteFailed(step + refusal.getMessage(), actor), Retry.backoff());
    }

    private Instant now() {
        return ports.clock().now();
    }
}
