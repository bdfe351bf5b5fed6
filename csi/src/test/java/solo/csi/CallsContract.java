package solo.csi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.Message;
import csi.v1.ControllerGetCapabilitiesRequest;
import csi.v1.ControllerGetCapabilitiesResponse;
import csi.v1.ControllerServiceCapability;
import csi.v1.CreateVolumeRequest;
import csi.v1.CreateVolumeResponse;
import csi.v1.GetMetadataAllocatedRequest;
import csi.v1.GetMetadataAllocatedResponse;
import csi.v1.ListVolumesRequest;
import csi.v1.ListVolumesResponse;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.MethodSource;
import solo.csi.model.Code;
import solo.csi.model.ControllerCapability;

/** What holds for every way to a driver, whether it is in this process or behind a socket. */
@Timeout(60)
abstract class CallsContract {
    private static final Duration SOON = Duration.ofMillis(200);

    final FakeDriver driver = new FakeDriver();
    private Calls calls = new InProcessCalls(driver);

    /** The way to the driver that is under test. */
    abstract Calls open(Driver driver) throws Exception;

    abstract void close() throws Exception;

    @BeforeEach
    void openTheWay() throws Exception {
        calls = open(driver);
    }

    @AfterEach
    void closeTheWay() throws Exception {
        close();
    }

    @Test
    void request_and_answer_arrive_as_they_were_sent() throws Exception {
        var seen = new AtomicReference<@Nullable CreateVolumeRequest>();
        driver.onCreateVolume = request -> {
            seen.set(request);
            return volume("vol-1");
        };
        CreateVolumeRequest request = CreateVolumeRequest.newBuilder()
                .setName("pvc-1")
                .putSecrets("password", "hunter2")
                .putMutableParams("iops", "100")
                .build();

        assertThat(calls.call(Rpcs.CREATE_VOLUME, request)).isEqualTo(volume("vol-1"));
        assertThat(seen.get()).isEqualTo(request);
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "OK")
    void a_refusal_keeps_its_code_and_its_words(Code code) {
        driver.onCreateVolume = request -> {
            throw new CsiException(code, "because: \"of\" that");
        };
        CsiException refused = refusalOf(calls, Rpcs.CREATE_VOLUME);
        assertThat(refused.code()).isEqualTo(code);
        assertThat(refused.goText()).isEqualTo("rpc error: code = " + code.goName() + " desc = because: \"of\" that");
    }

    static List<Rpc<?, ?>> everyUnaryCall() {
        return Rpcs.UNARY;
    }

    @ParameterizedTest
    @MethodSource("everyUnaryCall")
    void every_call_reaches_the_driver_method_of_its_own_name(Rpc<?, ?> rpc) {
        String name = rpc.path().substring(rpc.path().lastIndexOf('/') + 1);
        CsiException refused = refusalOf(calls, rpc);
        assertThat(refused.code()).isEqualTo(Code.UNIMPLEMENTED);
        assertThat(refused.description()).isEqualTo("method " + name + " not implemented");
    }

    @ParameterizedTest
    @MethodSource("everyUnaryCall")
    void every_method_of_the_driver_made_from_calls_uses_the_call_of_its_own_name(Rpc<?, ?> rpc) {
        String name = rpc.path().substring(rpc.path().lastIndexOf('/') + 1);
        CsiException refused = refusalOf(new InProcessCalls(new RpcDriver(calls)), rpc);
        assertThat(refused.description()).isEqualTo("method " + name + " not implemented");
    }

    @Test
    void a_bug_in_the_driver_is_an_internal_error_not_a_lost_call() {
        driver.onCreateVolume = request -> {
            throw new IllegalStateException("no such pool");
        };
        CsiException refused = refusalOf(calls, Rpcs.CREATE_VOLUME);
        assertThat(refused.code()).isEqualTo(Code.INTERNAL);
        assertThat(refused.description()).contains("no such pool");
    }

    @Test
    void a_late_driver_is_interrupted_and_its_caller_told_on_time() throws Exception {
        var interrupted = new CountDownLatch(1);
        driver.onCreateVolume = request -> {
            untilInterrupted(interrupted);
            throw new CsiException(Code.ABORTED, "interrupted");
        };
        CsiException refused = refusalOf(new TimedCalls(calls, SOON), Rpcs.CREATE_VOLUME);
        assertThat(refused.goText()).isEqualTo("rpc error: code = DeadlineExceeded desc = context deadline exceeded");
        await().until(() -> interrupted.getCount() == 0);
    }

    @Test
    void a_driver_knows_how_long_its_caller_waits() throws Exception {
        var remaining = new AtomicReference<@Nullable Duration>();
        driver.onCreateVolume = request -> {
            CallDeadline deadline = CallDeadline.current();
            remaining.set(deadline == null ? null : deadline.remaining());
            return volume("vol-1");
        };
        var _ = new TimedCalls(calls, Duration.ofMinutes(5))
                .call(Rpcs.CREATE_VOLUME, CreateVolumeRequest.getDefaultInstance());
        assertThat(remaining.get()).isBetween(Duration.ofMinutes(4), Duration.ofMinutes(5));
    }

    @Test
    void a_stream_arrives_in_order_and_to_its_end() throws Exception {
        driver.metadata = FakeDriver.extents(5_000);
        var offsets = new ArrayList<Long>();
        calls.stream(Rpcs.GET_METADATA_ALLOCATED, request(), message -> offsets.add(offset(message)));
        assertThat(offsets).hasSize(5_000).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void a_stream_that_breaks_off_delivers_what_it_had_and_then_refuses() {
        driver.metadata = new SnapshotMetadataService() {
            @Override
            public void getMetadataAllocated(
                    GetMetadataAllocatedRequest request, Sink<GetMetadataAllocatedResponse> sink) throws CsiException {
                FakeDriver.extents(3).getMetadataAllocated(request, sink);
                throw new CsiException(Code.DATA_LOSS, "bad sector");
            }
        };
        var offsets = new ArrayList<Long>();
        assertThatThrownBy(() ->
                        calls.stream(Rpcs.GET_METADATA_ALLOCATED, request(), message -> offsets.add(offset(message))))
                .isInstanceOfSatisfying(
                        CsiException.class,
                        refused -> assertThat(refused.goText())
                                .contains("DataLoss")
                                .contains("bad sector"));
        assertThat(offsets).containsExactly(0L, 1L, 2L);
    }

    @Test
    void a_reader_that_has_seen_enough_stops_the_driver() {
        var stopped = new CountDownLatch(1);
        driver.metadata = new SnapshotMetadataService() {
            @Override
            public void getMetadataAllocated(
                    GetMetadataAllocatedRequest request, Sink<GetMetadataAllocatedResponse> sink) throws CsiException {
                try {
                    FakeDriver.extents(Integer.MAX_VALUE).getMetadataAllocated(request, sink);
                } finally {
                    stopped.countDown();
                }
            }
        };
        var seen = new AtomicInteger();
        assertThatThrownBy(() -> calls.stream(Rpcs.GET_METADATA_ALLOCATED, request(), message -> {
                    if (seen.incrementAndGet() == 3) {
                        throw new CsiException(Code.CANCELED, "enough");
                    }
                }))
                .isInstanceOf(CsiException.class)
                .hasMessage("enough");
        assertThat(seen).hasValue(3);
        await().until(() -> stopped.getCount() == 0);
    }

    @Test
    void a_driver_waits_for_a_reader_that_is_slower() throws Exception {
        int count = 300;
        var writer = new AtomicReference<@Nullable Thread>();
        driver.metadata = new SnapshotMetadataService() {
            @Override
            public void getMetadataAllocated(
                    GetMetadataAllocatedRequest request, Sink<GetMetadataAllocatedResponse> sink) throws CsiException {
                writer.set(Thread.currentThread());
                for (int i = 0; i < count; i++) {
                    sink.accept(manyExtents(10_000));
                }
            }
        };
        var seen = new AtomicInteger();
        calls.stream(Rpcs.GET_METADATA_ALLOCATED, request(), message -> {
            if (seen.getAndIncrement() == 0) {
                await().until(() -> isWaiting(writer.get()));
            }
        });
        assertThat(seen).hasValue(count);
    }

    @Test
    void a_capability_number_from_a_newer_csi_is_left_out() throws Exception {
        driver.onControllerGetCapabilities = request -> {
            var answer = ControllerGetCapabilitiesResponse.newBuilder();
            answer.addCapabilitiesBuilder().getRpcBuilder().setTypeValue(4711);
            answer.addCapabilitiesBuilder().getRpcBuilder().setType(ControllerServiceCapability.RPC.Type.EXPAND_VOLUME);
            answer.addCapabilitiesBuilder();
            return answer.build();
        };
        assertThat(DriverProbe.controllerCapabilities(new RpcDriver(calls)))
                .containsExactly(ControllerCapability.EXPAND_VOLUME);
        assertThat(calls.call(Rpcs.CONTROLLER_GET_CAPABILITIES, ControllerGetCapabilitiesRequest.getDefaultInstance())
                        .getCapabilitiesCount())
                .isEqualTo(3);
    }

    @Test
    void a_list_of_twenty_thousand_volumes_gets_through() throws Exception {
        var everything = ListVolumesResponse.newBuilder();
        for (int i = 0; i < 20_000; i++) {
            everything
                    .addEntriesBuilder()
                    .getVolumeBuilder()
                    .setVolumeId("volume-" + i)
                    .putVolumeContext("comment", "x".repeat(300));
        }
        ListVolumesResponse list = everything.build();
        assertThat(list.getSerializedSize()).isGreaterThan(4 << 20);
        driver.onListVolumes = request -> list;
        assertThat(calls.call(Rpcs.LIST_VOLUMES, ListVolumesRequest.getDefaultInstance()))
                .isEqualTo(list);
    }

    private static <Q extends Message, A extends Message> CsiException refusalOf(Calls calls, Rpc<Q, A> rpc) {
        Q empty = rpc.method().parseRequest(InputStream.nullInputStream());
        return catchThrowableOfType(CsiException.class, () -> calls.call(rpc, empty));
    }

    private static void untilInterrupted(CountDownLatch interrupted) {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException expected) {
            interrupted.countDown();
        }
    }

    private static boolean isWaiting(@Nullable Thread thread) {
        return thread != null
                && (thread.getState() == Thread.State.WAITING || thread.getState() == Thread.State.TIMED_WAITING);
    }

    private static GetMetadataAllocatedResponse manyExtents(int extents) {
        var message = GetMetadataAllocatedResponse.newBuilder();
        for (int i = 0; i < extents; i++) {
            message.addBlockMetadataBuilder().setByteOffset(i);
        }
        return message.build();
    }

    private static GetMetadataAllocatedRequest request() {
        return GetMetadataAllocatedRequest.newBuilder().setSnapshotId("snap").build();
    }

    private static long offset(GetMetadataAllocatedResponse message) {
        return message.getBlockMetadata(0).getByteOffset();
    }

    static CreateVolumeResponse volume(String id) {
        var answer = CreateVolumeResponse.newBuilder();
        answer.getVolumeBuilder().setVolumeId(id);
        return answer.build();
    }
}
