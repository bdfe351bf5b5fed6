package solo.resizer.rules;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import solo.csi.model.DriverError;
import solo.csi.model.Secrets;
import solo.kube.model.Actor;
import solo.kube.model.CsiSource;
import solo.kube.model.EventNote;
import solo.kube.model.ObjectKey;
import solo.kube.model.PersistentVolume;
import solo.kube.model.PersistentVolumeClaim;
import solo.kube.model.PersistentVolumeClaim.Condition;
import solo.kube.model.Quantity;
import solo.kube.model.Retry;
import solo.resizer.model.ExpandRequest;
import solo.resizer.model.ExpansionDecision;
import solo.resizer.model.ExpansionEffect;
import solo.resizer.model.ExpansionEffect.Announce;
import solo.resizer.model.ExpansionEffect.Attempt;
import solo.resizer.model.ExpansionEffect.Expand;
import solo.resizer.model.ExpansionEffect.ForgetOldSize;
import solo.resizer.model.ExpansionEffect.GrowVolume;
import solo.resizer.model.ExpansionEffect.LeaveToNode;
import solo.resizer.model.ExpansionEffect.MarkFailed;
import solo.resizer.model.ExpansionEffect.MarkFinished;
import solo.resizer.model.ExpansionEffect.MarkInProgress;
import solo.resizer.model.ExpansionEffect.MarkNodePending;
import solo.resizer.model.ExpansionEffect.ReadSecret;
import solo.resizer.model.ExpansionMemory.Held;
import solo.resizer.model.ExpansionMemory.InUse;
import solo.resizer.model.ExpansionReason;
import solo.resizer.model.ExpansionReason.CannotAsk;
import solo.resizer.model.ExpansionReason.DriverRefused;
import solo.resizer.model.ExpansionReason.HeldBack;
import solo.resizer.model.ExpansionReason.NodeIsNext;
import solo.resizer.model.ExpansionReason.VolumeMissing;
import solo.resizer.model.ExpansionStatus;
import solo.resizer.model.ExpansionView;
import solo.resizer.model.ExpansionView.Answer;
import solo.resizer.model.ExpansionView.NodeExpansion;
import solo.resizer.model.ExpansionView.Pods;
import solo.resizer.model.Observation;
import solo.resizer.model.ResizerNames;
import solo.resizer.model.ResizingDriver;
import solo.resizer.model.ResizingDriver.Expansion;
import solo.resizer.model.SecretAnswer;
import solo.resizer.model.Transition;
import solo.resizer.rules.TargetSize.Target;

/**
 * What has to be done so that a claim gets the size it asks for? Before the driver is called the claim says so; after
 * it, volume and claim are brought up to date, in this order (external-resizer, expandAndRecover). Longer than most,
 * because it is one walk from top to bottom.
 */
public final class ExpansionRules {
    private static final Quantity ZERO = Quantity.ofBytes(0);

    private ExpansionRules() {}

    public static ExpansionDecision decide(ExpansionView view, ResizingDriver driver) {
        PersistentVolumeClaim claim = view.claim();
        String volumeName = claim.spec().volumeName();
        if (volumeName == null || volumeName.isEmpty()) {
            return ExpansionDecision.done();
        }
        PersistentVolume volume = view.volume();
        if (volume == null) {
            return ExpansionDecision.waiting(new VolumeMissing(volumeName, claim.key()));
        }
        if (!OurVolume.ofDriver(volume, driver.name()) || !OurVolume.ofClaim(volume, claim)) {
            return ExpansionDecision.done();
        }
        return switch (view.answer()) {
            case Answer.NotAsked _, Answer.Marked _ -> before(view, volume, driver);
            case Answer.Expanded(Quantity size, NodeExpansion node) -> expanded(view, volume, size, node, driver);
            case Answer.Refused(Quantity size, DriverError error) -> refused(view, volume, error, driver);
            case Answer.Recorded(Optional<ExpansionReason> reason) ->
                reason.map(why -> ended(why, driver)).orElseGet(ExpansionDecision::done);
        };
    }

    private static ExpansionDecision before(ExpansionView view, PersistentVolume volume, ResizingDriver driver) {
        PersistentVolumeClaim claim = view.claim();
        Quantity has = orZero(claim.status().capacity());
        Quantity ofVolume = orZero(volume.capacity());
        if (PreResize.over(claim, volume, driver)) {
            return ExpansionDecision.run(new ForgetOldSize());
        }
        Quantity wanted = orZero(claim.spec().storage());
        if (!OurVolume.bound(claim) || wanted.compareTo(has) <= 0) {
            return ExpansionDecision.done();
        }
        return switch (TargetSize.of(claim, wanted, ofVolume, view.memory().lastFailure(), driver.expansion())) {
            case Target.LeaveToNode() ->
                new ExpansionDecision.Wait(new NodeIsNext(volume.key().name()), Retry.onChange());
            case Target.Ask(Quantity size) -> ask(view, volume, size, driver);
        };
    }

    private static ExpansionDecision ask(
            ExpansionView view, PersistentVolume volume, Quantity size, ResizingDriver driver) {
        PersistentVolumeClaim claim = view.claim();
        Quantity allocated = claim.status().allocatedStorage();
        boolean marked = view.answer() instanceof Answer.Marked(Quantity told) && told.compareTo(size) == 0;
        boolean again = marked || (allocated != null && allocated.compareTo(size) == 0);
        Held held = view.memory().held();
        if (again && held != null && Holding.holds(held, size, claim, view.now())) {
            return new ExpansionDecision.Wait(
                    new HeldBack(claim.key()), Retry.after(held.until().minus(view.now())));
        }
        CsiSource csi = requireNonNull(volume.csi());
        ExpandRequest request = null;
        if (driver.expansion() == Expansion.CONTROLLER) {
            switch (ExpandRequestOf.of(volume, csi, size, driver)) {
                case ExpandRequestOf.Answer.Refused(CannotAsk reason) -> {
                    return ExpansionDecision.waiting(reason);
                }
                case ExpandRequestOf.Answer.Ask(ExpandRequest described) -> request = described;
            }
        }
        if (!marked) {
            Transition transition =
                    ExpansionTransitions.of(status(claim), again ? Observation.STARTS_AGAIN : Observation.STARTS);
            Optional<ExpansionStatus> next = changed(claim, transition);
            if (!again || next.isPresent() || !saysInProgress(claim)) {
                return ExpansionDecision.run(new MarkInProgress(size, again ? Attempt.AGAIN : Attempt.FIRST, next));
            }
        }
        if (view.memory().inUse() == InUse.SEEN && view.pods() == Pods.SOME) {
            return ExpansionDecision.waiting(new ExpansionReason.InUse(claim.key(), driver.name()));
        }
        Announce announce = new Announce(EventNote.underway(
                ResizerNames.RESIZING,
                "External resizer is resizing volume " + volume.key().name()));
        if (request == null) {
            return ExpansionDecision.run(announce, new LeaveToNode(size));
        }
        ObjectKey secret = csi.controllerExpandSecret();
        if (secret == null) {
            return ExpansionDecision.run(announce, new Expand(request));
        }
        return switch (view.secret()) {
            case SecretAnswer.NotAsked() -> ExpansionDecision.run(new ReadSecret(secret));
            case SecretAnswer.Unreadable(String why) ->
                ExpansionDecision.waiting(new CannotAsk(
                        volume.key().name(),
                        driver.name(),
                        "error getting secret " + secret.name() + " in namespace " + secret.namespace() + ": " + why,
                        Actor.ADMINISTRATOR));
            case SecretAnswer.Read(Secrets secrets) ->
                ExpansionDecision.run(
                        announce,
                        new Expand(new ExpandRequest(
                                request.volumeHandle(), request.size(), request.capability(), secrets)));
        };
    }

    // A retry of the same size finds the claim as the first attempt left it and writes nothing.
    private static boolean saysInProgress(PersistentVolumeClaim claim) {
        return Conditions.isTrue(claim, ResizerNames.RESIZING)
                && claim.meta().annotation(ResizerNames.NODE_EXPANSION_NOT_REQUIRED) == null;
    }

    private static ExpansionDecision expanded(
            ExpansionView view, PersistentVolume volume, Quantity size, NodeExpansion node, ResizingDriver driver) {
        Transition transition = ExpansionTransitions.of(
                status(view.claim()),
                node == NodeExpansion.NEEDED ? Observation.EXPANDED_NODE_NEXT : Observation.EXPANDED);
        List<ExpansionEffect> effects = new ArrayList<>();
        for (Transition.Step step : transition.steps()) {
            switch (step) {
                case GROW_VOLUME -> {
                    String note = PreResize.note(view.claim(), volume, node, driver);
                    // The note comes with the size. Who finds the size and no note has a claim older than its volume.
                    if (orZero(volume.capacity()).compareTo(size) != 0) {
                        effects.add(new GrowVolume(size, note));
                    }
                }
                case MARK_NODE_PENDING -> {
                    effects.add(new MarkNodePending());
                    effects.add(new Announce(EventNote.normal(
                            "FileSystemResizeRequired", "Require file system resize of volume on node")));
                }
                case MARK_FINISHED -> {
                    effects.add(new MarkFinished(size));
                    effects.add(new Announce(EventNote.normal("VolumeResizeSuccessful", "Resize volume succeeded")));
                }
                case MARK_IN_PROGRESS, MARK_FAILED ->
                    throw new IllegalStateException(step + " does not follow success");
            }
        }
        return new ExpansionDecision.Run(effects);
    }

    private static ExpansionDecision refused(
            ExpansionView view, PersistentVolume volume, DriverError error, ResizingDriver driver) {
        DriverRefused reason = new DriverRefused(volume.key().name(), driver.name(), error);
        Transition transition = ExpansionTransitions.of(status(view.claim()), Observation.of(error));
        Optional<ExpansionStatus> next = changed(view.claim(), transition);
        String message = "failed to expand pvc with " + error.goText();
        Condition shown = Conditions.of(view.claim(), ResizerNames.CONTROLLER_RESIZE_ERROR);
        boolean saysSo = shown != null
                && Objects.equals(shown.message(), message)
                && shown.status().equals("True");
        if (!transition.steps().contains(Transition.Step.MARK_FAILED) || (saysSo && next.isEmpty())) {
            return ended(reason, driver);
        }
        return ExpansionDecision.run(new MarkFailed(message, next, reason));
    }

    private static ExpansionDecision ended(ExpansionReason reason, ResizingDriver driver) {
        boolean infeasible = reason instanceof DriverRefused refused
                && refused.error().afterExpandVolume() == DriverError.AfterExpandVolume.INFEASIBLE;
        return new ExpansionDecision.Wait(reason, infeasible ? Retry.after(driver.hold()) : Retry.backoff());
    }

    private static ExpansionStatus status(PersistentVolumeClaim claim) {
        return ExpansionStatus.of(claim.status().allocatedStorageStatus());
    }

    private static Optional<ExpansionStatus> changed(PersistentVolumeClaim claim, Transition transition) {
        return transition.next() == status(claim) ? Optional.empty() : Optional.of(transition.next());
    }

    private static Quantity orZero(@Nullable Quantity quantity) {
        return quantity == null ? ZERO : quantity;
    }
}
