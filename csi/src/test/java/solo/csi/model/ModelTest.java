package solo.csi.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class ModelTest {
    @Test
    void secrets_show_nothing_also_inside_a_request() {
        var secrets = new Secrets(Map.of("password", "hunter2"));
        var request = new VolumeRequest("pvc-1", 1, List.of(), Map.of(), secrets, null, null, Map.of());
        assertThat(request.toString()).contains("Secrets[hidden]").doesNotContain("hunter2", "password");
        assertThat(Secrets.NONE).hasToString("Secrets[none]");
    }

    @Test
    void topology_is_ordered_by_size_then_key_then_value() {
        var wide = Topology.of(Map.of("zone", "a"));
        var rackOne = Topology.of(Map.of("zone", "a", "rack", "1"));
        var rackTwo = Topology.of(Map.of("zone", "a", "rack", "2"));
        var node = Topology.of(Map.of("host", "x", "zone", "z"));
        var places = new ArrayList<>(List.of(rackTwo, rackOne, node, wide));
        places.sort(Topology.ORDER);
        assertThat(places).containsExactly(wide, node, rackOne, rackTwo);
        assertThat(rackOne).hasToString("Topology[segments={rack=1, zone=a}]");
    }

    @Test
    void a_zone_contains_its_racks_and_not_the_other_way_round() {
        var zone = Topology.of(Map.of("zone", "a"));
        var rack = Topology.of(Map.of("zone", "a", "rack", "1"));
        assertThat(zone.contains(rack)).isTrue();
        assertThat(rack.contains(zone)).isFalse();
        assertThat(zone.contains(Topology.of(Map.of("zone", "b")))).isFalse();
    }

    @Test
    void capabilities_print_in_the_order_of_their_numbers() {
        var capabilities = new DriverCapabilities(
                Set.of(),
                Set.of(),
                Set.of(ControllerCapability.LIST_VOLUMES, ControllerCapability.CREATE_DELETE_VOLUME),
                Set.of(),
                Set.of());
        assertThat(capabilities.controller()).hasToString("[CREATE_DELETE_VOLUME, LIST_VOLUMES]");
        assertThat(capabilities.has(ControllerCapability.LIST_VOLUMES)).isTrue();
        assertThat(capabilities.has(NodeCapability.EXPAND_VOLUME)).isFalse();
    }
}
