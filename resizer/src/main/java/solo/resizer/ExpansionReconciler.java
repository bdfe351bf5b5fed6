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
import solo.kube.model.Quantity;
import solo.kube.model.Retry;
import solo.resizer.csi.VolumeChanges;
import solo.resizer.kube.ExpansionPatches;
import solo.resizer.model.ExpandRequest;
import solo.resizer.model.ExpansionDecision;
import solo.resizer.model.ExpansionEffect;
import solo.resizer.model.ExpansionEffect.Announce;
import solo.resizer.model.ExpansionEffect.Expand;
import solo.resizer.model.ExpansionEffect.ForgetOldSize;
import solo.resizer.model.ExpansionEffect.GrowVolume;
import solo.resizer.model.ExpansionEffect.LeaveToNode;
import solo.resizer.model.ExpansionEffect.MarkFailed;
import solo.resizer.model.ExpansionEffect.MarkFinished;
import solo.resizer.model.ExpansionEffect.MarkInProgress;
import solo.resizer.model.ExpansionEffect.MarkNodePending;
import solo.resizer.model.ExpansionEffect.ReadSecret;
import solo.resizer.model.ExpansionMemory;
import solo.resizer.model.ExpansionReason;
import solo.resizer.model.ExpansionReason.WriteFailed;
import solo.resizer.model.ExpansionStatus;
import solo.resizer.model.ExpansionView;
import solo.resizer.model.ExpansionView.Answer;
import solo.resizer.model.ExpansionView.NodeExpansion;
import solo.resizer.model.Observation;
import solo.resizer.model.ResizingDriver;
import solo.resizer.rules.ExpansionRules;
import solo.resizer.rules.ExpansionTransitions;
import solo.resizer.rules.Holding;

/** Grows the volume of one claim: decide, act, decide again with the answer in view. */
final class ExpansionReconciler implements Reconciler {
    private static final Logger log = LoggerFactory.getLogger(ExpansionReconciler.class);

    // Forget, mark, secret, expand, record, look again; once more if the user has asked for more meanwhile.
    private static final int MOST_ROUNDS = 20;

    private final ResizingDriver driver;
    private final VolumeChanges changes;
    private final Ports ports;
    private final ExpansionViews views;
    private final ClaimMemory<ExpansionMemory> memory;

    ExpansionReconciler(
            ResizingDriver driver,
            VolumeChanges changes,
            Ports ports,
            ExpansionViews views,
            ClaimMemory<ExpansionMemory> memory) {
        this.driver = driver;
        this.changes = changes;
        this.ports = ports;
        this.views = views;
        this.memory = memory;
    }

    @Override
    public Outcome reconcile(ObjectKey key) {
        ExpansionView view = views.of(key);
        if (view == null) {
            memory.forget(key);
            return Outcome.done();
        }
        for (int round = 0; round < MOST_ROUNDS; round++) {
            switch (ExpansionRules.decide(view, driver)) {
                case ExpansionDecision.Wait(ExpansionReason reason, Retry retry) -> {
                    return waiting(view.claim(), reason, retry);
                }
                case ExpansionDecision.Run(List<ExpansionEffect> effects)
                when effects.isEmpty() -> {
                    // After a success once more, with what others did meanwhile: a watch that lists anew may not tell.
                    ExpansionView after = view.answer() instanceof Answer.Recorded ? views.of(key) : null;
                    if (after == null) {
                        return Outcome.done();
                    }
                    view = after;
                }
                case ExpansionDecision.Run(List<ExpansionEffect> effects) -> {
                    for (ExpansionEffect effect : effects) {
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

    private ExpansionView perform(ExpansionEffect effect, ExpansionView view) throws ApiException {
        PersistentVolumeClaim claim = view.claim();
        return switch (effect) {
            case ForgetOldSize() ->
                view.with(ports.writes()
                        .patch(
                                Kinds.VOLUME,
                                volume(view).key(),
                                ExpansionPatches.oldSizeForgotten(volume(view).uid())));
            case MarkInProgress(Quantity target, var attempt, var status) ->
                view.with(patch(claim, ExpansionPatches.inProgress(claim, target, attempt, status, now())))
                        .with(new Answer.Marked(target));
            case Announce(EventNote note) -> {
                ports.events().record(Kinds.CLAIM.reference(claim), note);
                yield view;
            }
            case ReadSecret(ObjectKey secret) -> view.with(SecretReading.read(ports.cluster(), secret));
            case Expand(ExpandRequest request) -> expand(view, request);
            case LeaveToNode(Quantity size) -> view.with(new Answer.Expanded(size, NodeExpansion.NEEDED));
            case GrowVolume(Quantity size, @Nullable String oldSize) -> {
                log.info(
                        "claim={} volume={} size={} grown",
                        claim.key(),
                        volume(view).key(),
                        size);
                yield view.with(ports.writes()
                        .patch(
                                Kinds.VOLUME,
                                volume(view).key(),
                                ExpansionPatches.grown(volume(view).meta(), size, oldSize)));
            }
            case MarkNodePending() -> recorded(view, patch(claim, ExpansionPatches.nodePending(claim, now())), null);
            case MarkFinished(Quantity size) ->
                recorded(view, patch(claim, ExpansionPatches.finished(claim, size, now())), null);
            case MarkFailed(String message, Optional<ExpansionStatus> status, ExpansionReason reason) ->
                recorded(view, patch(claim, ExpansionPatches.failed(claim, message, status, now())), reason);
        };
    }

    private ExpansionView expand(ExpansionView view, ExpandRequest request) {
        PersistentVolumeClaim claim = view.claim();
        ExpansionStatus status = ExpansionStatus.of(claim.status().allocatedStorageStatus());
        Answer answer;
        Observation seen;
        try {
            Answer.Expanded expanded = changes.expand(request);
            answer = expanded;
            seen = expanded.node() == NodeExpansion.NEEDED ? Observation.EXPANDED_NODE_NEXT : Observation.EXPANDED;
        } catch (CsiException e) {
            answer = new Answer.Refused(request.size(), e.error());
            seen = Observation.of(e.error());
        }
        Duration until = Duration.ofNanos(ports.clock().nanos()).plus(driver.hold());
        memory.keep(
                claim.key(),
                claim.uid(),
                Holding.after(
                        view.memory(), ExpansionTransitions.of(status, seen).memory(), claim, request.size(), until));
        return view.with(answer);
    }

    private static ExpansionView recorded(
            ExpansionView view, PersistentVolumeClaim claim, @Nullable ExpansionReason reason) {
        return view.with(claim).with(new Answer.Recorded(Optional.ofNullable(reason)));
    }

    private PersistentVolumeClaim patch(PersistentVolumeClaim claim, Patch patch) throws ApiException {
        return ports.writes().patch(Kinds.CLAIM, claim.key(), patch);
    }

    private static Outcome waiting(PersistentVolumeClaim claim, ExpansionReason reason, Retry retry) {
        return Outcome.waiting(reason, retry, Kinds.CLAIM.reference(claim));
    }

    private Outcome refused(ExpansionEffect effect, ExpansionView view, ApiException refusal) {
        ObjectKey claim = view.claim().key();
        String why = String.valueOf(refusal.getMessage());
        boolean ofVolume = effect instanceof GrowVolume || effect instanceof ForgetOldSize;
        if (refusal.failure() == Failure.NOT_FOUND && !ofVolume) {
            return Outcome.done();
        }
        String message = switch (effect) {
            case ForgetOldSize() -> "failed removing the old size from pv \"" + name(view) + "\": " + why;
            case MarkInProgress _ -> "marking pvc \"" + claim + "\" as resizing failed: " + why;
            case GrowVolume _ -> "error updating pv \"" + name(view) + "\" by resizer: " + why;
            case MarkNodePending() -> "mark PVC \"" + claim + "\" as node expansion required failed: " + why;
            case MarkFinished _ -> "mark PVC \"" + claim + "\" as resize finished failed: " + why;
            case MarkFailed(String failure, var status, var reason) ->
                "resizing failed in controller (" + failure + ") but failed to update PVC " + claim + " with: " + why;
            case Announce _, ReadSecret _, Expand _, LeaveToNode _ -> why;
        };
        boolean driverWasAsked = !(effect instanceof MarkInProgress) && !(effect instanceof ForgetOldSize);
        boolean ours = refusal.failure() == Failure.CONFLICT || refusal.failure() == Failure.NOT_LEADING;
        EventNote event = driverWasAsked && !ours ? EventNote.warning(ExpansionReason.FAILED, message) : null;
        Actor actor = refusal.actor();
        return waiting(view.claim(), new WriteFailed(message, actor, event), Retry.backoff());
    }

    private static PersistentVolume volume(ExpansionView view) {
        return Objects.requireNonNull(view.volume());
    }

    private static String name(ExpansionView view) {
        return volume(view).key().name();
    }

    private Instant now() {
        return ports.clock().now();
    }
}
