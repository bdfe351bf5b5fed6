package solo.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static solo.csi.model.Code.ABORTED;
import static solo.csi.model.Code.INTERNAL;
import static solo.csi.model.Code.INVALID_ARGUMENT;
import static solo.csi.model.Code.NOT_FOUND;

import csi.v1.ControllerGetVolumeHealthRequest;
import csi.v1.ControllerGetVolumeRequest;
import csi.v1.ControllerListVolumeHealthRequest;
import csi.v1.GetCapacityRequest;
import csi.v1.ListVolumesRequest;
import csi.v1.ListVolumesResponse;
import csi.v1.Topology;
import csi.v1.ValidateVolumeCapabilitiesRequest;
import csi.v1.ValidateVolumeCapabilitiesResponse;
import csi.v1.VolumeCapability;
import csi.v1.VolumeCapability.AccessMode.Mode;
import csi.v1.VolumeHealthErrorType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import solo.csi.CsiException;
import solo.driver.state.RealDisk;
import solo.driver.state.Volume;

class VolumeListsTest {
    @TempDir
    private Path directory = Path.of("");

    private TestDriver driver;

    @BeforeEach
    void open() throws IOException {
        driver = TestDriver.in(directory, new FakeMounts());
    }

    @Test
    void pages_follow_each_other_to_the_end() throws Exception {
        create("a", "b", "c", "d", "e");

        ListVolumesResponse first = page("", 2);
        ListVolumesResponse second = page(first.getNextToken(), 2);
        ListVolumesResponse third = page(second.getNextToken(), 2);

        assertThat(ids(first)).containsExactly("a", "b");
        assertThat(ids(second)).containsExactly("c", "d");
        assertThat(ids(third)).containsExactly("e");
        assertThat(third.getNextToken()).isEmpty();
    }

    @Test
    void a_full_last_page_has_no_next_token() throws Exception {
        create("a", "b");

        assertThat(page("", 2).getNextToken()).isEmpty();
        assertThat(page("", 0).getNextToken()).isEmpty();
    }

    @Test
    void what_stays_is_given_once_while_volumes_come_and_go() throws Exception {
        create("b", "d", "f");
        ListVolumesResponse first = page("", 2);

        create("a", "e");
        driver.delete("d");

        assertThat(ids(page(first.getNextToken(), 0))).containsExactly("e", "f");
    }

    @ParameterizedTest
    @ValueSource(strings = {"invalid-token", "after.", "after.../../etc", "1", "after.ä"})
    void a_token_that_is_not_ours_starts_the_list_again(String token) {
        Refused.with(ABORTED, () -> page(token, 0)).contains("starting_token");
        Refused.with(
                ABORTED,
                () -> driver.controller()
                        .controllerListVolumeHealth(ControllerListVolumeHealthRequest.newBuilder()
                                .setStartingToken(token)
                                .build()));
    }

    @Test
    void a_negative_page_is_refused() {
        Refused.with(INVALID_ARGUMENT, () -> page("", -1)).contains("max_entries");
    }

    @Test
    void one_unreadable_state_file_fails_the_list_rather_than_hide_a_volume() throws Exception {
        create("a", "b");
        Files.writeString(driver.directory().resolve("state/volumes/a.volume"), "garbage");

        Refused.with(INTERNAL, () -> page("", 0)).contains("a.volume", "damaged");
    }

    @Test
    void a_volume_can_be_asked_for_by_id() throws Exception {
        create("a");

        assertThat(driver.controller().controllerGetVolume(get("a")).getVolume().getVolumeId())
                .isEqualTo("a");
        Refused.with(NOT_FOUND, () -> driver.controller().controllerGetVolume(get("b")));
        Refused.with(NOT_FOUND, () -> driver.controller().controllerGetVolume(get("../volumes/a")));
        Refused.with(INVALID_ARGUMENT, () -> driver.controller().controllerGetVolume(get("")));
    }

    @Test
    void a_volume_without_its_bytes_has_lost_data() throws Exception {
        create("a", "b");
        Files.delete(driver.bytes("a"));

        var health = driver.controller()
                .controllerGetVolumeHealth(ControllerGetVolumeHealthRequest.newBuilder()
                        .setVolumeId("a")
                        .build())
                .getVolumeHealth();
        assertThat(health.getHealthStatuses(0).getStatus()).isEqualTo(VolumeHealthErrorType.DATA_LOSS);
        var unhealthy = driver.controller()
                .controllerListVolumeHealth(ControllerListVolumeHealthRequest.getDefaultInstance())
                .getEntriesList();
        assertThat(unhealthy).containsExactly(health);
    }

    /** Found by NodeKillTest: the record is read, the volume is deleted, and then its bytes are looked for. */
    @Test
    void a_volume_that_is_deleted_while_somebody_asks_has_lost_nothing() throws Exception {
        create("a");
        LocalStorage storage =
                LocalStorage.open(TestDriver.options(driver.directory()), new RealDisk(), new FakeMounts());
        Volume read = storage.require("a");

        driver.delete("a");

        assertThat(new VolumeMessages(storage).health(read).getHealthStatusesList())
                .isEmpty();
    }

    @Test
    void capabilities_are_confirmed_or_denied_with_a_reason() throws Exception {
        create("a");

        var confirmed = validate("a", TestDriver.mount(Mode.SINGLE_NODE_WRITER));
        assertThat(confirmed.getConfirmed().getVolumeCapabilitiesCount()).isEqualTo(1);
        var denied = validate("a", TestDriver.block());
        assertThat(denied.hasConfirmed()).isFalse();
        assertThat(denied.getMessage()).contains("block");
        Refused.with(NOT_FOUND, () -> validate("b", TestDriver.block()));
        Refused.with(INVALID_ARGUMENT, () -> validate("", TestDriver.block()));
    }

    @Test
    void the_capacity_is_what_the_filesystem_has_left_on_this_node() throws Exception {
        assertThat(capacity(GetCapacityRequest.newBuilder())).isEqualTo(50L << 30);
        assertThat(capacity(GetCapacityRequest.newBuilder().setAccessibleTopology(place("node-a"))))
                .isEqualTo(50L << 30);
        assertThat(capacity(GetCapacityRequest.newBuilder().setAccessibleTopology(place("node-b"))))
                .isZero();
        assertThat(capacity(GetCapacityRequest.newBuilder().addVolumeCapabilities(TestDriver.block())))
                .isZero();
        Refused.with(
                INVALID_ARGUMENT, () -> capacity(GetCapacityRequest.newBuilder().putParameters("pool", "fast")));
    }

    @Test
    void a_class_that_names_filesystem_and_secrets_has_capacity_too() throws Exception {
        assertThat(capacity(GetCapacityRequest.newBuilder()
                        .putParameters("csi.storage.k8s.io/fstype", "ext4")
                        .putParameters("csi.storage.k8s.io/provisioner-secret-name", "none")))
                .isEqualTo(50L << 30);
    }

    private void create(String... names) throws CsiException {
        for (String name : names) {
            driver.create(name);
        }
    }

    private ListVolumesResponse page(String token, int size) throws CsiException {
        return driver.controller()
                .listVolumes(ListVolumesRequest.newBuilder()
                        .setStartingToken(token)
                        .setMaxEntries(size)
                        .build());
    }

    private static List<String> ids(ListVolumesResponse page) {
        return page.getEntriesList().stream()
                .map(entry -> entry.getVolume().getVolumeId())
                .toList();
    }

    private static ControllerGetVolumeRequest get(String id) {
        return ControllerGetVolumeRequest.newBuilder().setVolumeId(id).build();
    }

    private ValidateVolumeCapabilitiesResponse validate(String id, VolumeCapability capability) throws CsiException {
        return driver.controller()
                .validateVolumeCapabilities(ValidateVolumeCapabilitiesRequest.newBuilder()
                        .setVolumeId(id)
                        .addVolumeCapabilities(capability)
                        .build());
    }

    private long capacity(GetCapacityRequest.Builder request) throws CsiException {
        return driver.controller().getCapacity(request.build()).getAvailableCapacity();
    }

    private static Topology place(String node) {
        return Topology.newBuilder().putSegments(NodeTopology.KEY, node).build();
    }
}
