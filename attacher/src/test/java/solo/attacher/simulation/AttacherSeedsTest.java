package solo.attacher.simulation;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import solo.attacher.Attacher;
import solo.attacher.AttacherOptions;
import solo.attacher.Ports;
import solo.attacher.model.AttachingDriver;
import solo.attacher.model.AttachingDriver.ErrorCodes;
import solo.kube.ApiException;
import solo.kube.Backoff;
import solo.kube.Controller;
import solo.kube.Kinds;
import solo.kube.model.ObjectKey;
import solo.kube.model.Patch;
import solo.simulation.Chaos;
import solo.simulation.ModelDriver;
import solo.simulation.Scenario;
import solo.simulation.Seeds;
import solo.simulation.SimulatedPorts;
import solo.simulation.Simulations;
import solo.simulation.TwoLeaders;
import solo.simulation.VirtualClock;

/**
 * The attacher under every order of things that a seed can name. {@code -Dsolo.seeds=N} runs more of them, {@code
 * -Dsolo.seed=N} only that one, and shows its steps.
 */
class AttacherSeedsTest {
    @Test
    void no_seed_breaks_a_rule() {
        Seeds.run("attacher, faults and crashes", 8_000, () -> scenario(20));
    }

    @Test
    void no_seed_breaks_a_rule_where_two_lead_at_once() {
        TwoLeaders.run("attacher", 2_000, () -> scenario(20), AttachingInvariants.LATE);
    }

    @Test
    void attaching_survives_a_crash_after_each_of_its_effects() {
        for (long seed = 1; seed <= 5; seed++) {
            System.out.println("attacher, a crash after each effect: "
                    + Simulations.crashAfterEachEffect(
                            () -> scenario(8).chaos(Chaos.NONE).steps(200), seed));
        }
    }

    private static Scenario scenario(int wishes) {
        return Scenario.of(AttacherSeedsTest::attacher)
                .withKubernetes()
                .users(() -> new PodUsers(wishes))
                .invariants(AttachingInvariants.all());
    }

    private static List<Controller> attacher(SimulatedPorts ports) {
        AttachingDriver driver = new AttachingDriver(
                ModelDriver.NAME, new ModelDriver(new VirtualClock()).capabilities(), "", ErrorCodes.RECORDED);
        Attacher attacher = Attacher.of(
                driver,
                ports.driver(),
                new Ports(ports.cluster(), ports.writes(), ports.clock()),
                new AttacherOptions(3, Backoff.DEFAULT, Duration.ofMinutes(1), 2));
        attacher.disputes().onDispute(key -> retryNow(ports, key));
        return attacher.controllers();
    }

    // The simulated queue takes keys from watches only, so a dispute goes the way of a person who says "now".
    private static void retryNow(SimulatedPorts ports, ObjectKey key) {
        try {
            var _ = ports.writes()
                    .patch(
                            Kinds.ATTACHMENT,
                            key,
                            Patch.merge(Map.of(
                                    "metadata",
                                    Map.of(
                                            "annotations",
                                            Map.of(
                                                    "solo.csi/retry-now",
                                                    ports.clock().now().toString())))));
        } catch (ApiException refused) {
            // The next list disputes it again.
        }
    }
}
