package solo.resizer;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import solo.csi.model.ControllerCapability;
import solo.csi.model.DriverCapabilities;
import solo.csi.model.NodeCapability;
import solo.csi.model.PluginCapability;
import solo.kube.Backoff;
import solo.kube.Controller;
import solo.resizer.ResizerOptions.AttributesClasses;
import solo.resizer.ResizerOptions.VolumesInUse;
import solo.resizer.csi.VolumeChanges;
import solo.resizer.model.ResizingDriver;
import solo.resizer.model.ResizingDriver.Metadata;
import solo.resizer.model.ResizingDriver.PreResizeNote;
import solo.simulation.SimulatedWrites;

/** Which controllers a driver gets, by what it can do. */
class ResizerChoiceTest {
    private final ResizerWorld world = new ResizerWorld();

    @Test
    void a_driver_that_grows_and_changes_volumes_has_two() {
        assertThat(of(both(), AttributesClasses.SERVED)).containsExactly("d-pvc", "d-pvc-modify");
    }

    @Test
    void a_cluster_that_serves_no_attributes_classes_has_no_use_for_the_second() {
        assertThat(of(both(), AttributesClasses.NOT_SERVED)).containsExactly("d-pvc");
    }

    @Test
    void a_driver_with_only_a_node_service_that_expands_needs_no_controller_service() {
        DriverCapabilities nodeOnly =
                new DriverCapabilities(Set.of(), Set.of(), Set.of(), Set.of(), Set.of(NodeCapability.EXPAND_VOLUME));

        assertThat(of(nodeOnly, AttributesClasses.SERVED)).containsExactly("d-pvc");
    }

    @Test
    void a_driver_that_can_neither_has_none() {
        DriverCapabilities neither = new DriverCapabilities(
                Set.of(PluginCapability.CONTROLLER_SERVICE), Set.of(), Set.of(), Set.of(), Set.of());

        assertThat(of(neither, AttributesClasses.SERVED)).isEmpty();
    }

    @Test
    void a_driver_that_only_changes_volumes_has_one() {
        assertThat(of(able(ControllerCapability.MODIFY_VOLUME), AttributesClasses.SERVED))
                .containsExactly("d-pvc-modify");
    }

    private static DriverCapabilities both() {
        return able(ControllerCapability.EXPAND_VOLUME, ControllerCapability.MODIFY_VOLUME);
    }

    private static DriverCapabilities able(ControllerCapability... can) {
        return new DriverCapabilities(
                Set.of(PluginCapability.CONTROLLER_SERVICE), Set.of(), Set.of(can), Set.of(), Set.of());
    }

    private List<String> of(DriverCapabilities capabilities, AttributesClasses classes) {
        return Resizer.of(
                        new ResizingDriver(
                                "d", capabilities, Duration.ofMinutes(5), PreResizeNote.ALWAYS, Metadata.LEFT_OUT),
                        new VolumeChanges(world.driver, world.driver),
                        new Ports(
                                world.cluster,
                                new SimulatedWrites(world.server, world.cluster),
                                world.events,
                                world.clock),
                        new ResizerOptions(10, Backoff.DEFAULT, VolumesInUse.HANDLED, classes))
                .stream()
                .map(Controller::name)
                .toList();
    }
}
