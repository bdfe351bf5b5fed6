package solo.healthmonitor;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import solo.csi.model.Code;
import solo.csi.model.ControllerCapability;
import solo.kube.model.Outcome;

/** CSI 1.13's node health calls, of a driver whose node half is in this process. */
class NodeHalfTest {

    private static final String CUT_OFF =
            "ns/data Warning VolumeConditionAbnormal: Inaccessible (PathsDown): as its node sees it, 2 of 2 paths are"
                    + " down";
    private static final String WELL = "ns/data Normal VolumeConditionNormal: The Volume returns to the healthy state";

    private final HealthWorld world = new HealthWorld(
                    ControllerCapability.LIST_VOLUME_HEALTH, ControllerCapability.GET_VOLUME_HEALTH)
            .withNodeHalf()
            .bound("data");

    NodeHalfTest() {
        world.driver.well("handle-data");
    }

    @Test
    void trouble_that_only_the_node_sees_is_told_and_so_is_its_end() {
        world.driver.onNode("handle-data", "2 of 2 paths are down");
        world.list();
        world.list();
        world.driver.onNode("handle-data", "");
        world.list();

        assertThat(world.told).containsExactly(CUT_OFF, CUT_OFF, WELL);
    }

    @Test
    void without_a_list_the_node_is_asked_too() {
        HealthWorld one = new HealthWorld(ControllerCapability.GET_VOLUME_HEALTH)
                .withNodeHalf()
                .bound("data");
        one.driver.well("handle-data");
        one.driver.onNode("handle-data", "2 of 2 paths are down");

        one.volume("data");

        assertThat(one.told).containsExactly(CUT_OFF);
    }

    @Test
    void both_halves_are_told_in_one_event() {
        world.driver.sick("handle-data", "array 7 is dark");
        world.driver.onNode("handle-data", "2 of 2 paths are down");

        world.list();

        assertThat(world.told)
                .containsExactly(
                        "ns/data Warning VolumeConditionAbnormal: Inaccessible (ArrayOffline): array 7 is dark;"
                                + " Inaccessible (PathsDown): as its node sees it, 2 of 2 paths are down");
    }

    @Test
    void storage_that_its_node_cannot_reach_is_told_to_the_owners_of_its_volumes() {
        world.bound("elsewhere");
        world.driver.well("handle-elsewhere");
        world.driver.onNode("handle-data", "");
        world.driver.storageGone("the array does not answer");

        world.list();

        assertThat(world.told)
                .containsExactly("ns/data Warning VolumeConditionAbnormal: Inaccessible (NoRoute): as its node sees it,"
                        + " the array does not answer");
    }

    @Test
    void a_volume_of_another_node_is_no_news() {
        world.list();
        assertThat(world.told).isEmpty();
    }

    @Test
    void a_node_half_that_does_not_answer_ends_no_trouble_and_hides_none() {
        world.driver.onNode("handle-data", "2 of 2 paths are down");
        world.list();
        world.driver.nodeFailing(Code.UNAVAILABLE);
        assertThat(world.list()).isInstanceOf(Outcome.Waiting.class);
        assertThat(world.told).containsExactly(CUT_OFF);

        world.driver.sick("handle-data", "array 7 is dark");
        world.driver.nodeFailing(Code.UNAVAILABLE);
        world.list();
        assertThat(world.told).hasSize(2).last().asString().endsWith("(ArrayOffline): array 7 is dark");
    }
}
