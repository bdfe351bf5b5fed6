package solo.app.simulation;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import solo.kube.Kinds;
import solo.kube.model.Json;
import solo.kube.model.ObjectKey;
import solo.simulation.Move;
import solo.simulation.Objects;
import solo.simulation.Simulations;
import solo.simulation.Users;
import solo.simulation.World;

/**
 * Races that users of the Go sidecars have reported, each run in some hundred orders of things: watches that lag
 * behind each other, lost answers, crashes. What must hold is in {@link TogetherInvariants}.
 */
class RacesTest {
    private static final int SEEDS = Math.min(300, Integer.getInteger("solo.seeds", 300));
    private static final ObjectKey CLAIM = Objects.key("ns/data");
    private static final ObjectKey POD = Objects.key("ns/pod");

    /**
     * ext-provisioner #1217, #1235, k8s #69697: attacher and provisioner take their finalizers off one volume at the same
     * time.
     */
    @Test
    void a_volume_goes_although_two_controllers_take_their_finalizers_off_at_once() {
        run(RacesTest::claim, RacesTest::pod, RacesTest::endPod, RacesTest::deleteClaim);
    }

    /** ext-provisioner #1217 with a third writer: the volume grows while its finalizers come off. */
    @Test
    void growing_a_volume_on_its_way_out_brings_no_finalizer_back() {
        run(RacesTest::claim, RacesTest::pod, grow("3Gi"), RacesTest::endPod, RacesTest::deleteClaim);
        run(
                RacesTest::claim,
                grow("3Gi"),
                RacesTest::deleteClaim,
                RacesTest::claim,
                grow("5Gi"),
                RacesTest::deleteClaim);
    }

    /** ext-attacher #215, #235: the PersistentVolume is deleted while it is attached, or being attached. */
    @Test
    void a_volume_deleted_under_its_pod_is_detached_before_it_goes() {
        run(RacesTest::claim, RacesTest::pod, RacesTest::deleteVolume, RacesTest::endPod, RacesTest::deleteClaim);
    }

    /** ext-attacher #66: the pod ends and the claim goes while the volume is still being attached. */
    @Test
    void a_claim_goes_although_its_volume_was_never_attached() {
        run(RacesTest::claim, RacesTest::pod, RacesTest::endPod, RacesTest::deleteClaim, RacesTest::deleteVolume);
        run(RacesTest::claim, RacesTest::pod, RacesTest::deleteClaim, RacesTest::deleteVolume, RacesTest::endPod);
    }

    /** ext-attacher #697: what the driver lists as attached is compared while pods come and go on two nodes. */
    @Test
    void a_list_of_the_driver_that_is_already_old_attaches_and_detaches_nothing_that_should_not_be() {
        run(
                RacesTest::claim,
                RacesTest::pod,
                RacesTest::endPod,
                RacesTest::pod,
                RacesTest::endPod,
                RacesTest::pod,
                RacesTest::endPod);
    }

    /** ext-attacher #624: the pod ends before its volume is attached. */
    @Test
    void an_attachment_that_is_deleted_before_it_was_made_leaves_nothing_attached() {
        run(RacesTest::claim, RacesTest::pod, RacesTest::endPod, RacesTest::pod, RacesTest::endPod);
    }

    /** The pod comes back before its volume is detached. */
    @Test
    void a_pod_that_comes_back_while_its_volume_is_detached_gets_it_again() {
        run(RacesTest::claim, RacesTest::pod, RacesTest::endPod, RacesTest::pod);
    }

    /** A claim of the same name is made while the volume of the old one is still attached, or growing. */
    @Test
    void a_claim_made_anew_shares_nothing_with_its_predecessor() {
        run(
                RacesTest::claim,
                RacesTest::pod,
                grow("9Gi"),
                RacesTest::endPod,
                RacesTest::deleteClaim,
                RacesTest::claim,
                RacesTest::pod);
    }

    @SafeVarargs
    private static void run(Consumer<World>... acts) {
        List<Consumer<World>> script = new ArrayList<>();
        for (Consumer<World> act : acts) {
            script.add(act);
        }
        System.out.println(Simulations.run(() -> AllControllers.scenario().users(() -> new Script(script)), 1, SEEDS));
    }

    private static void claim(World world) {
        if (world.server().find(Kinds.CLAIM, CLAIM) == null) {
            world.server().add(Objects.claim("ns/data").storageClass("fast"));
        }
    }

    private static void pod(World world) {
        if (world.server().find(Kinds.POD, POD) == null) {
            world.server().add(Objects.pod("ns/pod", "data"));
        }
    }

    private static void endPod(World world) {
        world.server().remove(Kinds.POD, POD);
    }

    private static void deleteClaim(World world) {
        world.server().remove(Kinds.CLAIM, CLAIM);
    }

    private static void deleteVolume(World world) {
        Json claim = world.object(Kinds.CLAIM, CLAIM);
        world.server()
                .remove(
                        Kinds.VOLUME,
                        ObjectKey.cluster(claim.at("spec", "volumeName").text("none")));
    }

    private static Consumer<World> grow(String size) {
        return world -> {
            Json claim = world.object(Kinds.CLAIM, CLAIM);
            if (claim.at("status", "phase").text("").equals("Bound")) {
                LivingUsers.set(world, CLAIM, size, "spec", "resources", "requests", "storage");
            }
        };
    }

    /** These things, in this order; when is left to the seed. */
    private static final class Script implements Users {
        private final Deque<Consumer<World>> acts;

        Script(List<Consumer<World>> acts) {
            this.acts = new ArrayDeque<>(acts);
        }

        @Override
        public void begin(World world) {
            world.server().add(Objects.storageClass("fast"));
            for (String node : List.of("node-a", "node-b")) {
                world.server().add(Objects.node(node));
                world.server().add(Objects.csiNode(node));
            }
        }

        @Override
        public @Nullable Move next(World world, RandomGenerator random) {
            Consumer<World> act = acts.poll();
            return act == null ? null : new Move("user acts", acts.size() + " left", () -> act.accept(world));
        }

        @Override
        public void leave(World world) {
            endPod(world);
            deleteClaim(world);
        }
    }
}
