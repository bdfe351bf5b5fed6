package solo.provisioner;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.EnumSet;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import solo.csi.model.ControllerCapability;
import solo.csi.model.PluginCapability;
import solo.csi.model.Topology;
import solo.kube.ApiException.Failure;
import solo.kube.Kinds;
import solo.kube.model.Outcome;
import solo.kube.model.Reason;
import solo.provisioner.model.NodeDeployment;
import solo.provisioner.model.NodeDeployment.Immediate;
import solo.provisioner.model.NotYet.NoRoomHere;
import solo.provisioner.model.NotYet.Taken;
import solo.provisioner.model.NotYet.WaitingToTake;
import solo.simulation.Fault;
import solo.simulation.Objects;
import solo.simulation.Verb;

/** A node's provisioner takes a claim that nobody has given to a node; no worker sleeps meanwhile. */
class NodeRaceTest {

    private final ProvisionerWorld world = new ProvisionerWorld(
            EnumSet.of(PluginCapability.CONTROLLER_SERVICE, PluginCapability.VOLUME_ACCESSIBILITY_CONSTRAINTS),
            EnumSet.of(ControllerCapability.CREATE_DELETE_VOLUME, ControllerCapability.GET_CAPACITY));

    @BeforeEach
    void onNode() {
        world.nodeDeployment = new NodeDeployment(
                "n1",
                "id-n1",
                Topology.of(Map.of("node", "n1")),
                Immediate.TAKEN,
                Duration.ofSeconds(20),
                Duration.ofSeconds(60));
        world.restart();
        world.with(
                Objects.storageClass("fast"),
                Objects.claim("ns/data").uid("uid-1").storageClass("fast").provisioner());
    }

    @Test
    void the_claim_is_taken_when_its_time_has_come_and_then_provisioned() {
        WaitingToTake waiting = (WaitingToTake) reason(world.claim("ns/data"));
        assertThat(reason(world.claim("ns/data"))).as("no time has passed").isEqualTo(waiting);

        world.clock.advance(waiting.remaining());
        assertThat(reason(world.claim("ns/data"))).isEqualTo(new Taken("n1", null));
        assertThat(world.claim("ns/data")).isEqualTo(Outcome.done());

        assertThat(world.pv("pvc-uid-1").at("spec", "nodeAffinity").present()).isTrue();
    }

    @Test
    void a_race_that_is_lost_is_run_again_later() {
        WaitingToTake first = (WaitingToTake) reason(world.claim("ns/data"));
        world.clock.advance(first.remaining());
        world.server.fail(Fault.refused(Verb.PATCH, Kinds.CLAIM, Failure.CONFLICT));

        assertThat(((Taken) reason(world.claim("ns/data"))).why()).isNotNull();

        WaitingToTake second = (WaitingToTake) reason(world.claim("ns/data"));
        assertThat(second.remaining()).isGreaterThan(Duration.ofSeconds(20));
    }

    @Test
    void without_room_it_is_left_to_others() {
        world.driver.backend().free(1);
        world.clock.advance(((WaitingToTake) reason(world.claim("ns/data"))).remaining());

        assertThat(reason(world.claim("ns/data"))).isEqualTo(new NoRoomHere("n1"));
        assertThat(world.server.requests().writes()).isZero();
    }

    private static Reason reason(Outcome outcome) {
        assertThat(outcome).isInstanceOf(Outcome.Waiting.class);
        return ((Outcome.Waiting) outcome).reason();
    }
}
