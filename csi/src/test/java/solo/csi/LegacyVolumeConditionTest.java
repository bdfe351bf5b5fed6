package solo.csi;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import csi.v1.ControllerGetVolumeResponse;
import csi.v1.ListVolumesResponse;
import csi.v1.NodeGetVolumeStatsResponse;
import csi.v1.VolumeCondition;
import java.util.Set;
import org.junit.jupiter.api.Test;
import solo.csi.model.ControllerCapability;
import solo.csi.model.NodeCapability;

/** Drivers built against CSI 1.12 send fields and numbers that 1.13 has reserved; here they are built by hand. */
final class LegacyVolumeConditionTest {
    private static final UnknownFieldSet CONDITION = message(
            2,
            UnknownFieldSet.newBuilder()
                    .mergeVarintField(1, 1)
                    .mergeField(2, text("disk is dying"))
                    .build());

    @Test
    void is_readable_in_volume_stats() throws Exception {
        assertIsDying(
                NodeGetVolumeStatsResponse.parseFrom(CONDITION.toByteString()).getVolumeCondition());
    }

    @Test
    void is_readable_in_a_list_and_in_a_single_volume() throws Exception {
        // A list holds entries (1) that hold a status (2); a single volume holds its status (2) itself.
        UnknownFieldSet status = message(2, CONDITION);
        assertIsDying(ListVolumesResponse.parseFrom(message(1, status).toByteString())
                .getEntries(0)
                .getStatus()
                .getVolumeCondition());
        assertIsDying(ControllerGetVolumeResponse.parseFrom(status.toByteString())
                .getStatus()
                .getVolumeCondition());
    }

    @Test
    void is_a_known_capability_under_its_old_numbers() throws Exception {
        assertThat(CapabilityMessages.controller(csi.v1.ControllerGetCapabilitiesResponse.parseFrom(capability(11))))
                .isEqualTo(Set.of(ControllerCapability.VOLUME_CONDITION));
        assertThat(CapabilityMessages.node(csi.v1.NodeGetCapabilitiesResponse.parseFrom(capability(4))))
                .isEqualTo(Set.of(NodeCapability.VOLUME_CONDITION));
    }

    private static void assertIsDying(VolumeCondition condition) {
        assertThat(condition.getAbnormal()).isTrue();
        assertThat(condition.getMessage()).isEqualTo("disk is dying");
    }

    // capabilities (1) holds an rpc (1) that holds a type (1)
    private static ByteString capability(int number) {
        return message(
                        1,
                        message(
                                1,
                                UnknownFieldSet.newBuilder()
                                        .mergeVarintField(1, number)
                                        .build()))
                .toByteString();
    }

    private static UnknownFieldSet message(int field, UnknownFieldSet content) {
        return UnknownFieldSet.newBuilder()
                .mergeField(
                        field,
                        UnknownFieldSet.Field.newBuilder()
                                .addLengthDelimited(content.toByteString())
                                .build())
                .build();
    }

    private static UnknownFieldSet.Field text(String text) {
        return UnknownFieldSet.Field.newBuilder()
                .addLengthDelimited(ByteString.copyFromUtf8(text))
                .build();
    }
}
