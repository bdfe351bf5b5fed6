package solo.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static solo.csi.model.Code.ALREADY_EXISTS;
import static solo.csi.model.Code.INVALID_ARGUMENT;
import static solo.csi.model.Code.OUT_OF_RANGE;
import static solo.csi.model.Code.RESOURCE_EXHAUSTED;
import static solo.driver.TestDriver.GIB;
import static solo.driver.TestDriver.creation;

import csi.v1.CapacityRange;
import csi.v1.CreateVolumeRequest;
import csi.v1.Topology;
import csi.v1.TopologyRequirement;
import csi.v1.Volume;
import csi.v1.VolumeCapability.AccessMode.Mode;
import csi.v1.VolumeCapability.MountVolume;
import csi.v1.VolumeContentSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.assertj.core.api.AbstractStringAssert;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import solo.csi.CsiException;
import solo.csi.model.Code;

class CreateVolumeTest {
    @TempDir
    private Path directory = Path.of("");

    private final FakeMounts mounts = new FakeMounts();
    private TestDriver driver;

    @BeforeEach
    void open() throws IOException {
        driver = TestDriver.in(directory, mounts);
    }

    @Test
    void a_volume_is_a_directory_that_only_this_node_can_reach() throws Exception {
        Volume volume = driver.create("pvc-1");

        assertThat(volume.getVolumeId()).isEqualTo("pvc-1");
        assertThat(volume.getCapacityBytes()).isEqualTo(GIB);
        assertThat(volume.getVolumeContextMap()).containsEntry("backend", "dir");
        assertThat(volume.getAccessibleTopologyList())
                .containsExactly(Topology.newBuilder()
                        .putSegments("topology.local.csi.solo/node", "node-a")
                        .build());
        assertThat(driver.bytes("pvc-1")).isEmptyDirectory();
    }

    @Test
    void any_user_may_write_into_a_volume_but_no_user_of_the_node_gets_near_it() throws Exception {
        driver.create("pvc-1");

        assertThat(permissions(driver.bytes("pvc-1"))).isEqualTo("rwxrwxrwx");
        assertThat(permissions(driver.directory().resolve("state/dir"))).isEqualTo("rwx------");
    }

    @Test
    void the_same_request_gives_the_same_volume() throws Exception {
        Volume first = driver.create("pvc-1");
        Files.writeString(driver.bytes("pvc-1").resolve("file"), "kept");

        assertThat(driver.create("pvc-1")).isEqualTo(first);
        assertThat(driver.bytes("pvc-1").resolve("file")).hasContent("kept");
        assertThat(driver.listed()).containsExactly("pvc-1");
    }

    @Test
    void the_same_name_with_a_size_that_does_not_hold_is_refused() throws Exception {
        driver.create("pvc-1");

        refused(ALREADY_EXISTS, creation("pvc-1").setCapacityRange(bytes(2 * GIB, 0)))
                .contains("1073741824", "2147483648");
        refused(ALREADY_EXISTS, creation("pvc-1").setCapacityRange(bytes(0, GIB / 2)));
        assertThat(created(creation("pvc-1").setCapacityRange(bytes(GIB / 2, 2 * GIB)))
                        .getCapacityBytes())
                .isEqualTo(GIB);
    }

    @Test
    void the_same_name_for_another_use_is_refused() throws Exception {
        driver.create("pvc-1");

        refused(ALREADY_EXISTS, creation("pvc-1").addVolumeCapabilities(TestDriver.mount(Mode.MULTI_NODE_MULTI_WRITER)))
                .contains("capabilities", "MULTI_NODE_MULTI_WRITER");
    }

    @Test
    void who_asked_for_a_volume_does_not_make_it_another_one() throws Exception {
        driver.create("pvc-1");

        created(creation("pvc-1")
                .putParameters("csi.storage.k8s.io/pvc/name", "data")
                .putParameters("csi.storage.k8s.io/pvc/namespace", "default")
                .putParameters("csi.storage.k8s.io/pv/name", "pvc-1")
                .putParameters("backend", "dir"));
        assertThat(driver.listed()).containsExactly("pvc-1");
    }

    @Test
    void an_unknown_parameter_is_named_together_with_the_known_ones() {
        refused(INVALID_ARGUMENT, creation("pvc-1").putParameters("fsTyp", "ext4"))
                .contains("fsTyp", "backend");
        refused(INVALID_ARGUMENT, creation("pvc-1").putParameters("backend", "tape"))
                .contains("tape", "dir");
    }

    @ParameterizedTest
    @ValueSource(strings = {"../../etc", "..", ".", "a/b", "Großes Volume", "卷", "-x", "UPPER", "a\nb", "n_1"})
    void any_name_is_fine_and_never_becomes_a_path(String name) throws Exception {
        Volume volume = driver.create(name);

        assertThat(volume.getVolumeId()).matches("n_[0-9a-f]{64}");
        assertThat(driver.create(name)).isEqualTo(volume);
        assertThat(driver.bytes(volume.getVolumeId())).isDirectory();
        driver.delete(volume.getVolumeId());
        assertThat(driver.listed()).isEmpty();
    }

    @Test
    void a_name_has_at_most_128_bytes_however_many_letters() throws Exception {
        assertThat(driver.create("a".repeat(128)).getVolumeId()).isEqualTo("a".repeat(128));
        driver.create("ä".repeat(64));

        refused(INVALID_ARGUMENT, creation("a".repeat(129))).contains("129", "128");
        refused(INVALID_ARGUMENT, creation("ä".repeat(65))).contains("130");
    }

    @Test
    void a_missing_or_unprintable_name_is_refused() {
        refused(INVALID_ARGUMENT, creation("")).contains("name");
        refused(INVALID_ARGUMENT, creation("a\u0000b")).contains("control character");
        refused(INVALID_ARGUMENT, creation("a\u0085b")).contains("control character");
    }

    @Test
    void impossible_sizes_are_refused() {
        refused(INVALID_ARGUMENT, creation("v").setCapacityRange(bytes(-1, 0))).contains("negative");
        refused(INVALID_ARGUMENT, creation("v").setCapacityRange(bytes(0, -1))).contains("negative");
        refused(INVALID_ARGUMENT, creation("v").setCapacityRange(bytes(2, 1)));
        refused(OUT_OF_RANGE, creation("v").setCapacityRange(bytes(Long.MAX_VALUE, 0)))
                .contains("9223372036854775807");
        assertThat(driver.directory().resolve("state/volumes")).isEmptyDirectory();
    }

    @Test
    void without_a_size_a_volume_has_one_gibibyte_or_the_limit() throws Exception {
        assertThat(created(creation("a").clearCapacityRange()).getCapacityBytes())
                .isEqualTo(GIB);
        assertThat(created(creation("b").setCapacityRange(bytes(0, 5))).getCapacityBytes())
                .isEqualTo(5);
        assertThat(created(creation("c").setCapacityRange(bytes(0, 0))).getCapacityBytes())
                .isEqualTo(GIB);
    }

    @Test
    void what_a_directory_cannot_be_is_refused_in_words() {
        refused(INVALID_ARGUMENT, creation("v").clearVolumeCapabilities()).contains("volume_capabilities");
        refused(INVALID_ARGUMENT, creation("v").addVolumeCapabilities(TestDriver.block()))
                .contains("block", "dir");
        refused(
                        INVALID_ARGUMENT,
                        creation("v")
                                .addVolumeCapabilities(TestDriver.mountWith(
                                        MountVolume.newBuilder().setFsType("xfs"))))
                .contains("xfs");
        refused(
                        INVALID_ARGUMENT,
                        creation("v")
                                .addVolumeCapabilities(TestDriver.mountWith(
                                        MountVolume.newBuilder().addMountFlags("nobarrier"))))
                .contains("nobarrier", "noatime");
        refused(
                        INVALID_ARGUMENT,
                        creation("v")
                                .addVolumeCapabilities(TestDriver.mount(Mode.SINGLE_NODE_WRITER).toBuilder()
                                        .clearMount()))
                .contains("neither block nor mount");
        refused(INVALID_ARGUMENT, creation("v").addVolumeCapabilities(TestDriver.mount(Mode.UNKNOWN)))
                .contains("access mode");
        refused(
                        INVALID_ARGUMENT,
                        creation("v")
                                .setVolumeContentSource(VolumeContentSource.newBuilder()
                                        .setVolume(VolumeContentSource.VolumeSource.getDefaultInstance())))
                .contains("volume_content_source.volume.volume_id");
        refused(INVALID_ARGUMENT, creation("v").putMutableParams("iops", "5")).contains("iops");
    }

    @ParameterizedTest
    @EnumSource(
            value = Mode.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"UNKNOWN", "UNRECOGNIZED"})
    void every_access_mode_is_accepted(Mode mode) throws Exception {
        created(creation("v").clearVolumeCapabilities().addVolumeCapabilities(TestDriver.mount(mode)));
    }

    @Test
    void one_fitting_place_among_the_requisite_ones_is_enough() throws Exception {
        created(creation("v").setAccessibilityRequirements(places("node-b", "node-a")));
        refused(RESOURCE_EXHAUSTED, creation("w").setAccessibilityRequirements(places("node-b", "node-c")))
                .contains("node-a");
        refused(ALREADY_EXISTS, creation("v").setAccessibilityRequirements(places("node-b")))
                .contains("node-a");
    }

    @Test
    void without_topology_places_mean_nothing() throws Exception {
        driver = TestDriver.with(TestDriver.options(directory).with(Set.of()), mounts);

        Volume volume = created(creation("v").setAccessibilityRequirements(places("node-b")));
        assertThat(volume.getAccessibleTopologyList()).isEmpty();
    }

    @Test
    void a_pool_gives_out_what_it_has_and_no_more() throws Exception {
        driver = TestDriver.with(TestDriver.options(directory).withPoolCapacityBytes(3 * GIB), mounts);

        driver.create("a");
        created(creation("b").setCapacityRange(bytes(2 * GIB, 0)));
        refused(RESOURCE_EXHAUSTED, creation("c")).contains("0 of 3221225472");
        refused(OUT_OF_RANGE, creation("c").setCapacityRange(bytes(4 * GIB, 0)));
        // A conflict of names is told before a lack of room.
        refused(ALREADY_EXISTS, creation("a").setCapacityRange(bytes(9 * GIB, 0)));
        driver.delete("a");
        driver.create("c");
    }

    @Test
    void bytes_of_nobody_are_kept_and_not_given_to_a_new_volume() throws Exception {
        Files.createDirectory(driver.bytes("pvc-1"));
        Files.writeString(driver.bytes("pvc-1").resolve("file"), "of somebody else");

        driver.create("pvc-1");

        assertThat(driver.bytes("pvc-1")).isEmptyDirectory();
        assertThat(driver.directory().resolve("state/set-aside/dir-pvc-1/file")).hasContent("of somebody else");
    }

    private Volume created(CreateVolumeRequest.Builder request) throws CsiException {
        return driver.controller().createVolume(request.build()).getVolume();
    }

    private AbstractStringAssert<?> refused(Code code, CreateVolumeRequest.Builder request) {
        return Refused.with(code, () -> created(request));
    }

    private static CapacityRange bytes(long required, long limit) {
        return CapacityRange.newBuilder()
                .setRequiredBytes(required)
                .setLimitBytes(limit)
                .build();
    }

    private static TopologyRequirement places(String... nodes) {
        var requirement = TopologyRequirement.newBuilder();
        for (String node : nodes) {
            requirement.addRequisite(Topology.newBuilder().putSegments(NodeTopology.KEY, node));
        }
        return requirement.build();
    }

    private static String permissions(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
