package solo.resizer.simulation;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import solo.kube.Backoff;
import solo.kube.Controller;
import solo.resizer.Ports;
import solo.resizer.Resizer;
import solo.resizer.ResizerOptions;
import solo.resizer.ResizerOptions.AttributesClasses;
import solo.resizer.ResizerOptions.VolumesInUse;
import solo.resizer.csi.VolumeChanges;
import solo.resizer.model.ResizingDriver;
import solo.resizer.model.ResizingDriver.Metadata;
import solo.resizer.model.ResizingDriver.PreResizeNote;
import solo.simulation.Chaos;
import solo.simulation.Kubelet;
import solo.simulation.ModelDriver;
import solo.simulation.Scenario;
import solo.simulation.Seeds;
import solo.simulation.SimulatedPorts;
import solo.simulation.Simulations;
import solo.simulation.TwoLeaders;
import solo.simulation.VirtualClock;

/**
 * The resizer under every order of things that a seed can name. {@code -Dsolo.seeds=N} runs more of them, {@code
 * -Dsolo.seed=N} only that one, and shows its steps.
 */
class ResizerSeedsTest {
    @Test
    void no_seed_breaks_a_rule() {
        Seeds.run("resizer, faults and crashes", 8_000, () -> scenario(20));
    }

    @Test
    void no_seed_breaks_a_rule_where_two_lead_at_once() {
        TwoLeaders.run("resizer", 2_000, () -> scenario(20), ResizingInvariants.LATE);
    }

    @Test
    void growing_and_changing_survive_a_crash_after_each_of_their_effects() {
        for (long seed = 1; seed <= 5; seed++) {
            System.out.println("resizer, a crash after each effect: "
                    + Simulations.crashAfterEachEffect(
                            () -> scenario(8).chaos(Chaos.NONE).steps(200), seed));
        }
    }

    private static Scenario scenario(int wishes) {
        return Scenario.of(ResizerSeedsTest::resizer)
                .with(Kubelet::new)
                .users(() -> new GrowingUsers(wishes))
                .invariants(ResizingInvariants.all());
    }

    private static List<Controller> resizer(SimulatedPorts ports) {
        return Resizer.of(
                new ResizingDriver(
                        ModelDriver.NAME,
                        new ModelDriver(new VirtualClock()).capabilities(),
                        Duration.ofMinutes(5),
                        PreResizeNote.ALWAYS,
                        Metadata.LEFT_OUT),
                new VolumeChanges(ports.driver(), ports.driver()),
                new Ports(ports.cluster(), ports.writes(), ports.events(), ports.clock()),
                new ResizerOptions(3, Backoff.DEFAULT, VolumesInUse.HANDLED, AttributesClasses.SERVED));
    }
}
