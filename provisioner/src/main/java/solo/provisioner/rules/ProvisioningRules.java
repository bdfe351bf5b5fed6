package solo.provisioner.rules;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import solo.kube.model.EventNote;
import solo.kube.model.Retry;
import solo.provisioner.model.NewPersistentVolume;
import solo.provisioner.model.NodeDeployment;
import solo.provisioner.model.NotYet.Taken;
import solo.provisioner.model.Progress;
import solo.provisioner.model.ProvisionerNames;
import solo.provisioner.model.ProvisioningAnswer.AlreadyExists;
import solo.provisioner.model.ProvisioningAnswer.CreateFailed;
import solo.provisioner.model.ProvisioningAnswer.Created;
import solo.provisioner.model.ProvisioningAnswer.GivenBack;
import solo.provisioner.model.ProvisioningAnswer.NotRecorded;
import solo.provisioner.model.ProvisioningAnswer.ProtectFailed;
import solo.provisioner.model.ProvisioningAnswer.SaveFailed;
import solo.provisioner.model.ProvisioningAnswer.TakenBack;
import solo.provisioner.model.ProvisioningAnswer.Took;
import solo.provisioner.model.ProvisioningDecision;
import solo.provisioner.model.ProvisioningDecision.Run;
import solo.provisioner.model.ProvisioningDecision.Wait;
import solo.provisioner.model.ProvisioningEffect;
import solo.provisioner.model.ProvisioningEffect.Announce;
import solo.provisioner.model.ProvisioningEffect.CreateVolume;
import solo.provisioner.model.ProvisioningEffect.GiveBack;
import solo.provisioner.model.ProvisioningReason;
import solo.provisioner.model.ProvisioningView;
import solo.provisioner.model.ProvisioningView.Standing;
import solo.provisioner.model.Unprepared.NotSafe;
import solo.provisioner.model.Unprepared.SourceNotProtected;
import solo.provisioner.model.Unprovisioned.NotGivenBack;
import solo.provisioner.model.Unprovisioned.NotSaved;

/** What to do about a claim: the table of contents of this package. */
public final class ProvisioningRules {

    /** Is it ours, and is it time? Asked in this order; the first refusal is the reason why the claim waits. */
    private static final List<Function<ProvisioningView, Finding<?>>> WHETHER = List.of(
            ClaimOfThisDriver::ask,
            ShouldProvision::unbound,
            OwnNode::ask,
            ExistingVolume::none,
            ShouldProvision::hasClass,
            ShouldProvision::hasNode,
            ShouldProvision::notHeld,
            FreshClaim::ask);

    /** Can the request be made? In the order of external-provisioner's prepareProvision. */
    private static final List<Function<ProvisioningView, Finding<?>>> PREPARATION = List.of(
            DataSourceChoice::ask,
            DriverCan::ask,
            NoSelector::ask,
            VolumeName::ask,
            VolumeCapabilities::ask,
            ContentSourceOf::ask,
            AccessibilityRequirements::ask,
            ClassSecrets::forCreate,
            ClassSecrets::named,
            VolumeRequestOf::parameters,
            AttributesClass::ask);

    private ProvisioningRules() {}

    public static ProvisioningDecision decide(ProvisioningView view) {
        return switch (view.answer()) {
            case null -> prepare(view);
            case ProtectFailed(var source, var why) ->
                ProvisioningDecision.waitFor(new SourceNotProtected(source, why));
            case NotRecorded(var why) -> ProvisioningDecision.waitFor(new NotSafe(why));
            case CreateFailed(var error) -> refuse(view, VolumeAnswer.refused(view, error));
            case Created(var volume) -> VolumeAnswer.created(view, volume);
            case AlreadyExists answer -> VolumeAnswer.alreadyExists(view, answer);
            case SaveFailed(var volume, var why) -> ProvisioningDecision.waitFor(new NotSaved(volume, why));
            case TakenBack(var because, var error) ->
                ProvisioningDecision.waitFor(error == null ? because : VolumeAnswer.takenBack(because, error));
            case Took(var node, var why) -> ProvisioningDecision.waitFor(new Taken(node, why));
            case GivenBack(var because, var why) ->
                why == null
                        ? new Wait(because, Retry.onChange())
                        : ProvisioningDecision.waitFor(new NotGivenBack(because, why));
        };
    }

    private static ProvisioningDecision prepare(ProvisioningView view) {
        ProvisioningDecision not = firstStop(WHETHER, view);
        if (not != null) {
            return not;
        }
        ProvisioningDecision stop = firstStop(PREPARATION, view);
        NodeDeployment here = view.options().nodeDeployment();
        if (here != null && view.selectedNode().isEmpty()) {
            return NodeClaim.decide(view, here, stop);
        }
        return stop == null ? createOrSave(view) : stop;
    }

    private static ProvisioningDecision createOrSave(ProvisioningView view) {
        NewPersistentVolume unsaved = view.history().unsaved();
        return unsaved == null ? create(view) : VolumeAnswer.saveAgain(view, unsaved);
    }

    private static @Nullable ProvisioningDecision firstStop(
            List<Function<ProvisioningView, Finding<?>>> questions, ProvisioningView view) {
        for (Function<ProvisioningView, Finding<?>> question : questions) {
            switch (question.apply(view)) {
                case Finding.Found<?> found -> {}
                case Finding.Refused<?>(var reason) -> {
                    return refuse(view, reason);
                }
                case Finding.Unread<?>(var read) -> {
                    return ProvisioningDecision.run(read);
                }
            }
        }
        return null;
    }

    private static ProvisioningDecision create(ProvisioningView view) {
        List<ProvisioningEffect> effects = new ArrayList<>(SourceProtection.before(view));
        if (view.standing() == Standing.PRESENT) {
            effects.add(new Announce(EventNote.underway(
                    "Provisioning",
                    "External provisioner is provisioning volume for claim \""
                            + view.claim().key() + "\"")));
        }
        effects.add(new CreateVolume(VolumeRequestOf.claim(view)));
        return new Run(effects);
    }

    /** Where another node may do better, the scheduler is asked to choose again, which costs one write. */
    private static ProvisioningDecision refuse(ProvisioningView view, ProvisioningReason reason) {
        boolean scheduled = view.claim().meta().annotation(ProvisionerNames.SELECTED_NODE) != null;
        return reason.progress() == Progress.RESCHEDULE && scheduled && view.standing() == Standing.PRESENT
                ? ProvisioningDecision.run(new GiveBack(reason))
                : ProvisioningDecision.waitFor(reason);
    }
}
