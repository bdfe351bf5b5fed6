package solo.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import csi.v1.ControllerPublishVolumeRequest;
import csi.v1.ControllerUnpublishVolumeRequest;
import csi.v1.CreateSnapshotRequest;
import csi.v1.CreateVolumeRequest;
import csi.v1.DeleteVolumeRequest;
import csi.v1.ListVolumesRequest;
import csi.v1.Topology;
import csi.v1.TopologyRequirement;
import csi.v1.Volume;
import csi.v1.VolumeCapability;
import csi.v1.VolumeContentSource;
import java.time.Duration;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import solo.csi.CsiException;
import solo.csi.Rpcs;
import solo.csi.model.Code;

/** The model driver keeps CSI's promises when it is honest, and breaks exactly the planned one when it is not. */
class ModelDriverTest {

    private final VirtualClock clock = new VirtualClock();
    private final ModelDriver driver = new ModelDriver(clock);
    private final ModelBackend backend = driver.backend();

    @Test
    void the_same_name_gives_the_same_volume() throws CsiException {
        assertThat(create("pvc-1")).isEqualTo(create("pvc-1"));
        assertThat(backend.volumes()).hasSize(1);
    }

    @Test
    void the_same_name_with_another_size_is_refused() throws CsiException {
        create("pvc-1");

        assertThat(code(() -> driver.controller()
                        .createVolume(request("pvc-1")
                                .setCapacityRange(
                                        csi.v1.CapacityRange.newBuilder().setRequiredBytes(5L << 30))
                                .build())))
                .isEqualTo(Code.ALREADY_EXISTS);
    }

    @Test
    void deleting_what_is_gone_is_fine_and_what_is_attached_is_not() throws CsiException {
        Volume volume = create("pvc-1");
        attach(volume, "node-1");
        assertThat(code(() -> delete(volume))).isEqualTo(Code.FAILED_PRECONDITION);

        driver.controller()
                .controllerUnpublishVolume(ControllerUnpublishVolumeRequest.newBuilder()
                        .setVolumeId(volume.getVolumeId())
                        .build());
        delete(volume);
        delete(volume);

        assertThat(backend.volumes()).isEmpty();
        assertThat(backend.wasDeleted("pvc-1")).isTrue();
    }

    @Test
    void a_volume_for_one_node_is_attached_to_one_node() throws CsiException {
        Volume volume = create("pvc-1");
        attach(volume, "node-1");
        attach(volume, "node-1");

        assertThat(code(() -> attach(volume, "node-2"))).isEqualTo(Code.FAILED_PRECONDITION);
    }

    @Test
    void a_volume_is_made_where_there_is_room() throws CsiException {
        backend.exhaust(solo.csi.model.Topology.of(Map.of("zone", "a")));

        CreateVolumeRequest request =
                request("pvc-1").setAccessibilityRequirements(zones("a", "b")).build();
        assertThat(driver.controller()
                        .createVolume(request)
                        .getVolume()
                        .getAccessibleTopology(0)
                        .getSegmentsMap())
                .isEqualTo(Map.of("zone", "b"));
        assertThat(code(() -> driver.controller()
                        .createVolume(request("pvc-2")
                                .setAccessibilityRequirements(zones("a"))
                                .build())))
                .isEqualTo(Code.RESOURCE_EXHAUSTED);
    }

    @Test
    void a_volume_is_filled_from_a_snapshot_that_exists() throws CsiException {
        Volume volume = create("pvc-1");
        String snapshot = driver.controller()
                .createSnapshot(CreateSnapshotRequest.newBuilder()
                        .setName("snapshot-1")
                        .setSourceVolumeId(volume.getVolumeId())
                        .build())
                .getSnapshot()
                .getSnapshotId();

        CreateVolumeRequest restore = from(snapshot);
        assertThat(driver.controller().createVolume(restore).getVolume().hasContentSource())
                .isTrue();
        assertThat(code(() -> driver.controller()
                        .createVolume(
                                from("no-such").toBuilder().setName("pvc-3").build())))
                .isEqualTo(Code.NOT_FOUND);
    }

    @Test
    void volumes_are_listed_in_pages() throws CsiException {
        create("pvc-1");
        create("pvc-2");
        create("pvc-3");

        var first = driver.controller()
                .listVolumes(ListVolumesRequest.newBuilder().setMaxEntries(2).build());
        var second = driver.controller()
                .listVolumes(ListVolumesRequest.newBuilder()
                        .setStartingToken(first.getNextToken())
                        .build());

        assertThat(first.getEntriesCount()).isEqualTo(2);
        assertThat(second.getEntriesCount()).isEqualTo(1);
        assertThat(second.getNextToken()).isEmpty();
        assertThat(code(() -> driver.controller()
                        .listVolumes(ListVolumesRequest.newBuilder()
                                .setStartingToken("nonsense")
                                .build())))
                .isEqualTo(Code.ABORTED);
    }

    @ParameterizedTest
    @EnumSource(value = Code.class, mode = EnumSource.Mode.EXCLUDE, names = "OK")
    void a_planned_refusal_has_its_code_and_no_effect(Code planned) throws CsiException {
        driver.calls().plan(Rpcs.CREATE_VOLUME, DriverFault.refused(planned));

        assertThat(code(() -> create("pvc-1"))).isEqualTo(planned);
        assertThat(backend.volumes()).isEmpty();
        create("pvc-1");
        assertThat(backend.volumes()).hasSize(1);
    }

    @Test
    void a_timeout_after_success_leaves_the_volume_behind() {
        driver.calls().plan(Rpcs.CREATE_VOLUME, DriverFault.timeoutAfterSuccess());

        assertThat(code(() -> create("pvc-1"))).isEqualTo(Code.DEADLINE_EXCEEDED);
        assertThat(backend.volumeNamed("pvc-1")).isNotNull();
    }

    @Test
    void work_in_the_background_holds_off_the_next_call_until_it_is_done() throws CsiException {
        driver.calls().plan(Rpcs.CREATE_VOLUME, new DriverFault.InBackground(Code.DEADLINE_EXCEEDED));

        assertThat(code(() -> create("pvc-1"))).isEqualTo(Code.DEADLINE_EXCEEDED);
        assertThat(code(() -> create("pvc-1"))).isEqualTo(Code.ABORTED);
        driver.calls().finishBackground();

        assertThat(backend.volumes()).hasSize(1);
        create("pvc-1");
        assertThat(backend.volumes()).hasSize(1);
    }

    @Test
    void a_busy_driver_answers_when_its_time_has_come() throws CsiException {
        driver.calls().busyUntil(clock.now().plusSeconds(5), Code.UNAVAILABLE);

        assertThat(code(() -> create("pvc-1"))).isEqualTo(Code.UNAVAILABLE);
        clock.advance(Duration.ofSeconds(5));
        create("pvc-1");
    }

    @Test
    void a_wrong_answer_is_as_planned() throws CsiException {
        driver.calls().plan(Rpcs.CREATE_VOLUME, DriverFault.tooSmall());

        assertThat(create("pvc-1").getCapacityBytes()).isEqualTo((1L << 30) - 1);
    }

    @Test
    void calls_are_remembered() throws CsiException {
        create("pvc-1");

        assertThat(driver.calls().made(Rpcs.CREATE_VOLUME))
                .extracting(CreateVolumeRequest::getName)
                .containsExactly("pvc-1");
    }

    private Volume create(String name) throws CsiException {
        return driver.controller().createVolume(request(name).build()).getVolume();
    }

    private void delete(Volume volume) throws CsiException {
        driver.controller()
                .deleteVolume(DeleteVolumeRequest.newBuilder()
                        .setVolumeId(volume.getVolumeId())
                        .build());
    }

    private void attach(Volume volume, String node) throws CsiException {
        driver.controller()
                .controllerPublishVolume(ControllerPublishVolumeRequest.newBuilder()
                        .setVolumeId(volume.getVolumeId())
                        .setNodeId(node)
                        .setVolumeCapability(capability())
                        .build());
    }

    private static CreateVolumeRequest.Builder request(String name) {
        return CreateVolumeRequest.newBuilder().setName(name).addVolumeCapabilities(capability());
    }

    private static CreateVolumeRequest from(String snapshot) {
        return request("pvc-2")
                .setVolumeContentSource(VolumeContentSource.newBuilder()
                        .setSnapshot(
                                VolumeContentSource.SnapshotSource.newBuilder().setSnapshotId(snapshot)))
                .build();
    }

    private static VolumeCapability capability() {
        VolumeCapability.Builder capability = VolumeCapability.newBuilder();
        capability.getMountBuilder();
        capability.getAccessModeBuilder().setMode(VolumeCapability.AccessMode.Mode.SINGLE_NODE_WRITER);
        return capability.build();
    }

    private static TopologyRequirement zones(String... names) {
        TopologyRequirement.Builder zones = TopologyRequirement.newBuilder();
        for (String name : names) {
            zones.addPreferred(Topology.newBuilder().putSegments("zone", name));
        }
        return zones.build();
    }

    private static @Nullable Code code(ThrowingCallable call) {
        CsiException refused = catchThrowableOfType(CsiException.class, call);
        return refused == null ? null : refused.code();
    }
}
