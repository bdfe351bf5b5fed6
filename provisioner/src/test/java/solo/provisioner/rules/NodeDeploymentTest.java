package solo.provisioner.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import solo.csi.model.Topology;
import solo.csi.model.TopologyRequirement;
import solo.kube.model.PersistentVolume;
import solo.kube.model.Retry;
import solo.provisioner.model.ClaimHistory;
import solo.provisioner.model.ClaimHistory.PastVolume;
import solo.provisioner.model.ClaimHistory.Race;
import solo.provisioner.model.Fact;
import solo.provisioner.model.Facts;
import solo.provisioner.model.NodeDeployment.Immediate;
import solo.provisioner.model.NotYet.NoRoomHere;
import solo.provisioner.model.NotYet.Taken;
import solo.provisioner.model.NotYet.WaitingToTake;
import solo.provisioner.model.NothingToDo.OtherNode;
import solo.provisioner.model.ProvisioningAnswer.Took;
import solo.provisioner.model.ProvisioningEffect.CheckRoom;
import solo.provisioner.model.ProvisioningEffect.CreateVolume;
import solo.provisioner.model.ProvisioningEffect.TakeClaim;
import solo.simulation.VolumeBuilder;

/** One provisioner on each node: which claims and volumes are its own, and how a claim gets its node; inventory §13. */
class NodeDeploymentTest {

    private final Situation situation = new Situation().topology().onNode("n1", Map.of("node", "n1"));

    @Test
    void a_claim_for_this_node_is_provisioned_here() {
        situation.claim().selectedNode("n1");

        TopologyRequirement requirement =
                Objects.requireNonNull(situation.request().requirement());
        assertThat(requirement.requisite()).containsExactly(Topology.of(Map.of("node", "n1")));
    }

    @Test
    void a_claim_for_another_node_is_left_without_a_word() {
        situation.claim().selectedNode("n2");

        assertThat(situation.refusal()).isEqualTo(new OtherNode("n2"));
        assertThat(situation.refusal().event()).isNull();
    }

    @Test
    void a_late_binding_claim_waits_for_the_scheduler() {
        situation.storageClass().waitForFirstConsumer();

        assertThat(situation.refusal()).isEqualTo(new OtherNode(""));
    }

    @Test
    void an_immediate_claim_is_waited_for_first() {
        assertThat(situation.refusal()).isInstanceOfSatisfying(WaitingToTake.class, reason -> {
            assertThat(reason.remaining()).isBetween(Duration.ZERO, Duration.ofSeconds(20));
            assertThat(reason.retry()).isEqualTo(Retry.after(reason.remaining()));
        });
    }

    @Test
    void immediate_claims_can_be_left_to_others() {
        situation.onNode("n1", Map.of("node", "n1"), Immediate.LEFT);

        assertThat(situation.refusal()).isEqualTo(new OtherNode(""));
    }

    @Test
    void a_class_without_a_binding_mode_is_not_taken() {
        situation.storageClass().without("volumeBindingMode");

        assertThat(situation.refusal()).isEqualTo(new OtherNode(""));
    }

    @Test
    void a_class_that_does_not_allow_this_place_is_not_taken() {
        situation.storageClass().allowed("node", "n2");
        assertThat(situation.refusal()).isEqualTo(new OtherNode(""));

        situation.storageClass().allowed("node", "n1", "n2");
        assertThat(situation.refusal()).isInstanceOf(WaitingToTake.class);
    }

    @Test
    void nodes_wait_for_different_times_and_longer_after_each_race_that_is_lost() {
        Set<Duration> delays = new HashSet<>();
        for (int node = 0; node < 50; node++) {
            situation.onNode("node-" + node, Map.of("node", "node-" + node));
            delays.add(delay(0));
        }
        assertThat(delays).hasSizeGreaterThan(45);
        assertThat(delay(1)).isBetween(Duration.ofSeconds(20), Duration.ofSeconds(40));
        assertThat(delay(2)).isBetween(Duration.ofSeconds(40), Duration.ofSeconds(60));
        assertThat(delay(20)).isBetween(Duration.ofSeconds(40), Duration.ofSeconds(60));
    }

    @Test
    void when_the_time_has_come_the_driver_is_asked_for_room_and_then_the_claim_is_taken() {
        due();
        assertThat(situation.effects())
                .singleElement()
                .isInstanceOfSatisfying(
                        CheckRoom.class,
                        check -> assertThat(check.request().requiredBytes()).isEqualTo(1L << 30));

        room(new Fact.Known<>(true));
        assertThat(situation.effects()).containsExactly(new TakeClaim("n1"));

        room(new Fact.Known<>(false));
        assertThat(situation.refusal()).isEqualTo(new NoRoomHere("n1"));
        assertThat(situation.refusal().event()).isNull();
    }

    @Test
    void a_claim_that_asks_for_nothing_needs_no_room() {
        situation.claim().size("0");
        due();

        assertThat(situation.effects()).containsExactly(new TakeClaim("n1"));
    }

    @Test
    void a_claim_with_a_mistake_is_taken_so_that_its_owner_hears_of_it_from_one_node() {
        situation.parameter("csi.storage.k8s.io/typo", "x");
        due();
        assertThat(situation.effects()).containsExactly(new TakeClaim("n1"));

        situation.storageClass().without("parameters");
        room(new Fact.Unreadable<>("rpc error"));
        assertThat(situation.effects()).containsExactly(new TakeClaim("n1"));
    }

    @Test
    void nothing_is_ever_made_before_the_claim_is_taken() {
        due();
        room(new Fact.Known<>(true));

        assertThat(situation.effects()).noneMatch(CreateVolume.class::isInstance);
    }

    @Test
    void a_claim_that_is_taken_starts_the_work_by_its_change_and_one_that_is_lost_is_raced_for_again() {
        assertThat(situation.answered(new Took("n1", null)).refusal()).isEqualTo(new Taken("n1", null));
        assertThat(situation.refusal().retry()).isEqualTo(Retry.onChange());

        assertThat(situation.answered(new Took("n1", "conflict")).refusal().retry())
                .isEqualTo(Retry.after(Duration.ZERO));
    }

    @ParameterizedTest
    @CsvSource({
        "node, n1, true",
        "node, n2, false",
        "zone, a,  false",
        "'',   '', true",
    })
    void a_volume_is_deleted_by_its_own_node_and_one_that_is_tied_to_none_by_any(
            String label, String value, boolean here) {
        VolumeBuilder volume = solo.simulation.Objects.volume("pv");
        if (!label.isEmpty()) {
            volume.onNodesWith(label, value);
        }
        PersistentVolume pv = PersistentVolume.of(Situation.json(volume));

        assertThat(OwnNode.holds(pv, situation.options())).isEqualTo(here);
        assertThat(OwnNode.holds(pv, new Situation().onNode("n1", Map.of()).options()))
                .as("no place is reported")
                .isTrue();
        assertThat(OwnNode.holds(pv, new Situation().options()))
                .as("one for all")
                .isTrue();
    }

    private void due() {
        situation.history(new ClaimHistory(null, null, null, PastVolume.NONE, new Race(0, Duration.ZERO)));
    }

    private void room(Fact<Boolean> room) {
        situation.facts(Facts.NONE.withRoom(room));
    }

    private Duration delay(int lost) {
        situation.history(new ClaimHistory(null, null, null, PastVolume.NONE, new Race(lost, null)));
        return switch (situation.refusal()) {
            case WaitingToTake(var node, var remaining) -> remaining;
            default -> throw new AssertionError(situation.refusal());
        };
    }
}
