package solo.app.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import solo.csi.model.Code;
import solo.kube.Kinds;
import solo.simulation.Chaos;
import solo.simulation.Invariant;
import solo.simulation.Objects;
import solo.simulation.Simulation;
import solo.simulation.World;

/** A backend that was away for an hour finds everything that waits for it at work within seconds (longhorn #13335). */
class BackendReturnsTest {
    private static final Duration AWAY = Duration.ofHours(1);
    private static final Duration NOTICED = Duration.ofSeconds(30);
    private static final int EACH = 4;

    @Test
    void provisioning_attaching_and_growing_go_on_within_seconds_of_the_backend_s_return() {
        for (long seed = 1; seed <= 20; seed++) {
            List<Duration> returned = new ArrayList<>();
            new Simulation(
                            AllControllers.scenario()
                                    .begin(BackendReturnsTest::begin)
                                    .invariant(() -> Invariant.always("all goes on soon", world -> {
                                        Duration since = world.clock().sinceStart();
                                        if (returned.isEmpty() && settled(world)) {
                                            returned.add(since);
                                        }
                                        return null;
                                    }))
                                    .chaos(Chaos.NONE)
                                    .quiet(AWAY.multipliedBy(2)),
                            seed)
                    .run();

            assertThat(returned)
                    .as("seed %d", seed)
                    .singleElement()
                    .satisfies(time -> assertThat(time).isBetween(AWAY, AWAY.plus(NOTICED)));
        }
    }

    /** Claims to make volumes for, volumes to attach, volumes to grow; and nobody answers. */
    private static void begin(World world) {
        world.server().add(Objects.storageClass("fast"));
        world.server().add(Objects.node("node-a"));
        world.server().add(Objects.csiNode("node-a"));
        for (int i = 0; i < EACH; i++) {
            world.server().add(Objects.claim("ns/new-" + i).storageClass("fast"));
            there(world, "used-" + i, "1Gi");
            world.server().put(Objects.pod("ns/pod-" + i, "used-" + i).with("node-a", "spec", "nodeName"));
            there(world, "small-" + i, "5Gi");
        }
        world.driver().calls().busyUntil(world.clock().now().plus(AWAY), Code.UNAVAILABLE);
    }

    private static void there(World world, String claim, String wants) {
        world.backend().put("vol-" + claim, "vol-" + claim, 1L << 30);
        world.server()
                .put(Objects.volume("pv-" + claim)
                        .handle("vol-" + claim)
                        .claimRef("ns/" + claim, "uid-" + claim)
                        .phase("Bound"));
        world.server()
                .put(Objects.claim("ns/" + claim)
                        .uid("uid-" + claim)
                        .storageClass("fast")
                        .size(wants)
                        .capacity("1Gi")
                        .boundTo("pv-" + claim));
    }

    private static boolean settled(World world) {
        return world.server().objects(Kinds.VOLUME).size() == 3 * EACH
                && world.server().objects(Kinds.ATTACHMENT).stream()
                                .filter(one -> one.at("status", "attached").flag(false))
                                .count()
                        == EACH
                && world.server().objects(Kinds.CLAIM).stream()
                        .filter(claim -> claim.at("metadata", "name").text("").startsWith("small"))
                        .allMatch(claim -> Sizes.has(claim) == 5L << 30);
    }
}
