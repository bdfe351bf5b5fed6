package solo.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static solo.csi.model.Code.FAILED_PRECONDITION;
import static solo.csi.model.Code.INVALID_ARGUMENT;
import static solo.csi.model.Code.NOT_FOUND;
import static solo.csi.model.Code.OUT_OF_RANGE;
import static solo.driver.TestDriver.GIB;

import csi.v1.CapacityRange;
import csi.v1.GetPluginCapabilitiesRequest;
import csi.v1.GetPluginInfoRequest;
import csi.v1.NodeExpandVolumeRequest;
import csi.v1.NodeGetInfoRequest;
import csi.v1.NodeGetVolumeStatsRequest;
import csi.v1.NodeGetVolumeStatsResponse;
import csi.v1.PluginCapability;
import csi.v1.PluginCapability.Service;
import csi.v1.ProbeRequest;
import csi.v1.VolumeUsage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import solo.csi.CsiException;
import solo.driver.state.RealDisk;

class NodeObservationTest {
    @TempDir
    private Path directory = Path.of("");

    private final FakeMounts mounts = new FakeMounts();
    private TestDriver driver;

    @BeforeEach
    void published() throws Exception {
        driver = TestDriver.in(directory, mounts);
        driver.create("v");
        driver.stage("v");
        driver.publish("v", "pod");
    }

    @Test
    void stats_are_in_bytes_and_inodes() throws Exception {
        var usage = stats("v", driver.kubelet("pod").toString()).getUsageList();

        assertThat(usage)
                .containsExactly(
                        VolumeUsage.newBuilder()
                                .setUnit(VolumeUsage.Unit.BYTES)
                                .setTotal(100 * GIB)
                                .setUsed(40 * GIB)
                                .setAvailable(50 * GIB)
                                .build(),
                        VolumeUsage.newBuilder()
                                .setUnit(VolumeUsage.Unit.INODES)
                                .setTotal(1000)
                                .setUsed(100)
                                .setAvailable(900)
                                .build());
    }

    @ParameterizedTest
    @ValueSource(strings = {"some/path", "/nowhere", "/tmp", "/\0", ".."})
    void a_volume_is_not_found_where_it_is_not_mounted(String path) {
        Refused.with(NOT_FOUND, () -> stats("v", path));
        Refused.with(NOT_FOUND, () -> stats("w", path));
        Refused.with(NOT_FOUND, () -> expand("v", path, GIB));
        Refused.with(NOT_FOUND, () -> expand("w", path, GIB));
    }

    @Test
    void ids_and_paths_are_required() {
        Refused.with(INVALID_ARGUMENT, () -> stats("", "/x"));
        Refused.with(INVALID_ARGUMENT, () -> stats("v", ""));
        Refused.with(INVALID_ARGUMENT, () -> expand("", "/x", GIB));
        Refused.with(INVALID_ARGUMENT, () -> expand("v", "", GIB));
    }

    @Test
    void the_node_confirms_what_the_controller_expanded() throws Exception {
        String path = driver.kubelet("pod").toString();

        assertThat(expand("v", path, GIB)).isEqualTo(GIB);
        Refused.with(OUT_OF_RANGE, () -> expand("v", path, 2 * GIB)).contains("ControllerExpandVolume");
    }

    @Test
    void a_node_says_who_and_where_it_is() throws Exception {
        var options = TestDriver.options(directory).withMaxVolumesPerNode(7);
        var node = LocalDriver.open(options, new RealDisk(), mounts)
                .node()
                .nodeGetInfo(NodeGetInfoRequest.getDefaultInstance());

        assertThat(node.getNodeId()).isEqualTo("node-a");
        assertThat(node.getMaxVolumesPerNode()).isEqualTo(7);
        assertThat(node.getAccessibleTopology().getSegmentsMap())
                .containsExactly(Map.entry("topology.local.csi.solo/node", "node-a"));
    }

    @Test
    void a_node_name_that_cannot_be_a_label_is_shortened_in_the_topology() {
        String name = "node." + "long-".repeat(20) + "name";

        String value = NodeTopology.message(name).getSegmentsOrThrow(NodeTopology.KEY);
        assertThat(value).hasSizeLessThanOrEqualTo(63).startsWith("node-");
        assertThat(NodeTopology.holds(NodeTopology.message(name), name)).isTrue();
    }

    @Test
    void identity_has_the_drivers_name_and_what_it_can_do() throws Exception {
        var identity = driver.driver().identity();

        assertThat(identity.getPluginInfo(GetPluginInfoRequest.getDefaultInstance())
                        .getName())
                .isEqualTo("local.csi.solo");
        assertThat(identity.getPluginCapabilities(GetPluginCapabilitiesRequest.getDefaultInstance())
                        .getCapabilitiesList())
                .extracting(capability -> capability.getService().getType())
                .containsExactlyInAnyOrder(
                        Service.Type.CONTROLLER_SERVICE,
                        Service.Type.GROUP_CONTROLLER_SERVICE,
                        Service.Type.SNAPSHOT_METADATA_SERVICE,
                        Service.Type.VOLUME_ACCESSIBILITY_CONSTRAINTS,
                        Service.Type.SNAPSHOT_ACCESSIBILITY_CONSTRAINTS,
                        Service.Type.UNKNOWN);
        assertThat(identity.getPluginCapabilities(GetPluginCapabilitiesRequest.getDefaultInstance())
                        .getCapabilitiesList())
                .anyMatch(PluginCapability::hasVolumeExpansion);
        var without = LocalDriver.open(TestDriver.options(directory).with(Set.of()), new RealDisk(), mounts);
        assertThat(without.identity()
                        .getPluginCapabilities(GetPluginCapabilitiesRequest.getDefaultInstance())
                        .getCapabilitiesCount())
                .isEqualTo(4);
    }

    @Test
    void a_driver_without_its_state_directory_is_not_healthy() throws Exception {
        driver.driver().identity().probe(ProbeRequest.getDefaultInstance());
        Path state = driver.directory().resolve("state");
        Files.move(state, state.resolveSibling("elsewhere"));

        Refused.with(FAILED_PRECONDITION, () -> driver.driver().identity().probe(ProbeRequest.getDefaultInstance()))
                .contains(state.toString());
    }

    private NodeGetVolumeStatsResponse stats(String id, String path) throws CsiException {
        return driver.node()
                .nodeGetVolumeStats(NodeGetVolumeStatsRequest.newBuilder()
                        .setVolumeId(id)
                        .setVolumePath(path)
                        .build());
    }

    private long expand(String id, String path, long bytes) throws CsiException {
        return driver.node()
                .nodeExpandVolume(NodeExpandVolumeRequest.newBuilder()
                        .setVolumeId(id)
                        .setVolumePath(path)
                        .setCapacityRange(CapacityRange.newBuilder().setRequiredBytes(bytes))
                        .build())
                .getCapacityBytes();
    }
}
