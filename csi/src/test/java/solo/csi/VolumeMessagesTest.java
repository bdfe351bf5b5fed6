package solo.csi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import csi.v1.CreateVolumeRequest;
import csi.v1.CreateVolumeResponse;
import csi.v1.VolumeCapability.AccessMode.Mode;
import csi.v1.VolumeContentSource.SnapshotSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import solo.csi.model.AccessMode;
import solo.csi.model.Code;
import solo.csi.model.ContentSource;
import solo.csi.model.CreatedVolume;
import solo.csi.model.Secrets;
import solo.csi.model.Topology;
import solo.csi.model.TopologyRequirement;
import solo.csi.model.VolumeCapability;
import solo.csi.model.VolumeRequest;

final class VolumeMessagesTest {
    private static final Topology NODE_A = Topology.of(Map.of("zone", "a"));

    @Test
    void a_request_becomes_a_message_with_everything_in_it() {
        CreateVolumeRequest message = VolumeMessages.toMessage(new VolumeRequest(
                "pvc-1",
                1 << 30,
                List.of(
                        VolumeCapability.mount(AccessMode.SINGLE_NODE_WRITER, "ext4", List.of("noatime")),
                        VolumeCapability.block(AccessMode.MULTI_NODE_MULTI_WRITER)),
                Map.of("backend", "dir"),
                new Secrets(Map.of("password", "hunter2")),
                new ContentSource.FromSnapshot("snap-1"),
                new TopologyRequirement(List.of(NODE_A), List.of(NODE_A)),
                Map.of("iops", "100")));

        var expected = CreateVolumeRequest.newBuilder()
                .setName("pvc-1")
                .putParameters("backend", "dir")
                .putSecrets("password", "hunter2")
                .putMutableParams("iops", "100");
        expected.getCapacityRangeBuilder().setRequiredBytes(1 << 30);
        var mount = expected.addVolumeCapabilitiesBuilder();
        mount.getMountBuilder().setFsType("ext4").addMountFlags("noatime");
        mount.getAccessModeBuilder().setMode(Mode.SINGLE_NODE_WRITER);
        var block = expected.addVolumeCapabilitiesBuilder();
        var _ = block.getBlockBuilder();
        block.getAccessModeBuilder().setMode(Mode.MULTI_NODE_MULTI_WRITER);
        expected.getVolumeContentSourceBuilder()
                .setSnapshot(SnapshotSource.newBuilder().setSnapshotId("snap-1"));
        expected.getAccessibilityRequirementsBuilder().addRequisiteBuilder().putSegments("zone", "a");
        expected.getAccessibilityRequirementsBuilder().addPreferredBuilder().putSegments("zone", "a");
        assertThat(message).isEqualTo(expected.build());
    }

    @Test
    void what_a_request_leaves_out_is_absent_not_empty() {
        CreateVolumeRequest message = VolumeMessages.toMessage(
                new VolumeRequest("pvc-1", 0, List.of(), Map.of(), Secrets.NONE, null, null, Map.of()));
        assertThat(message)
                .isEqualTo(CreateVolumeRequest.newBuilder().setName("pvc-1").build());
    }

    @ParameterizedTest
    @EnumSource
    void every_access_mode_keeps_its_number(AccessMode mode) {
        assertThat(VolumeMessages.toMessage(VolumeCapability.block(mode))
                        .getAccessMode()
                        .getMode()
                        .name())
                .isEqualTo(mode.name());
    }

    @Test
    void an_answer_becomes_a_record() throws Exception {
        var answer = CreateVolumeResponse.newBuilder();
        answer.getVolumeBuilder()
                .setVolumeId("vol-1")
                .setCapacityBytes(7)
                .putVolumeContext("pool", "fast")
                .addAccessibleTopologyBuilder()
                .putSegments("zone", "a");
        var _ = answer.getVolumeBuilder().getContentSourceBuilder();
        assertThat(VolumeMessages.toRecord(answer.build()))
                .isEqualTo(new CreatedVolume(
                        "vol-1", 7, Map.of("pool", "fast"), CreatedVolume.Content.FROM_SOURCE, List.of(NODE_A)));
    }

    @Test
    void an_answer_without_a_volume_may_have_left_one_behind() {
        assertThatThrownBy(() -> VolumeMessages.toRecord(CreateVolumeResponse.getDefaultInstance()))
                .isInstanceOfSatisfying(CsiException.class, refused -> {
                    assertThat(refused.code()).isEqualTo(Code.UNAVAILABLE);
                    assertThat(refused.error().isFinal()).isFalse();
                });
    }
}
