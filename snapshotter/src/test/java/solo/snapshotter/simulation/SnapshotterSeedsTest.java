package solo.snapshotter.simulation;

import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import solo.csi.Driver;
import solo.csi.InProcessCalls;
import solo.csi.RpcDriver;
import solo.kube.Controller;
import solo.simulation.Chaos;
import solo.simulation.ControllerFactory;
import solo.simulation.GarbageCollector;
import solo.simulation.GroupInvariants;
import solo.simulation.ModelDriver;
import solo.simulation.Scenario;
import solo.simulation.Seeds;
import solo.simulation.SimulatedPorts;
import solo.simulation.Simulations;
import solo.simulation.SnapshotInvariants;
import solo.simulation.TwoLeaders;
import solo.snapshotter.GroupSnapshotter;
import solo.snapshotter.Ports;
import solo.snapshotter.SnapshotController;
import solo.snapshotter.Snapshotter;
import solo.snapshotter.Snapshotter.OtherHalf;
import solo.snapshotter.SnapshotterOptions;
import solo.snapshotter.model.GroupingDriver;
import solo.snapshotter.model.SnapshotNaming;
import solo.snapshotter.model.SnapshotSettings;
import solo.snapshotter.model.SnapshotSettings.Distribution;
import solo.snapshotter.model.SnapshotSettings.Groups;
import solo.snapshotter.model.SnapshotSettings.VolumeMode;
import solo.snapshotter.model.SnapshottingDriver;
import solo.snapshotter.model.SnapshottingDriver.Listing;
import solo.snapshotter.model.SnapshottingDriver.Metadata;

/**
 * Both halves of the snapshotter under every order of things that a seed can name: joined in one process, and as they
 * are when the other half is another process. {@code -Dsolo.seeds=N} runs more of them, {@code -Dsolo.seed=N} only that
 * one, and shows its steps.
 */
class SnapshotterSeedsTest {
    private static final SnapshotterOptions OPTIONS = new SnapshotterOptions(3, SnapshotterOptions.DEFAULT.backoff());

    @Test
    void no_seed_breaks_a_rule_when_both_halves_are_one_process() {
        Seeds.run("snapshotter, joined, faults and crashes", () -> scenario(20, OtherHalf.HERE));
    }

    @Test
    void no_seed_breaks_a_rule_when_each_half_knows_only_what_stands_in_the_cluster() {
        Seeds.run("snapshotter, apart, faults and crashes", () -> scenario(20, OtherHalf.ELSEWHERE));
    }

    /** Each process that takes over is of the other sort: what one began, the other ends. */
    @Test
    void no_seed_breaks_a_rule_when_joined_and_separate_halves_take_turns() {
        Seeds.run("snapshotter, in turns, faults and crashes", 8_000, () -> inTurns(20));
    }

    /** The old leader and the new one are of either sort. */
    @Test
    void no_seed_breaks_a_rule_where_two_lead_at_once() {
        TwoLeaders.run("snapshotter, in turns", 2_000, () -> inTurns(20), Set.of(SnapshotInvariants.ACCOUNTED_FOR));
    }

    @Test
    void no_seed_breaks_a_rule_where_two_lead_at_once_and_take_groups() {
        TwoLeaders.run(
                "groups, in turns",
                2_000,
                () -> groups(14, turns()),
                Set.of(SnapshotInvariants.ACCOUNTED_FOR, GroupInvariants.ACCOUNTED_FOR));
    }

    @Test
    void a_snapshot_survives_a_take_over_by_the_other_sort_after_each_effect() {
        for (long seed = 1; seed <= 10; seed++) {
            System.out.println("snapshotter, a take-over after each effect: "
                    + Simulations.crashAfterEachEffect(
                            () -> inTurns(8).chaos(Chaos.NONE).steps(200), seed));
        }
    }

    private static Scenario inTurns(int wishes) {
        return scenario(wishes, turns());
    }

    @Test
    void a_snapshot_survives_a_crash_after_each_effect() {
        for (OtherHalf other : OtherHalf.values()) {
            for (long seed = 1; seed <= 5; seed++) {
                System.out.println("snapshotter " + other + ", a crash after each effect: "
                        + Simulations.crashAfterEachEffect(
                                () -> scenario(8, other).chaos(Chaos.NONE).steps(200), seed));
            }
        }
    }

    @Test
    void no_seed_breaks_a_rule_where_groups_are_taken_by_one_process() {
        Seeds.run("groups, joined, faults and crashes", () -> groups(14, ports -> controllers(ports, OtherHalf.HERE)));
    }

    @Test
    void no_seed_breaks_a_rule_where_groups_are_taken_and_each_half_knows_only_what_stands_in_the_cluster() {
        Seeds.run(
                "groups, apart, faults and crashes",
                () -> groups(14, ports -> controllers(ports, OtherHalf.ELSEWHERE)));
    }

    @Test
    void no_seed_breaks_a_rule_where_groups_are_taken_in_turns() {
        Seeds.run("groups, in turns, faults and crashes", 8_000, () -> groups(14, turns()));
    }

    @Test
    void no_seed_breaks_a_rule_where_single_snapshots_and_groups_are_taken() {
        Seeds.run(
                "snapshots and groups, in turns, faults and crashes",
                () -> groups(10, turns()).users(() -> new SnapshotUsers(10)));
    }

    @Test
    void a_group_survives_a_crash_and_a_take_over_by_the_other_sort_after_each_effect() {
        for (long seed = 1; seed <= 10; seed++) {
            System.out.println("groups, a take-over after each effect: "
                    + Simulations.crashAfterEachEffect(
                            () -> groups(6, turns()).chaos(Chaos.NONE).steps(200), seed));
        }
        for (OtherHalf other : OtherHalf.values()) {
            for (long seed = 1; seed <= 5; seed++) {
                System.out.println("groups " + other + ", a crash after each effect: "
                        + Simulations.crashAfterEachEffect(
                                () -> groups(6, ports -> controllers(ports, other))
                                        .chaos(Chaos.NONE)
                                        .steps(200),
                                seed));
            }
        }
    }

    /** No node calls the driver for what another one has: {@link CallsOfOneNode}. */
    @Test
    void no_seed_breaks_a_rule_where_each_node_takes_the_snapshots_and_groups_of_its_own_volumes() {
        Seeds.run("snapshots and groups, a half on each node, faults and crashes", () -> onNodes(10));
    }

    @Test
    void a_snapshot_and_a_group_survive_a_crash_after_each_effect_on_the_nodes() {
        for (long seed = 1; seed <= 5; seed++) {
            System.out.println("snapshots and groups on nodes, a crash after each effect: "
                    + Simulations.crashAfterEachEffect(
                            () -> onNodes(6).chaos(Chaos.NONE).steps(200), seed));
        }
    }

    private static Scenario onNodes(int wishes) {
        Map<String, String> nodes = new HashMap<>(VolumesOnNodes.VOLUMES);
        return groups(wishes, ports -> onNodes(ports, nodes))
                .users(() -> new SnapshotUsers(wishes))
                .users(VolumesOnNodes::new);
    }

    private static Scenario groups(int wishes, ControllerFactory process) {
        return Scenario.of(process)
                .withKubernetes()
                .with(GarbageCollector::new)
                .users(() -> new GroupUsers(wishes))
                .invariants(SnapshotInvariants.all())
                .invariants(GroupInvariants.all());
    }

    private static ControllerFactory turns() {
        AtomicInteger turn = new AtomicInteger();
        return ports -> controllers(ports, turn.getAndIncrement() % 2 == 0 ? OtherHalf.HERE : OtherHalf.ELSEWHERE);
    }

    private static Scenario scenario(int wishes, OtherHalf other) {
        return scenario(wishes, ports -> controllers(ports, other));
    }

    private static Scenario scenario(int wishes, ControllerFactory process) {
        return Scenario.of(process)
                .withKubernetes()
                .users(() -> new SnapshotUsers(wishes))
                .invariants(SnapshotInvariants.all());
    }

    private static List<Controller> controllers(SimulatedPorts simulated, OtherHalf other) {
        Ports ports = ports(simulated);
        List<Controller> controllers = new ArrayList<>(ofDriver(simulated.driver(), ports, other, ""));
        controllers.addAll(ofCluster(ports, other == OtherHalf.HERE ? ModelDriver.NAME : "", Distribution.CENTRAL));
        return controllers;
    }

    private static List<Controller> onNodes(SimulatedPorts simulated, Map<String, String> nodes) {
        Ports ports = ports(simulated);
        List<Controller> controllers = new ArrayList<>(ofCluster(ports, "", Distribution.BY_NODE));
        for (String node : VolumesOnNodes.NODES) {
            Driver there = new RpcDriver(new CallsOfOneNode(new InProcessCalls(simulated.driver()), node, nodes));
            controllers.addAll(ofDriver(there, ports, OtherHalf.ELSEWHERE, node));
        }
        return controllers;
    }

    private static Ports ports(SimulatedPorts simulated) {
        return new Ports(simulated.cluster(), simulated.writes(), simulated.events(), simulated.clock());
    }

    private static List<Controller> ofDriver(Driver calls, Ports ports, OtherHalf other, String node) {
        SnapshottingDriver driver = new SnapshottingDriver(
                ModelDriver.NAME, Listing.POSSIBLE, SnapshotNaming.DEFAULT, Metadata.LEFT_OUT, node);
        List<Controller> controllers = new ArrayList<>(Snapshotter.of(driver, calls, ports, other, OPTIONS));
        controllers.addAll(
                GroupSnapshotter.of(new GroupingDriver(driver, SnapshotNaming.OF_GROUPS), calls, ports, OPTIONS));
        return controllers;
    }

    private static List<Controller> ofCluster(Ports ports, String ownDriver, Distribution distribution) {
        return SnapshotController.of(
                new SnapshotSettings(ownDriver, VolumeMode.NOTED, distribution, Groups.SERVED),
                ports,
                OPTIONS,
                new PrometheusRegistry());
    }
}
