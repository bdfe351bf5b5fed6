package solo.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static solo.csi.model.Code.CANCELED;
import static solo.csi.model.Code.FAILED_PRECONDITION;
import static solo.csi.model.Code.INTERNAL;
import static solo.csi.model.Code.INVALID_ARGUMENT;
import static solo.csi.model.Code.NOT_FOUND;
import static solo.csi.model.Code.OUT_OF_RANGE;

import csi.v1.BlockMetadata;
import csi.v1.BlockMetadataType;
import csi.v1.ControllerExpandVolumeRequest;
import csi.v1.CreateSnapshotRequest;
import csi.v1.DeleteSnapshotRequest;
import csi.v1.GetMetadataAllocatedRequest;
import csi.v1.GetMetadataAllocatedResponse;
import csi.v1.GetMetadataDeltaRequest;
import csi.v1.GetMetadataDeltaResponse;
import csi.v1.GetPluginCapabilitiesRequest;
import csi.v1.PluginCapability.Service;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import solo.csi.Calls;
import solo.csi.ConnectionOptions;
import solo.csi.CsiException;
import solo.csi.Driver;
import solo.csi.DriverConnection;
import solo.csi.DriverServer;
import solo.csi.InProcessCalls;
import solo.csi.RpcDriver;
import solo.csi.Sink;
import solo.csi.SocketAccess;
import solo.csi.UnixSocket;

/** SnapshotMetadata of raw block volumes, whose images the tests write themselves; called in process and by a socket. */
@ParameterizedClass
@EnumSource
class SnapshotBlocksTest {
    private static final long BYTES = 64 * ImageRequests.MIB;
    private static final long BLOCK = 4096;

    enum Way {
        IN_PROCESS,
        SOCKET
    }

    @Parameter
    Way way = Way.IN_PROCESS;

    @TempDir
    private Path directory = Path.of("");

    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    private TestDriver driver;
    private ImageRequests images;
    private Driver caller;

    /** What the last write was of: not what the one before was of, and never zeros. */
    private byte writes;

    @BeforeEach
    void start() throws Exception {
        driver = TestDriver.in(directory, new FakeMounts());
        images = new ImageRequests(driver, ImageRequests.BLOCK, BYTES);
        caller = new RpcDriver(calls());
        driver.controller().createVolume(images.creation("v").build());
    }

    private Calls calls() throws Exception {
        if (way == Way.IN_PROCESS) {
            return new InProcessCalls(driver.driver());
        }
        var socket = new UnixSocket(directory.resolve("csi.sock"));
        open.push(DriverServer.start(socket, SocketAccess.OWNER, driver.driver()));
        var connection = DriverConnection.open(socket, ConnectionOptions.DEFAULT);
        open.push(connection);
        return connection.calls();
    }

    @AfterEach
    void close() throws Exception {
        while (!open.isEmpty()) {
            open.pop().close();
        }
    }

    @Test
    void the_driver_says_that_it_tells_of_blocks() throws Exception {
        assertThat(caller.identity()
                        .getPluginCapabilities(GetPluginCapabilitiesRequest.getDefaultInstance())
                        .getCapabilitiesList())
                .extracting(capability -> capability.getService().getType())
                .contains(Service.Type.SNAPSHOT_METADATA_SERVICE);
    }

    @Test
    void allocated_are_the_blocks_that_had_been_written_when_the_snapshot_was_made() throws Exception {
        write("v", 3 * BLOCK + 100, 10);
        write("v", 20 * BLOCK, 2 * BLOCK);
        write("v", BYTES - 1, 1);
        snapshot("s", "v");
        write("v", 40 * BLOCK, BLOCK);

        assertThat(allocated("s"))
                .containsExactly(range(3 * BLOCK, BLOCK), range(20 * BLOCK, 2 * BLOCK), range(BYTES - BLOCK, BLOCK));
    }

    @Test
    void a_snapshot_of_a_volume_that_nobody_wrote_to_has_no_blocks() throws Exception {
        snapshot("s", "v");
        assertThat(allocated("s")).isEmpty();
    }

    @Test
    void changed_are_the_blocks_written_between_two_snapshots_in_either_order() throws Exception {
        write("v", 0, 10 * BLOCK);
        snapshot("s", "v");
        write("v", 2 * BLOCK + 5, 1);
        write("v", 30 * BLOCK, BLOCK);
        snapshot("t", "v");

        assertThat(changed("s", "t"))
                .containsExactly(range(2 * BLOCK, BLOCK), range(30 * BLOCK, BLOCK))
                .isEqualTo(changed("t", "s"));
        assertThat(changed("t", "t")).isEmpty();
    }

    @Test
    void a_volume_that_grew_in_between_goes_on_with_zeros_in_the_base() throws Exception {
        snapshot("s", "v");
        var growth = ControllerExpandVolumeRequest.newBuilder().setVolumeId("v");
        growth.getCapacityRangeBuilder().setRequiredBytes(2 * BYTES);
        driver.controller().controllerExpandVolume(growth.build());
        write("v", BYTES + BLOCK, BLOCK);
        snapshot("t", "v");

        assertThat(changed("s", "t")).containsExactly(range(BYTES + BLOCK, BLOCK));
        assertThat(delta("s", "t", 0, 0).getFirst().getVolumeCapacityBytes()).isEqualTo(2 * BYTES);
        assertThat(changed("t", "s")).isEmpty();
    }

    @Test
    void every_message_has_at_most_so_many_extents_and_says_how_long_the_volume_is_and_that_extents_vary()
            throws Exception {
        scatter(7);
        snapshot("s", "v");
        List<GetMetadataAllocatedResponse> pages = allocated("s", 0, 3);

        assertThat(pages)
                .extracting(GetMetadataAllocatedResponse::getBlockMetadataCount)
                .containsExactly(3, 3, 1);
        assertThat(pages).allSatisfy(page -> {
            assertThat(page.getVolumeCapacityBytes()).isEqualTo(BYTES);
            assertThat(page.getBlockMetadataType()).isEqualTo(BlockMetadataType.VARIABLE_LENGTH);
        });
        assertThat(pages.stream().flatMap(page -> page.getBlockMetadataList().stream()))
                .isEqualTo(allocated("s"))
                .hasSize(7);
    }

    @Test
    void without_a_limit_and_with_a_huge_one_messages_stay_small() throws Exception {
        scatter(1500);
        snapshot("s", "v");

        assertThat(allocated("s", 0, 0))
                .extracting(GetMetadataAllocatedResponse::getBlockMetadataCount)
                .containsExactly(1024, 476);
        assertThat(allocated("s", 0, Integer.MAX_VALUE)).hasSize(2);
    }

    @Test
    void an_interrupted_call_goes_on_behind_the_last_extent_that_arrived() throws Exception {
        snapshot("s", "v");
        scatter(7);
        snapshot("t", "v");
        List<BlockMetadata> all = changed("s", "t");
        for (int had = 1; had <= all.size(); had++) {
            BlockMetadata last = all.get(had - 1);
            long next = last.getByteOffset() + last.getSizeBytes();
            assertThat(blocksOfDelta(delta("s", "t", next, 2))).isEqualTo(all.subList(had, all.size()));
            assertThat(blocks(allocated("t", next, 2))).isEqualTo(all.subList(had, all.size()));
        }
        BlockMetadata first = all.getFirst();
        assertThat(blocksOfDelta(delta("s", "t", first.getByteOffset() + 17, 0)))
                .isEqualTo(all);
    }

    @Test
    void an_offset_outside_the_volume_is_out_of_range_and_its_end_is_not() throws Exception {
        write("v", BYTES - BLOCK, BLOCK);
        snapshot("s", "v");
        assertThat(allocated("s", BYTES, 0)).isEmpty();
        assertThat(delta("s", "s", BYTES, 0)).isEmpty();
        for (long offset : List.of(-1L, BYTES + 1, Long.MAX_VALUE, Long.MIN_VALUE)) {
            Refused.with(OUT_OF_RANGE, () -> allocated("s", offset, 0)).contains("starting_offset");
            Refused.with(OUT_OF_RANGE, () -> delta("s", "s", offset, 0)).contains(Long.toString(BYTES));
        }
    }

    @Test
    void what_is_missing_unknown_or_does_not_fit_together_is_refused() throws Exception {
        driver.controller().createVolume(images.creation("w").build());
        snapshot("s", "v");
        snapshot("other", "w");
        Refused.with(INVALID_ARGUMENT, () -> allocated("")).contains("snapshot_id");
        Refused.with(INVALID_ARGUMENT, () -> changed("", "s")).contains("base_snapshot_id");
        Refused.with(INVALID_ARGUMENT, () -> changed("s", "")).contains("target_snapshot_id");
        Refused.with(INVALID_ARGUMENT, () -> allocated("s", 0, -1)).contains("max_results");
        Refused.with(INVALID_ARGUMENT, () -> delta("s", "s", 0, -1)).contains("max_results");
        Refused.with(INVALID_ARGUMENT, () -> changed("s", "other")).contains("volume v", "volume w");
        Refused.with(NOT_FOUND, () -> allocated("t")).contains("no snapshot t");
        Refused.with(NOT_FOUND, () -> changed("s", "t")).contains("no snapshot t");
        Refused.with(NOT_FOUND, () -> changed("../s", "s")).contains("no snapshot");
    }

    @Test
    void a_snapshot_of_a_directory_has_no_blocks_to_tell_of() throws Exception {
        driver.create("files");
        snapshot("s", "files");
        Refused.with(FAILED_PRECONDITION, () -> allocated("s")).contains("backend dir", "copy all of it");
        Refused.with(FAILED_PRECONDITION, () -> changed("s", "s")).contains("backend dir");
    }

    @Test
    void a_snapshot_whose_file_is_damaged_is_not_taken_for_one_with_zeros() throws Exception {
        snapshot("s", "v");
        try (var file = new RandomAccessFile(snapshotFile("s").toFile(), "rw")) {
            file.setLength(BYTES - BLOCK);
        }
        Refused.with(INTERNAL, () -> allocated("s")).contains("4096 bytes short");
        Files.delete(snapshotFile("s"));
        Refused.with(INTERNAL, () -> allocated("s")).contains("no such file");
    }

    @Test
    void a_list_that_was_begun_is_whole_although_the_snapshot_is_deleted_meanwhile() throws Exception {
        scatter(7);
        snapshot("s", "v");
        List<BlockMetadata> all = allocated("s");
        var seen = new ArrayList<BlockMetadata>();
        stream("s", 0, 1, page -> {
            if (seen.isEmpty()) {
                delete("s");
            }
            seen.addAll(page.getBlockMetadataList());
        });
        assertThat(seen).isEqualTo(all);
        Refused.with(NOT_FOUND, () -> allocated("s")).contains("no snapshot s");
    }

    @Test
    void a_reader_that_goes_leaves_no_open_file() throws Exception {
        scatter(5_000);
        snapshot("s", "v");
        Refused.with(
                        CANCELED,
                        () -> stream("s", 0, 1, page -> {
                            throw new CsiException(CANCELED, "enough");
                        }))
                .contains("enough");
        await().until(() -> openFiles().stream().noneMatch(file -> file.endsWith(snapshotFile("s"))));
    }

    private static BlockMetadata range(long offset, long bytes) {
        return BlockMetadata.newBuilder()
                .setByteOffset(offset)
                .setSizeBytes(bytes)
                .build();
    }

    private void scatter(int extents) throws IOException {
        for (int i = 0; i < extents; i++) {
            writes = 0;
            write("v", (3 * i + 1) * BLOCK, BLOCK);
        }
    }

    private void write(String volume, long offset, long bytes) throws IOException {
        try (var file = new RandomAccessFile(images.file(volume).toFile(), "rw")) {
            var some = new byte[(int) bytes];
            Arrays.fill(some, ++writes);
            file.seek(offset);
            file.write(some);
        }
    }

    private Path snapshotFile(String id) {
        return driver.directory().resolve("state/image-snapshots").resolve(id);
    }

    private static List<Path> openFiles() throws IOException {
        var files = new ArrayList<Path>();
        try (var descriptors = Files.newDirectoryStream(Path.of("/proc/self/fd"))) {
            for (Path descriptor : descriptors) {
                if (Files.exists(descriptor)) {
                    files.add(Files.readSymbolicLink(descriptor));
                }
            }
        }
        return files;
    }

    private void snapshot(String name, String volume) throws CsiException {
        driver.controller()
                .createSnapshot(CreateSnapshotRequest.newBuilder()
                        .setName(name)
                        .setSourceVolumeId(volume)
                        .build());
    }

    private void delete(String id) throws CsiException {
        driver.controller()
                .deleteSnapshot(
                        DeleteSnapshotRequest.newBuilder().setSnapshotId(id).build());
    }

    private void stream(String id, long offset, int max, Sink<GetMetadataAllocatedResponse> sink) throws CsiException {
        caller.snapshotMetadata()
                .getMetadataAllocated(
                        GetMetadataAllocatedRequest.newBuilder()
                                .setSnapshotId(id)
                                .setStartingOffset(offset)
                                .setMaxResults(max)
                                .build(),
                        sink);
    }

    private List<GetMetadataAllocatedResponse> allocated(String id, long offset, int max) throws CsiException {
        var pages = new ArrayList<GetMetadataAllocatedResponse>();
        stream(id, offset, max, pages::add);
        return pages;
    }

    private List<GetMetadataDeltaResponse> delta(String base, String target, long offset, int max) throws CsiException {
        var pages = new ArrayList<GetMetadataDeltaResponse>();
        caller.snapshotMetadata()
                .getMetadataDelta(
                        GetMetadataDeltaRequest.newBuilder()
                                .setBaseSnapshotId(base)
                                .setTargetSnapshotId(target)
                                .setStartingOffset(offset)
                                .setMaxResults(max)
                                .build(),
                        pages::add);
        return pages;
    }

    private List<BlockMetadata> allocated(String id) throws CsiException {
        return blocks(allocated(id, 0, 0));
    }

    private List<BlockMetadata> changed(String base, String target) throws CsiException {
        return blocksOfDelta(delta(base, target, 0, 0));
    }

    private static List<BlockMetadata> blocks(List<GetMetadataAllocatedResponse> pages) {
        return pages.stream()
                .flatMap(page -> page.getBlockMetadataList().stream())
                .toList();
    }

    private static List<BlockMetadata> blocksOfDelta(List<GetMetadataDeltaResponse> pages) {
        return pages.stream()
                .flatMap(page -> page.getBlockMetadataList().stream())
                .toList();
    }
}
