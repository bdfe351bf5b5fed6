package solo.healthmonitor;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import solo.csi.model.Code;
import solo.csi.model.ControllerCapability;
import solo.kube.Kinds;
import solo.kube.model.ObjectKey;
import solo.kube.model.Outcome;
import solo.kube.model.PersistentVolume;

/** What the owner of a claim hears of the health of its volume. */
class VolumesTest {

    private static final String SICK =
            "ns/data Warning VolumeConditionAbnormal: Inaccessible (ArrayOffline): array 7 is dark";
    private static final String WELL = "ns/data Normal VolumeConditionNormal: The Volume returns to the healthy state";

    private final HealthWorld world =
            new HealthWorld(ControllerCapability.LIST_VOLUME_HEALTH, ControllerCapability.GET_VOLUME_HEALTH);

    private static HealthWorld asking(ControllerCapability first, ControllerCapability... more) {
        HealthWorld world = new HealthWorld(first, more).bound("data");
        world.driver.sick("handle-data", "array 7 is dark");
        return world;
    }

    @Test
    void trouble_is_told_at_each_look_and_the_end_of_it_once() {
        world.bound("data").bound("other");
        world.driver.well("handle-other");
        world.driver.sick("handle-data", "array 7 is dark");
        world.list();
        world.list();
        world.driver.well("handle-data");
        world.list();
        world.list();
        assertThat(world.told).containsExactly(SICK, SICK, WELL);

        world.driver.sick("handle-data", "array 7 is dark");
        world.list();
        world.driver.well("handle-data");
        world.list();
        assertThat(world.told).containsExactly(SICK, SICK, WELL, SICK, WELL);
    }

    @Test
    void trouble_that_was_told_before_a_restart_ends_for_its_owner_too() {
        world.bound("data");
        world.driver.sick("handle-data", "array 7 is dark");
        world.list();
        world.restart();
        world.driver.well("handle-data");

        world.list();

        assertThat(world.told).containsExactly(SICK, WELL);
    }

    @Test
    void a_volume_that_was_always_well_costs_no_call_and_no_word() {
        world.bound("data");
        world.driver.well("handle-data");

        world.list();

        assertThat(world.told).isEmpty();
        assertThat(world.driver.asked).containsExactly("list");
    }

    @Test
    void a_sick_volume_that_fell_between_two_pages_is_asked_for_alone_and_not_called_well() {
        world.bound("data");
        world.driver.sick("handle-data", "array 7 is dark");
        world.list();
        world.driver.unlisted("handle-data");

        world.list();

        assertThat(world.told).containsExactly(SICK, SICK);
        assertThat(world.driver.asked).containsExactly("list", "list", "get handle-data");
    }

    @Test
    void all_pages_are_read_and_a_token_that_is_no_longer_valid_starts_the_list_again() {
        world.bound("data").bound("other");
        world.driver.sick("handle-data", "array 7 is dark");
        world.driver.sick("handle-other", "array 7 is dark");
        world.driver.failing(Code.ABORTED);

        world.list();

        assertThat(world.told).hasSize(2);
        assertThat(world.driver.asked).containsExactly("list", "list", "list from 1");
    }

    @Test
    void a_list_that_fails_says_nothing_of_any_volume_and_comes_again_in_its_time() {
        world.bound("data");
        world.driver.sick("handle-data", "array 7 is dark");
        world.driver.failing(Code.UNAVAILABLE);

        assertThat(world.list()).isInstanceOf(Outcome.Waiting.class);
        assertThat(world.told).isEmpty();
        assertThat(world.run(HealthMonitor.VOLUMES, VolumeListReconciler.KEY))
                .isEqualTo(Outcome.again(Duration.ofMinutes(5)));
        assertThat(world.driver.asked).containsExactly("list");

        world.list();
        assertThat(world.told).containsExactly(SICK);
    }

    @Test
    void a_volume_that_is_another_drivers_or_unbound_or_on_its_way_out_is_nobodys_news() {
        for (String name : new String[] {"theirs", "free", "leaving"}) {
            world.bound(name);
            world.driver.sick("handle-" + name, "array 7 is dark");
        }
        world.with(
                solo.simulation.Objects.volume("pv-theirs")
                        .driver("theirs.example.org")
                        .handle("handle-theirs")
                        .claimRef("ns/theirs", "uid-theirs")
                        .phase("Bound"),
                solo.simulation.Objects.volume("pv-free")
                        .handle("handle-free")
                        .claimRef("ns/free", "uid-free")
                        .phase("Released"),
                solo.simulation.Objects.volume("pv-leaving")
                        .handle("handle-leaving")
                        .claimRef("ns/leaving", "uid-leaving")
                        .finalizer("a")
                        .deleting()
                        .phase("Bound"));

        world.list();

        assertThat(world.told).isEmpty();
        assertThat(world.driver.asked).isEmpty();
    }

    @Test
    void a_claim_that_only_has_the_name_of_the_one_bound_is_not_told() {
        world.bound("data").with(solo.simulation.Objects.claim("ns/data").uid("another"));
        world.driver.sick("handle-data", "array 7 is dark");

        world.list();

        assertThat(world.told).isEmpty();
    }

    @Test
    void without_a_list_each_volume_is_asked_for_in_its_own_time() {
        HealthWorld one = asking(ControllerCapability.GET_VOLUME_HEALTH);

        assertThat(one.volume("data")).isEqualTo(Outcome.again(Duration.ofMinutes(5)));
        one.driver.well("handle-data");
        one.volume("data");

        assertThat(one.told).containsExactly(SICK, WELL);
        assertThat(one.driver.asked).containsExactly("get handle-data", "get handle-data");
    }

    @Test
    void a_bound_volume_that_the_driver_does_not_know_is_trouble_and_not_an_unanswered_question() {
        HealthWorld one = new HealthWorld(ControllerCapability.GET_VOLUME_HEALTH).bound("data");

        one.volume("data");

        assertThat(one.told)
                .containsExactly("ns/data Warning VolumeConditionAbnormal: DataLoss (VolumeNotFound):"
                        + " the driver does not know the volume handle-data");
    }

    @Test
    void an_answer_that_does_not_come_is_no_news() {
        HealthWorld one = asking(ControllerCapability.GET_VOLUME_HEALTH);
        one.driver.failing(Code.DEADLINE_EXCEEDED);

        assertThat(one.volume("data")).isInstanceOf(Outcome.Waiting.class);

        assertThat(one.told).isEmpty();
    }

    @Test
    void a_driver_of_csi_1_12_is_asked_by_its_list_and_quoted_word_for_word() {
        HealthWorld old = asking(ControllerCapability.VOLUME_CONDITION, ControllerCapability.LIST_VOLUMES);
        old.list();
        old.driver.unlisted("handle-data");
        old.list();

        assertThat(old.told)
                .as("a volume that is missing in the list is not called well")
                .containsExactly("ns/data Warning VolumeConditionAbnormal: array 7 is dark");
    }

    @Test
    void a_driver_of_csi_1_12_that_says_nothing_of_a_volume_calls_it_well() {
        HealthWorld old = asking(ControllerCapability.VOLUME_CONDITION, ControllerCapability.LIST_VOLUMES);
        old.list();
        old.driver.well("handle-data");
        old.list();

        assertThat(old.told).endsWith(WELL).hasSize(2);
    }

    @Test
    void a_driver_of_csi_1_12_without_list_is_asked_for_each_volume() {
        HealthWorld old = asking(ControllerCapability.VOLUME_CONDITION, ControllerCapability.GET_VOLUME);
        old.volume("data");
        old.driver.well("handle-data");
        old.volume("data");

        assertThat(old.told).containsExactly("ns/data Warning VolumeConditionAbnormal: array 7 is dark", WELL);
    }

    @Test
    void a_driver_that_knows_nothing_of_health_ends_nothing() {
        assertThat(new HealthWorld(ControllerCapability.LIST_VOLUMES).names()).containsExactly(HealthMonitor.NODES);
    }

    @Test
    void a_volume_that_is_bound_again_is_looked_at_again() {
        HealthWorld one = asking(ControllerCapability.GET_VOLUME_HEALTH);
        ObjectKey key = ObjectKey.cluster("pv-data");
        PersistentVolume bound = volume(one);
        one.with(solo.simulation.Objects.volume("pv-data").phase("Released"));
        PersistentVolume released = volume(one);

        assertThat(one.volume("data")).isEqualTo(Outcome.done());
        assertThat(one.woken(released, bound)).containsExactly(key);
        assertThat(one.woken(bound, bound)).isEmpty();
        assertThat(one.woken(bound, released)).isEmpty();
    }

    private static PersistentVolume volume(HealthWorld world) {
        return Objects.requireNonNull(world.cluster.store(Kinds.VOLUME).get(ObjectKey.cluster("pv-data")));
    }
}
