package solo.simulation;

import csi.v1.GetPluginCapabilitiesRequest;
import csi.v1.GetPluginCapabilitiesResponse;
import csi.v1.GetPluginInfoRequest;
import csi.v1.GetPluginInfoResponse;
import csi.v1.PluginCapability.Service;
import java.util.EnumSet;
import java.util.Set;
import solo.csi.Calls;
import solo.csi.ControllerService;
import solo.csi.Driver;
import solo.csi.GroupControllerService;
import solo.csi.IdentityService;
import solo.csi.InProcessCalls;
import solo.csi.RpcDriver;
import solo.csi.model.ControllerCapability;
import solo.csi.model.DriverCapabilities;
import solo.csi.model.GroupCapability;
import solo.csi.model.PluginCapability;
import solo.csi.model.VolumeExpansion;

/**
 * The storage driver of the simulated world: its {@link #backend} can be looked into, its {@link #calls} can be made to
 * fail.
 */
public final class ModelDriver implements Driver {

    /** What it calls itself; test objects are of this driver unless they say otherwise. */
    public static final String NAME = "model.csi.solo";

    /** What one model driver is like. */
    record Options(VirtualClock clock, DriverCapabilities capabilities) {}

    private final Options options;
    private final ModelBackend backend;
    private final FaultyCalls calls;
    private final Driver driver;

    /** A driver that can do everything, without topology. */
    public ModelDriver(VirtualClock clock) {
        this(
                new Options(
                        clock,
                        capabilities(
                                EnumSet.of(PluginCapability.CONTROLLER_SERVICE),
                                EnumSet.complementOf(EnumSet.of(
                                        ControllerCapability.VOLUME_CONDITION,
                                        ControllerCapability.GET_VOLUME_HEALTH,
                                        ControllerCapability.LIST_VOLUME_HEALTH)))),
                new ModelBackend());
    }

    public ModelDriver(VirtualClock clock, Set<PluginCapability> plugin, Set<ControllerCapability> controller) {
        this(new Options(clock, capabilities(plugin, controller)), new ModelBackend());
    }

    /** One that takes snapshots takes groups of them, too. */
    private static DriverCapabilities capabilities(Set<PluginCapability> plugin, Set<ControllerCapability> controller) {
        return new DriverCapabilities(
                plugin,
                EnumSet.of(VolumeExpansion.ONLINE),
                controller,
                controller.contains(ControllerCapability.CREATE_DELETE_SNAPSHOT)
                        ? EnumSet.allOf(GroupCapability.class)
                        : Set.of(),
                Set.of());
    }

    private ModelDriver(Options options, ModelBackend backend) {
        this.options = options;
        this.backend = backend;
        ModelController controller = new ModelController(options, backend);
        this.calls = new FaultyCalls(
                new InProcessCalls(
                        new Honest(new Identity(), controller, new ModelGroups(options, backend, controller))),
                options.clock());
        this.driver = new RpcDriver(calls);
    }

    public DriverCapabilities capabilities() {
        return options.capabilities();
    }

    public ModelBackend backend() {
        return backend;
    }

    public FaultyCalls calls() {
        return calls;
    }

    /** The same driver behind other calls, which should end in {@link #calls}. */
    static Driver behind(Calls calls) {
        return new RpcDriver(calls);
    }

    @Override
    public IdentityService identity() {
        return driver.identity();
    }

    @Override
    public ControllerService controller() {
        return driver.controller();
    }

    @Override
    public GroupControllerService groupController() {
        return driver.groupController();
    }

    private record Honest(
            IdentityService identity, ControllerService controller, GroupControllerService groupController)
            implements Driver {}

    private final class Identity implements IdentityService {
        @Override
        public GetPluginInfoResponse getPluginInfo(GetPluginInfoRequest request) {
            return GetPluginInfoResponse.newBuilder()
                    .setName(NAME)
                    .setVendorVersion("1")
                    .build();
        }

        @Override
        public GetPluginCapabilitiesResponse getPluginCapabilities(GetPluginCapabilitiesRequest request) {
            var answer = GetPluginCapabilitiesResponse.newBuilder();
            for (PluginCapability capability : options.capabilities().plugin()) {
                answer.addCapabilitiesBuilder().setService(Service.newBuilder().setTypeValue(capability.number()));
            }
            for (VolumeExpansion expansion : options.capabilities().expansion()) {
                answer.addCapabilitiesBuilder()
                        .setVolumeExpansion(csi.v1.PluginCapability.VolumeExpansion.newBuilder()
                                .setTypeValue(expansion.number()));
            }
            return answer.build();
        }
    }
}
