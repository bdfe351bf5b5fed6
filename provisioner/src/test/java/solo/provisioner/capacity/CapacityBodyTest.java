package solo.provisioner.capacity;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import solo.csi.model.Topology;
import solo.kube.model.Json;
import solo.kube.model.Quantity;
import solo.provisioner.capacity.model.CapacityKey;
import solo.provisioner.capacity.model.CapacityOptions;
import solo.provisioner.capacity.model.CapacityOptions.Binding;
import solo.provisioner.capacity.model.Room;

/** What a capacity object says; inventory §14. */
class CapacityBodyTest {

    private static final long GI = 1L << 30;

    private final CapacityOptions options = new CapacityOptions(
            "model.csi.solo", "storage", ManagedBy.CLUSTER, null, Binding.LATE_ONLY, Duration.ofMinutes(1), 1, null);

    @Test
    void class_place_room_and_the_largest_volume_are_said_in_binary_units() {
        Room room = new Room(Quantity.ofBytes(10 * GI), Quantity.ofBytes(3 * GI));
        Json body = new Json(CapacityBody.of(new CapacityKey("fast", Topology.of(Map.of("zone", "a"))), room, options));

        assertThat(body.at("storageClassName").text()).isEqualTo("fast");
        assertThat(body.at("nodeTopology", "matchLabels").textMap()).isEqualTo(Map.of("zone", "a"));
        assertThat(body.at("capacity").text()).isEqualTo("10Gi");
        assertThat(body.at("maximumVolumeSize").text()).isEqualTo("3Gi");
        assertThat(body.at("metadata", "ownerReferences").present()).isFalse();
    }

    @Test
    void a_driver_that_names_no_largest_volume_takes_back_what_was_said_of_it() {
        Room room = new Room(Quantity.ofBytes(10 * GI), null);

        assertThat(new Json(CapacityBody.correction(room, options).body()).value())
                .asInstanceOf(InstanceOfAssertFactories.MAP)
                .containsEntry("maximumVolumeSize", null)
                .containsEntry("capacity", "10Gi");
    }
}
