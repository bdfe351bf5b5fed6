package solo.provisioner.rules;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import solo.provisioner.model.ClaimHistory.Race;
import solo.provisioner.model.Fact;
import solo.provisioner.model.NodeDeployment;
import solo.provisioner.model.NotYet.NoRoomHere;
import solo.provisioner.model.NotYet.WaitingToTake;
import solo.provisioner.model.ProvisioningDecision;
import solo.provisioner.model.ProvisioningEffect.CheckRoom;
import solo.provisioner.model.ProvisioningEffect.TakeClaim;
import solo.provisioner.model.ProvisioningView;

/**
 * How the provisioners of all nodes agree on one for a claim that nobody has given to a node: each waits for a while of
 * its own, looks whether it has room, and writes its node's name on the claim; the first wins (distributed provisioning).
 */
final class NodeClaim {
    private NodeClaim() {}

    /**
     * @param stop what preparing the request comes to, null if it can be made. A refusal does not keep us from taking
     *     the claim, or its owner would never hear of it
     */
    static ProvisioningDecision decide(
            ProvisioningView view, NodeDeployment here, @Nullable ProvisioningDecision stop) {
        Race race = view.history().race();
        Duration left = race.waiting() == null ? delay(view, here, race.lost()) : race.waiting();
        if (left.isPositive()) {
            return ProvisioningDecision.waitFor(new WaitingToTake(here.node(), left));
        }
        if (stop instanceof ProvisioningDecision.Run) {
            return stop;
        }
        TakeClaim take = new TakeClaim(here.node());
        if (stop != null || VolumeRequestOf.requestedBytes(view) == 0) {
            return ProvisioningDecision.run(take);
        }
        return switch (view.facts().room()) {
            case Fact.Unread<Boolean>() -> ProvisioningDecision.run(new CheckRoom(VolumeRequestOf.claim(view)));
            case Fact.Known<Boolean>(var enough)
            when !enough -> ProvisioningDecision.waitFor(new NoRoomHere(here.node()));
            case Fact.Known<Boolean> enough -> ProvisioningDecision.run(take);
            case Fact.Missing<Boolean>() -> ProvisioningDecision.run(take);
            case Fact.Unreadable<Boolean> unknown -> ProvisioningDecision.run(take);
        };
    }

    /** Doubles with each race lost; the jitter comes from claim and node, so that it is the same in every replay. */
    static Duration delay(ProvisioningView view, NodeDeployment here, int lost) {
        Duration delay = here.baseDelay();
        for (int i = 0; i < lost && delay.compareTo(here.maxDelay()) < 0; i++) {
            delay = delay.multipliedBy(2);
        }
        delay = delay.compareTo(here.maxDelay()) < 0 ? delay : here.maxDelay();
        int hash = NameHash.fnv1(here.node() + "/" + view.claim().uid() + "/" + lost);
        double share = Integer.toUnsignedLong(Integer.reverse(hash)) / 4294967296.0;
        delay = delay.minusNanos((long) (here.baseDelay().toNanos() * share));
        return delay.isNegative() ? Duration.ZERO : delay;
    }
}
