package solo.resizer;

import csi.v1.ControllerExpandVolumeRequest;
import csi.v1.ControllerExpandVolumeResponse;
import csi.v1.ControllerModifyVolumeRequest;
import csi.v1.ControllerModifyVolumeResponse;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import solo.csi.ControllerService;
import solo.csi.CsiException;
import solo.csi.Driver;
import solo.csi.IdentityService;
import solo.csi.model.Code;
import solo.csi.model.ControllerCapability;
import solo.csi.model.DriverCapabilities;
import solo.csi.model.NodeCapability;
import solo.csi.model.PluginCapability;
import solo.kube.ApiException;
import solo.kube.Backoff;
import solo.kube.Controller;
import solo.kube.Kind;
import solo.kube.Kinds;
import solo.kube.Writes;
import solo.kube.model.Json;
import solo.kube.model.ObjectKey;
import solo.kube.model.Outcome;
import solo.kube.model.Patch;
import solo.kube.model.Projected;
import solo.resizer.ResizerOptions.AttributesClasses;
import solo.resizer.ResizerOptions.VolumesInUse;
import solo.resizer.csi.VolumeChanges;
import solo.resizer.model.ResizingDriver;
import solo.resizer.model.ResizingDriver.Metadata;
import solo.resizer.model.ResizingDriver.PreResizeNote;
import solo.simulation.ClaimBuilder;
import solo.simulation.Fault;
import solo.simulation.ModelDriver;
import solo.simulation.ObjectBuilder;
import solo.simulation.Objects;
import solo.simulation.RecordedEvents;
import solo.simulation.SimulatedApiServer;
import solo.simulation.SimulatedCluster;
import solo.simulation.SimulatedWrites;
import solo.simulation.VirtualClock;
import solo.simulation.VolumeBuilder;

/** One resizer in a simulated cluster, and a log of everything it did to the cluster and to its driver, in order. */
final class ResizerWorld {
    static final ObjectKey CLAIM = Objects.key("ns/data");
    static final Duration HOLD = Duration.ofMinutes(5);

    final VirtualClock clock = new VirtualClock();
    final SimulatedApiServer server = new SimulatedApiServer(clock);
    final SimulatedCluster cluster = new SimulatedCluster(server);
    final RecordedEvents events = new RecordedEvents();
    final List<String> log = new ArrayList<>();
    final FakeDriver driver = new FakeDriver();
    private PreResizeNote note = PreResizeNote.ALWAYS;
    private Metadata metadata = Metadata.LEFT_OUT;
    private VolumesInUse inUse = VolumesInUse.HANDLED;
    private Set<ControllerCapability> capabilities =
            EnumSet.of(ControllerCapability.EXPAND_VOLUME, ControllerCapability.MODIFY_VOLUME);
    private List<Controller> controllers = List.of();

    ResizerWorld() {
        restart();
    }

    /** The process starts anew: all that was only in memory is gone. */
    void restart() {
        ResizingDriver profile = new ResizingDriver(
                ModelDriver.NAME,
                new DriverCapabilities(
                        Set.of(PluginCapability.CONTROLLER_SERVICE),
                        Set.of(),
                        capabilities,
                        Set.of(),
                        Set.of(NodeCapability.EXPAND_VOLUME)),
                HOLD,
                note,
                metadata);
        controllers = Resizer.of(
                profile,
                new VolumeChanges(driver, driver),
                new Ports(cluster, new LoggedWrites(), events, clock),
                new ResizerOptions(1, Backoff.DEFAULT, inUse, AttributesClasses.SERVED));
    }

    ResizerWorld noting(PreResizeNote when) {
        note = when;
        restart();
        return this;
    }

    ResizerWorld sendingMetadata() {
        metadata = Metadata.SENT;
        restart();
        return this;
    }

    ResizerWorld ignoringPods() {
        inUse = VolumesInUse.NOT_HANDLED;
        restart();
        return this;
    }

    ResizerWorld able(ControllerCapability... can) {
        capabilities = EnumSet.noneOf(ControllerCapability.class);
        capabilities.addAll(List.of(can));
        restart();
        return this;
    }

    ResizerWorld with(ObjectBuilder<?>... objects) {
        for (ObjectBuilder<?> object : objects) {
            server.put(object);
        }
        return this;
    }

    /** A bound claim that has {@code has} and wants {@code wants}. */
    static ClaimBuilder claim(String has, String wants) {
        return Objects.claim("ns/data")
                .uid("uid-1")
                .size(wants)
                .with("pv", "spec", "volumeName")
                .with("Bound", "status", "phase")
                .with(has, "status", "capacity", "storage");
    }

    /** Its volume. */
    static VolumeBuilder volume(String size) {
        return Objects.volume("pv").size(size).claimRef("ns/data", "uid-1").reclaimPolicy("Retain");
    }

    Outcome grow() {
        return run(ModelDriver.NAME + "-pvc");
    }

    Outcome modify() {
        return run(ModelDriver.NAME + "-pvc-modify");
    }

    Controller controller(String name) {
        return controllers.stream()
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no controller " + name));
    }

    List<String> names() {
        return controllers.stream().map(Controller::name).toList();
    }

    private Outcome run(String name) {
        try {
            return controller(name).reconciler().reconcile(CLAIM);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    void fail(Fault fault) {
        server.fail(fault);
    }

    Json claim() {
        return server.object(Kinds.CLAIM, CLAIM);
    }

    Json status() {
        return claim().at("status");
    }

    Json volume() {
        return server.object(Kinds.VOLUME, ObjectKey.cluster("pv"));
    }

    /** {@code type=status} of each condition. */
    List<String> conditions() {
        return status().at("conditions").items().stream()
                .map(condition -> condition.at("type").text("") + "="
                        + condition.at("status").text(""))
                .toList();
    }

    Json condition(String type) {
        return status().at("conditions").items().stream()
                .filter(condition -> condition.at("type").text("").equals(type))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no condition " + type + " in " + conditions()));
    }

    @Nullable
    String expansionStatus() {
        return status().at("allocatedResourceStatuses", "storage").text();
    }

    @Nullable
    String allocated() {
        return status().at("allocatedResources", "storage").text();
    }

    /** Answers what it is told and notes what it was asked. */
    final class FakeDriver implements Driver, ControllerService {
        final List<ControllerExpandVolumeRequest> expanded = new ArrayList<>();
        final List<ControllerModifyVolumeRequest> modified = new ArrayList<>();
        private final Deque<CsiException> failures = new ArrayDeque<>();
        private boolean nodeExpansion = true;
        private long answer;
        private @Nullable Runnable meanwhile;

        FakeDriver failing(Code code) {
            failures.add(new CsiException(code, "no"));
            return this;
        }

        FakeDriver withoutNodeExpansion() {
            nodeExpansion = false;
            return this;
        }

        void answering(long bytes) {
            answer = bytes;
        }

        void meanwhile(Runnable event) {
            meanwhile = event;
        }

        @Override
        public IdentityService identity() {
            throw new UnsupportedOperationException("nobody asks here");
        }

        @Override
        public ControllerService controller() {
            return this;
        }

        @Override
        public ControllerExpandVolumeResponse controllerExpandVolume(ControllerExpandVolumeRequest request)
                throws CsiException {
            expanded.add(request);
            called("expand " + (request.getCapacityRange().getRequiredBytes() >> 30));
            return ControllerExpandVolumeResponse.newBuilder()
                    .setCapacityBytes(
                            answer > 0 ? answer : request.getCapacityRange().getRequiredBytes())
                    .setNodeExpansionRequired(nodeExpansion)
                    .build();
        }

        @Override
        public ControllerModifyVolumeResponse controllerModifyVolume(ControllerModifyVolumeRequest request)
                throws CsiException {
            modified.add(request);
            called("modify " + request.getMutableParametersMap().get("class"));
            return ControllerModifyVolumeResponse.getDefaultInstance();
        }

        private void called(String what) throws CsiException {
            log.add(what);
            if (meanwhile != null) {
                Runnable event = meanwhile;
                meanwhile = null;
                event.run();
            }
            CsiException failure = failures.poll();
            if (failure != null) {
                throw failure;
            }
        }
    }

    private final class LoggedWrites implements Writes {
        private final Writes writes = new SimulatedWrites(server, cluster);

        @Override
        public <R extends Projected> R create(Kind<R> kind, Map<String, ?> object) {
            throw new AssertionError("the resizer creates nothing");
        }

        @Override
        public <R extends Projected> R patch(Kind<R> kind, ObjectKey key, Patch patch) throws ApiException {
            log.add("patch " + kind.resource().plural() + (patch.status() ? " status" : ""));
            return writes.patch(kind, key, patch);
        }

        @Override
        public <R extends Projected> void delete(Kind<R> kind, ObjectKey key, String uid) {
            throw new AssertionError("the resizer deletes nothing");
        }
    }
}
