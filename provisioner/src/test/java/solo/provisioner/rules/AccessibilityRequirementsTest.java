package solo.provisioner.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import solo.csi.model.Topology;
import solo.csi.model.TopologyRequirement;
import solo.kube.model.StorageClass;
import solo.provisioner.model.ClaimHistory;
import solo.provisioner.model.ClaimHistory.InBackground;
import solo.provisioner.model.ClaimHistory.InBackground.Request;
import solo.provisioner.model.ClaimHistory.PastVolume;
import solo.provisioner.model.Feature;
import solo.provisioner.model.ProvisioningReason;
import solo.provisioner.model.ProvisioningView;
import solo.provisioner.model.Unprepared.NoTopology;
import solo.provisioner.model.Unprepared.SelectedNodeGone;

/** Which places the driver is told of; tables of inventory §10 and of release 6.4. */
class AccessibilityRequirementsTest {

    private final Situation situation = new Situation().topology();

    /** {@code name:labels[keys]}, a node whose registration lists the keys; {@code [-]} for none, nothing for no CSINode. */
    private void cluster(String nodes) {
        int number = 0;
        for (String node : nodes.split("; ", -1)) {
            String labels =
                    node.contains("[") ? node.substring(0, node.indexOf('[')).strip() : node;
            String keys = node.contains("[") ? node.substring(node.indexOf('[') + 1, node.indexOf(']')) : "";
            String name = "n" + ++number;
            switch (keys) {
                case "" -> situation.node(name, segments(labels));
                case "-" -> situation.nodeWithoutKeys(name, segments(labels));
                default -> situation.node(name, segments(labels), keys.split(",", -1));
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "z=1 [z]; z=1,k=A [z,k]; z=1,k=A [z,k]                 | z=1 / k=A,z=1",
                "r=east [r]; r=west,z=1 [r,z]; r=west,z=2 [r,z]        | r=east / r=west / r=west,z=1 / r=west,z=2",
                "r=east [r]; z=1 [z]                                   | r=east / z=1",
                "r=east,z=1 [r]; r=west,z=2 [z]                        | r=east / z=2",
                "r=east [r]; z=1 [z]; r=west,z=2 [-]                   | r=east / z=1",
                "r=east,z=1 [r]; r=east,z=2 [r,z]                      | r=east / r=east,z=2",
                "z=1 [-]; z=2 [-]; z=3 [z]                             | z=3",
                "z=2 [z]; z=1 [z]; z=2 [z]                             | z=1 / z=2",
                "r=b,z=1 [z,r]; r=a,z=2 [r,z]                          | r=a,z=2 / r=b,z=1",
            })
    void without_a_node_all_places_of_all_key_sets_are_sent(String nodes, String requisite) {
        cluster(nodes);

        assertThat(requirement().requisite()).isEqualTo(places(requisite));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "z=1 [z]; z=2 [-]; z=3 [z]                              | z=1 / z=3       | z=1",
                "z=1 [z]; z=2                                           | z=1             | z=1",
                "r=east [r]; r=west,z=1 [z]; r=central,z=2 [r,z]        | r=central / r=east | r=east",
            })
    void with_a_node_the_places_that_share_its_keys_are_sent(String nodes, String requisite, String strict) {
        cluster(nodes);
        selected("n1");

        assertThat(requirement().requisite()).isEqualTo(places(requisite));
        assertThat(requirement().preferred().getFirst())
                .isEqualTo(places(strict).getFirst());

        situation.with(Feature.STRICT_TOPOLOGY);
        assertThat(requirement()).isEqualTo(new TopologyRequirement(places(strict), places(strict)));
    }

    @Test
    void no_registered_node_at_all_is_an_error() {
        cluster("z=1; z=2; z=2");

        assertThat(situation.refusal()).isInstanceOf(NoTopology.class);
    }

    @Test
    void keys_that_no_node_has_labels_for_are_named() {
        cluster("z=1 [rack]");

        assertThat(situation.refusal().message()).contains("[[rack]]");
    }

    @Test
    void the_selected_nodes_place_comes_first_and_the_rest_follows_in_order() {
        cluster("z=1 [z]; z=2 [z]; z=3 [z]");
        selected("n2");

        assertThat(requirement().requisite()).isEqualTo(places("z=1 / z=2 / z=3"));
        assertThat(requirement().preferred()).isEqualTo(places("z=2 / z=3 / z=1"));
    }

    @Test
    void claims_of_a_stateful_set_go_round_the_zones() {
        cluster("z=1 [z]; z=2 [z]; z=3 [z]; z=4 [z]");
        situation.claim().with("data-testset-3", "metadata", "name");

        assertThat(requirement().preferred()).isEqualTo(places("z=3 / z=4 / z=1 / z=2"));
    }

    @Test
    void immediate_topology_switched_off_sends_nothing() {
        cluster("z=1 [z]");
        situation.without(Feature.IMMEDIATE_TOPOLOGY);

        assertThat(situation.request().requirement()).isNull();
    }

    @Test
    void immediate_topology_switched_off_does_not_touch_late_binding() {
        cluster("z=1 [z]");
        situation.without(Feature.IMMEDIATE_TOPOLOGY);
        selected("n1");

        assertThat(requirement().requisite()).isEqualTo(places("z=1"));
    }

    @Test
    void allowed_topologies_are_the_only_ones_sent() {
        cluster("z=1 [z]; z=2 [z]; z=3 [z]");
        situation.storageClass().allowed("z", "3", "2");
        assertThat(requirement().requisite()).isEqualTo(places("z=2 / z=3"));

        selected("n3");
        assertThat(requirement().requisite()).isEqualTo(places("z=2 / z=3"));
        assertThat(requirement().preferred()).isEqualTo(places("z=3 / z=2"));
    }

    @Test
    void allowed_topologies_need_no_nodes() {
        situation.storageClass().allowed("z", "1");

        assertThat(requirement().requisite()).isEqualTo(places("z=1"));
    }

    @Test
    void alternatives_are_ored_and_the_keys_of_one_are_multiplied_out() {
        situation
                .storageClass()
                .with(
                        List.of(
                                Map.of(
                                        "matchLabelExpressions",
                                        List.of(
                                                Map.of("key", "z", "values", List.of("1", "2")),
                                                Map.of("key", "k", "values", List.of("A", "B")))),
                                Map.of("matchLabelExpressions", List.of(Map.of("key", "z", "values", List.of("9"))))),
                        "allowedTopologies");

        assertThat(requirement().requisite()).isEqualTo(places("z=9 / k=A,z=1 / k=A,z=2 / k=B,z=1 / k=B,z=2"));
    }

    @Test
    void a_node_outside_the_allowed_topologies_is_an_error() {
        cluster("z=1 [z]");
        situation.storageClass().allowed("z", "2");
        selected("n1");

        assertThat(situation.refusal()).isInstanceOf(NoTopology.class);
        situation.with(Feature.STRICT_TOPOLOGY);
        assertThat(situation.refusal()).isInstanceOf(NoTopology.class);
    }

    @Test
    void allowed_topologies_may_be_coarser_than_the_nodes() {
        cluster("r=east,z=1 [r,z]");
        situation.storageClass().allowed("r", "east");
        selected("n1");
        assertThat(requirement().preferred()).isEqualTo(places("r=east"));

        situation.with(Feature.STRICT_TOPOLOGY);
        assertThat(requirement().preferred()).isEqualTo(places("r=east,z=1"));
    }

    @Test
    void an_allowed_topology_without_values_sends_nothing() {
        cluster("z=1 [z]");
        situation.storageClass().allowed("z");

        assertThat(situation.request().requirement()).isNull();
    }

    @Test
    void strict_means_nothing_without_a_node() {
        cluster("z=1 [z]; z=2 [z]");
        situation.with(Feature.STRICT_TOPOLOGY);

        assertThat(requirement().requisite()).isEqualTo(places("z=1 / z=2"));
    }

    @Test
    void a_driver_without_topology_is_told_nothing() {
        Situation plain = new Situation();
        plain.claim().selectedNode("gone");

        assertThat(plain.request().requirement()).isNull();
    }

    @Test
    void the_gate_switches_topology_off() {
        situation.without(Feature.TOPOLOGY);

        assertThat(situation.request().requirement()).isNull();
    }

    @Test
    void a_selected_node_without_its_csi_node_or_its_node_is_chosen_anew() {
        cluster("z=1 [z]");
        situation.csiNode("half", "z");
        selected("gone");
        assertThat(refusal()).isEqualTo(new SelectedNodeGone("gone", "it has no CSINode object"));

        selected("half");
        assertThat(refusal()).isEqualTo(new SelectedNodeGone("half", "it has no Node object"));
    }

    @Test
    void a_selected_node_without_the_driver_or_a_label_is_an_error_and_succeeds_when_it_has_them() {
        cluster("z=1 [-]; x=1 [z]; z=3 [z]");
        selected("n1");
        assertThat(refusal()).isInstanceOf(NoTopology.class);
        selected("n2");
        assertThat(refusal()).isInstanceOf(NoTopology.class);
        selected("n3");
        assertThat(requirement().preferred()).isEqualTo(places("z=3"));
    }

    @Test
    void what_was_sent_once_is_sent_again_while_the_driver_may_still_be_at_it_even_if_all_nodes_vanish() {
        cluster("z=1 [z]; z=2 [z]");
        selected("n1");
        TopologyRequirement sent = requirement();

        situation.noNodes().history(inBackground("n1", sent));

        assertThat(situation.request().requirement()).isEqualTo(sent);
    }

    @Test
    void another_selected_node_is_not_answered_with_the_places_of_the_first() {
        cluster("z=1 [z]; z=2 [z]");
        selected("n1");
        TopologyRequirement sent = requirement();

        situation.history(inBackground("n1", sent));
        selected("n2");

        assertThat(requirement().preferred()).isEqualTo(places("z=2 / z=1"));
    }

    private ClaimHistory inBackground(String node, TopologyRequirement sent) {
        ProvisioningView view = situation.view();
        StorageClass storageClass = Objects.requireNonNull(view.storageClass());
        return new ClaimHistory(
                new InBackground(view.claim(), storageClass, Map.of(), node, sent, Request.SENT),
                null,
                PastVolume.NONE);
    }

    private void selected(String node) {
        situation.claim().selectedNode(node);
    }

    /** Go further than the decision, which gives the claim back. */
    private ProvisioningReason refusal() {
        return switch (AccessibilityRequirements.ask(situation.view())) {
            case Finding.Refused<?>(var reason) -> reason;
            case Finding<?> other -> throw new AssertionError("not refused: " + other);
        };
    }

    private TopologyRequirement requirement() {
        @Nullable TopologyRequirement requirement = situation.request().requirement();
        if (requirement == null) {
            throw new AssertionError("nothing is sent");
        }
        return requirement;
    }

    private static List<Topology> places(String text) {
        return Arrays.stream(text.split(" / ", -1))
                .map(place -> Topology.of(segments(place)))
                .toList();
    }

    private static Map<String, String> segments(String text) {
        Map<String, String> segments = new TreeMap<>();
        for (String segment : text.strip().split(",", -1)) {
            segments.put(segment.substring(0, segment.indexOf('=')), segment.substring(segment.indexOf('=') + 1));
        }
        return segments;
    }
}
