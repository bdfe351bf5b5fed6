package solo.healthmonitor;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import solo.csi.model.ControllerCapability;
import solo.kube.Kinds;
import solo.kube.model.ObjectKey;
import solo.kube.model.Outcome;
import solo.simulation.ObjectBuilder;
import solo.simulation.Objects;

/** What the owner of a claim hears of the node under its pods. */
class NodesTest {

    private static final String FAILED = "ns/data Warning NodeFailed: Pods: [ app-1 app-2 ] consuming PVC: data in"
            + " namespace: ns are now on a failed node: node-1";

    private final HealthWorld world = new HealthWorld(ControllerCapability.LIST_VOLUME_HEALTH);

    @BeforeEach
    void two_pods_use_a_volume_on_one_node() {
        world.bound("data").bound("elsewhere").bound("unused");
        world.with(
                ready("node-1", true),
                pod("app-2", "data", "node-1"),
                pod("app-1", "data", "node-1"),
                pod("ended", "unused", "node-1").with("Succeeded", "status", "phase"),
                pod("app-3", "elsewhere", "node-2"));
    }

    private static ObjectBuilder<?> pod(String name, String claim, String node) {
        return Objects.pod("ns/" + name, claim).with(node, "spec", "nodeName");
    }

    private ObjectBuilder<?> ready(String name, boolean ready) {
        return Objects.node(name)
                .with(
                        List.of(Map.of(
                                "type",
                                "Ready",
                                "status",
                                ready ? "True" : "Unknown",
                                "lastTransitionTime",
                                world.clock.now().toString())),
                        "status",
                        "conditions");
    }

    private void fail() {
        world.with(ready("node-1", false));
        world.clock.advance(Duration.ofMinutes(5));
        world.node("node-1");
    }

    @Test
    void a_node_that_is_not_ready_for_five_minutes_is_told_to_those_who_use_it() {
        assertThat(world.node("node-1")).isEqualTo(Outcome.done());
        world.with(ready("node-1", false));
        world.clock.advance(Duration.ofMinutes(2));
        assertThat(world.node("node-1")).isEqualTo(Outcome.again(Duration.ofMinutes(3)));
        assertThat(world.told).isEmpty();

        world.clock.advance(Duration.ofMinutes(3));
        world.node("node-1");
        world.node("node-1");

        assertThat(world.told).containsExactly(FAILED);
    }

    @Test
    void a_restart_does_not_make_a_failed_node_wait_anew() {
        world.with(ready("node-1", false));
        world.clock.advance(Duration.ofMinutes(4));
        world.restart();

        assertThat(world.node("node-1")).isEqualTo(Outcome.again(Duration.ofMinutes(1)));
    }

    @Test
    void those_who_were_told_hear_that_the_node_is_back_though_their_pods_have_moved() {
        fail();
        world.server.remove(Kinds.POD, new ObjectKey("ns", "app-1"));
        world.server.remove(Kinds.POD, new ObjectKey("ns", "app-2"));
        world.with(ready("node-1", true));

        world.node("node-1");
        world.node("node-1");

        assertThat(world.told).containsExactly(FAILED, "ns/data Normal NodeRecovered: Node: node-1 recovered");
    }

    @Test
    void a_deleted_node_has_failed_at_once() {
        world.server.remove(Kinds.NODE, ObjectKey.cluster("node-1"));

        world.node("node-1");
        world.node("node-1");

        assertThat(world.told).containsExactly(FAILED);
    }

    @Test
    void a_short_absence_is_no_news() {
        world.with(ready("node-1", false));
        world.clock.advance(Duration.ofMinutes(4));
        world.node("node-1");
        world.with(ready("node-1", true));
        world.node("node-1");

        assertThat(world.told).isEmpty();
    }

    @Test
    void a_node_that_never_said_it_was_ready_is_waited_for_from_when_it_was_first_seen() {
        world.with(Objects.node("node-1"));
        world.clock.advance(Duration.ofHours(1));

        assertThat(world.node("node-1")).isEqualTo(Outcome.again(Duration.ofMinutes(5)));
        world.clock.advance(Duration.ofMinutes(5));
        world.node("node-1");

        assertThat(world.told).containsExactly(FAILED);
    }
}
