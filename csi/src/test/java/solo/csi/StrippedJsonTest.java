package solo.csi;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.BoolValue;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.Timestamp;
import csi.v1.CreateVolumeRequest;
import csi.v1.CsiProto;
import csi.v1.GetPluginInfoResponse;
import csi.v1.ListVolumesResponse;
import csi.v1.ProbeResponse;
import csi.v1.Snapshot;
import csi.v1.VolumeCapability;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class StrippedJsonTest {
    @Test
    void shows_everything_but_secrets_sorted_by_the_specification_s_names() {
        var request = CreateVolumeRequest.newBuilder()
                .setName("pvc-1")
                .putSecrets("password", "hunter2")
                .putParameters("b", "2")
                .putParameters("a", "1")
                .putMutableParams("iops", "100");
        request.getCapacityRangeBuilder().setRequiredBytes(1L << 53);
        request.addVolumeCapabilitiesBuilder()
                .setMount(VolumeCapability.MountVolume.newBuilder().addMountFlags("ro"))
                .getAccessModeBuilder()
                .setMode(VolumeCapability.AccessMode.Mode.SINGLE_NODE_WRITER);
        assertThat(StrippedJson.of(request.build()))
                .isEqualTo("{\"capacity_range\":{\"required_bytes\":9007199254740992},"
                        + "\"mutable_parameters\":{\"iops\":\"100\"},"
                        + "\"name\":\"pvc-1\","
                        + "\"parameters\":{\"a\":\"1\",\"b\":\"2\"},"
                        + "\"secrets\":\"***stripped***\","
                        + "\"volume_capabilities\":[{\"access_mode\":{\"mode\":\"SINGLE_NODE_WRITER\"},"
                        + "\"mount\":{\"mount_flags\":[\"ro\"]}}]}");
    }

    static List<Descriptor> messagesWithSecrets() {
        return CsiProto.getDescriptor().getMessageTypes().stream()
                .filter(message -> message.getFields().stream().anyMatch(StrippedJsonTest::isSecretByName))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("messagesWithSecrets")
    void no_message_shows_its_secrets(Descriptor message) {
        FieldDescriptor secrets = message.findFieldByName("secrets");
        Descriptor entry = secrets.getMessageType();
        var filled = DynamicMessage.newBuilder(message)
                .addRepeatedField(
                        secrets,
                        DynamicMessage.newBuilder(entry)
                                .setField(entry.findFieldByName("key"), "user")
                                .setField(entry.findFieldByName("value"), "hunter2")
                                .build())
                .build();
        assertThat(StrippedJson.of(filled)).isEqualTo("{\"secrets\":\"***stripped***\"}");
    }

    @Test
    void twenty_two_messages_carry_secrets() {
        assertThat(messagesWithSecrets()).hasSize(22);
    }

    @Test
    void nested_messages_look_as_in_the_go_sidecars() {
        assertThat(StrippedJson.of(ProbeResponse.getDefaultInstance())).isEqualTo("{}");
        assertThat(StrippedJson.of(
                        ProbeResponse.newBuilder().setReady(BoolValue.of(true)).build()))
                .isEqualTo("{\"ready\":{\"value\":true}}");
        assertThat(StrippedJson.of(Snapshot.newBuilder()
                        .setCreationTime(Timestamp.newBuilder().setSeconds(7).setNanos(9))
                        .build()))
                .isEqualTo("{\"creation_time\":{\"nanos\":9,\"seconds\":7}}");
    }

    @Test
    void an_unknown_enum_number_is_shown_as_a_number() {
        var capability = VolumeCapability.newBuilder();
        capability.getAccessModeBuilder().setModeValue(99);
        assertThat(StrippedJson.of(capability.build())).isEqualTo("{\"access_mode\":{\"mode\":99}}");
    }

    @Test
    void a_line_stays_one_line() {
        assertThat(StrippedJson.of(GetPluginInfoResponse.newBuilder()
                        .setName("a\"b\\c\nd\u0001")
                        .build()))
                .isEqualTo("{\"name\":\"a\\\"b\\\\c\\nd\\u0001\"}");
    }

    @Test
    void a_long_list_is_summarised() {
        var list = ListVolumesResponse.newBuilder();
        for (int i = 0; i < 1_000; i++) {
            list.addEntriesBuilder().getVolumeBuilder().setVolumeId("v" + i);
        }
        assertThat(StrippedJson.of(list.build()))
                .contains("\"v19\"")
                .doesNotContain("\"v20\"")
                .endsWith(",\"980 more\"]}");
    }

    private static boolean isSecretByName(FieldDescriptor field) {
        return field.getName().contains("secret");
    }
}
