package solo.provisioner.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static solo.provisioner.simulation.Script.claims;
import static solo.provisioner.simulation.Script.deletes;
import static solo.provisioner.simulation.Script.restores;

import csi.v1.CreateSnapshotRequest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import solo.csi.CsiException;
import solo.csi.model.Code;
import solo.kube.Kinds;
import solo.kube.model.Json;
import solo.kube.model.ObjectKey;
import solo.provisioner.model.Feature;
import solo.provisioner.model.ProvisionerNames;
import solo.simulation.Chaos;
import solo.simulation.Director;
import solo.simulation.ModelDriver;
import solo.simulation.Objects;
import solo.simulation.Scenario;
import solo.simulation.Simulation;
import solo.simulation.SimulationFailure;
import solo.simulation.Simulations;
import solo.simulation.Users;
import solo.simulation.World;

/**
 * The ways in which the Go provisioner is known to leak, each played through in the simulated world. Each test says what
 * was taken out of the provisioner, once, to see it fail.
 */
class NeverLeakTest {

    private static final ProvisionerScenario WORLD = ProvisionerScenario.EVERYWHERE;
    private static final ObjectKey DATA = Objects.key("ns/data");

    /** Without the notes it leaks: see the next test. */
    @Test
    void issue_486_a_crash_after_create_volume_and_the_claim_goes() {
        for (long seed = 1; seed <= 50; seed++) {
            World world = new Simulation(crashAndDelete(WORLD.scenario(NeverLeakTest::one)), seed)
                    .run()
                    .world();

            assertThat(world.backend().effects()).extracting("what").contains("create-volume", "delete-volume");
            assertThat(world.backend().volumes()).isEmpty();
        }
    }

    /**
     * The protection taken out: without notes, as without leader election, exactly the volume of that claim leaks
     * (docs/decisions/005).
     */
    @Test
    void issue_486_without_notes_that_very_volume_leaks() {
        assertThatThrownBy(() -> new Simulation(crashAndDelete(WORLD.remembering(NeverLeakTest::one)), 1).run())
                .isInstanceOf(SimulationFailure.class)
                .hasMessageContaining("leaked vol-1 of pvc-");
    }

    /** The moment at which nobody but the driver knows of the volume. */
    private static Scenario crashAndDelete(Scenario scenario) {
        return scenario.chaos(Chaos.NONE).director(() -> new Director() {
            private boolean struck;

            @Override
            public void effect(Simulation simulation, String what, int count) {
                if (what.equals("CreateVolume") && !struck) {
                    struck = true;
                    World world = simulation.world();
                    vanish(world);
                    simulation.crash();
                }
            }
        });
    }

    /** Taken out: the view of a claim that is gone ({@code ClaimViews.of} answered null whatever was in background). */
    @Test
    void issue_131_a_claim_is_deleted_while_its_create_volume_times_out() {
        Chaos timeouts = new Chaos(0, 0, 400, 100, 0, 0);

        print(
                "#131",
                () -> WORLD.remembering(List.of(ProvisionerInvariants.SECOND_LIFE), NeverLeakTest::brief)
                        .chaos(timeouts));
    }

    /** Taken out: {@code FreshClaim} from the questions, and the check of past volumes in {@code ClaimMemory.entered}. */
    @Test
    void issue_1469_a_claim_that_only_the_cache_still_shows_gets_no_second_volume() {
        print("#1469, old claims", () -> WORLD.scenario(NeverLeakTest::brief).chaos(Chaos.NONE));
    }

    /** Taken out: all of {@code VolumeAnswer.alreadyExists}, so that a 409 counted as saved. */
    @Test
    void issue_1469_a_conflict_is_a_success_only_for_the_very_same_volume() {
        for (long seed = 1; seed <= 50; seed++) {
            Scenario taken = WORLD.without(List.of(ProvisionerInvariants.BORN_DEAD), NeverLeakTest::one)
                    .chaos(Chaos.NONE)
                    .director(() -> new Director() {
                        private boolean struck;

                        @Override
                        public void effect(Simulation simulation, String what, int count) {
                            if (what.equals("CreateVolume") && !struck) {
                                struck = true;
                                World world = simulation.world();
                                world.server().put(leftover(world));
                                vanish(world);
                            }
                        }
                    });

            World world = new Simulation(taken, seed).run().world();

            assertThat(world.backend().volumes()).isEmpty();
        }
    }

    /** A PersistentVolume of an earlier volume of the claim, which is gone; only the object is still on its way out. */
    private static solo.simulation.VolumeBuilder leftover(World world) {
        Json claim = world.server().object(Kinds.CLAIM, DATA);
        String uid = claim.at("metadata", "uid").text("");
        return Objects.volume("pvc-" + uid)
                .storageClass("fast")
                .claimRef("ns/data", uid)
                .handle("vol-0")
                .provisioned()
                .deleting()
                .phase("Released");
    }

    /** Taken out: {@code SourceProtection.before}. */
    @Test
    void issue_1448_a_snapshot_cannot_go_while_it_is_restored() {
        assertThat(restored(() -> new Script(restores("ns/data", "snap")))).isEqualTo(new Restored(Set.of(), Set.of()));
    }

    /** Hazard 2. Taken out: the look by the claim's uid ({@code ClaimViews.volumes}), so that only the name was looked for. */
    @Test
    void hazard_2_a_volume_that_was_made_under_another_prefix_is_the_claims() {
        for (long seed = 1; seed <= 50; seed++) {
            Scenario renamed = WORLD.scenario(() -> new Script())
                    .chaos(Chaos.NONE)
                    .begin(world -> {
                        world.backend().put("vol-0", "old-u-data", 1L << 30);
                        world.server()
                                .put(Objects.claim("ns/data")
                                        .uid("u-data")
                                        .storageClass("fast")
                                        .provisioner(ModelDriver.NAME));
                        world.server()
                                .put(Objects.volume("old-u-data")
                                        .storageClass("fast")
                                        .claimRef("ns/data", "u-data")
                                        .handle("vol-0")
                                        .provisioned());
                    });

            World world = new Simulation(renamed, seed).run().world();

            assertThat(world.backend().effects()).extracting("what").containsExactly("create-volume", "delete-volume");
        }
    }

    /**
     * Hazard 4, without the sweep, which would hide a finalizer that stays. Taken out, in {@code
     * ProtectedSources}: the look at other claims, then half of the seeds are unprotected; that a claim with a volume waits
     * no more, then it stays under most. The moment of letting go itself is too short for these seeds: {@code SourceTest}.
     */
    @Test
    void hazard_4_a_snapshot_is_let_go_only_with_the_last_restore() {
        assertThat(restored(NeverLeakTest::three)).isEqualTo(new Restored(Set.of(), Set.of()));
    }

    /** As it is where VolumeSnapshots can be listed: whoever lets go, nobody does it too early. */
    @Test
    void hazard_4_the_sweep_does_not_let_go_of_it_earlier() {
        assertThat(restored(NeverLeakTest::three, Feature.SNAPSHOT_RELEASE))
                .isEqualTo(new Restored(Set.of(), Set.of()));
    }

    private static Users three() {
        return new Script(restores("ns/data", "snap"), restores("ns/more", "snap"), restores("ns/most", "snap"));
    }

    /** Seeds under which a volume was made from an unprotected snapshot, and under which the finalizer has stayed. */
    private record Restored(Set<Long> unprotected, Set<Long> stayed) {}

    private static Restored restored(Supplier<Users> users, Feature... more) {
        Restored restored = new Restored(new TreeSet<>(), new TreeSet<>());
        for (long seed = 1; seed <= 300; seed++) {
            long now = seed;
            Scenario restore = WORLD.without(List.of(), users, more)
                    .chaos(Chaos.NONE)
                    .begin(NeverLeakTest::snapshot)
                    .director(() -> (simulation, what, count) -> {
                        if (what.equals("CreateVolume") && !finalizer(simulation.world())) {
                            restored.unprotected().add(now);
                        }
                    });
            if (finalizer(new Simulation(restore, seed).run().world())) {
                restored.stayed().add(seed);
            }
        }
        return restored;
    }

    /** Hazard 12: the library's own default gives up after 15. Taken out: the retry ({@code Retry.onChange()}). */
    @Test
    void hazard_12_a_driver_that_is_away_for_hours_is_asked_until_it_comes_back() {
        Scenario away = WORLD.without(List.of(ProvisionerInvariants.BOUND_IN_TIME), NeverLeakTest::one)
                .chaos(Chaos.NONE)
                .quiet(Duration.ofHours(4))
                .begin(world -> world.driver()
                        .calls()
                        .busyUntil(world.clock().now().plus(Duration.ofHours(3)), Code.UNAVAILABLE));

        World world = new Simulation(away, 1).run().world();

        assertThat(world.backend().effects()).extracting("what").contains("create-volume");
    }

    private static Users one() {
        return new Script(claims("ns/data"));
    }

    /** Claims that do not live long. */
    private static Users brief() {
        return new Script(
                claims("ns/data"),
                deletes("ns/data"),
                claims("ns/more"),
                claims("ns/data"),
                deletes("ns/more"),
                deletes("ns/data"));
    }

    private static void print(String what, Supplier<Scenario> scenario) {
        System.out.println(what + ": " + Simulations.run(scenario, 1, Integer.getInteger("solo.seeds", 1500)));
    }

    private static void snapshot(World world) {
        String handle;
        try {
            world.backend().put("vol-source", "source", 1L << 30);
            handle = world.driver()
                    .controller()
                    .createSnapshot(CreateSnapshotRequest.newBuilder()
                            .setName("snap")
                            .setSourceVolumeId("vol-source")
                            .build())
                    .getSnapshot()
                    .getSnapshotId();
        } catch (CsiException refused) {
            throw new AssertionError(refused);
        }
        world.server().put(Objects.volume("source").handle("vol-source").reclaimPolicy("Retain"));
        world.server()
                .put(Objects.of(Kinds.SNAPSHOT, "ns/snap")
                        .uid("snap-uid")
                        .with("content", "status", "boundVolumeSnapshotContentName")
                        .with(true, "status", "readyToUse")
                        .with("1Gi", "status", "restoreSize"));
        world.server()
                .put(Objects.of(Kinds.SNAPSHOT_CONTENT, "content")
                        .with(ModelDriver.NAME, "spec", "driver")
                        .with(Map.of("namespace", "ns", "name", "snap", "uid", "snap-uid"), "spec", "volumeSnapshotRef")
                        .with(handle, "status", "snapshotHandle"));
    }

    private static boolean finalizer(World world) {
        return world.object(Kinds.SNAPSHOT, Objects.key("ns/snap"))
                .at("metadata", "finalizers")
                .texts()
                .contains(ProvisionerNames.SNAPSHOT_FINALIZER);
    }

    /** The claim goes at once, whatever protects it. */
    private static void vanish(World world) {
        world.server().removeByForce(Kinds.CLAIM, DATA);
    }
}
