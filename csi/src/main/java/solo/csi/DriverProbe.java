package solo.csi;

import csi.v1.ControllerGetCapabilitiesRequest;
import csi.v1.GetPluginCapabilitiesRequest;
import csi.v1.GetPluginInfoRequest;
import csi.v1.GroupControllerGetCapabilitiesRequest;
import csi.v1.NodeGetCapabilitiesRequest;
import csi.v1.NodeGetInfoRequest;
import csi.v1.ProbeRequest;
import csi.v1.ProbeResponse;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import solo.csi.model.Code;
import solo.csi.model.ControllerCapability;
import solo.csi.model.DriverCapabilities;
import solo.csi.model.DriverIdentity;
import solo.csi.model.GroupCapability;
import solo.csi.model.NodeCapability;
import solo.csi.model.NodeInfo;
import solo.csi.model.PluginCapability;
import solo.csi.model.Topology;

/** What every half asks a driver at its start: is it ready, who is it, what can it do. */
public final class DriverProbe {
    /** Between two probes of a driver that is not ready, as in csi-lib-utils' ProbeForever. */
    public static final Duration PAUSE = Duration.ofSeconds(1);

    private static final Logger log = LoggerFactory.getLogger(DriverProbe.class);

    private DriverProbe() {}

    /**
     * Waits for ever for a driver that is slow or not ready; any other refusal is thrown, UNAVAILABLE and UNIMPLEMENTED
     * too. How long one probe may take is up to the {@link TimedCalls} beneath the driver.
     */
    public static void awaitReady(Driver driver, Duration pause) throws CsiException, InterruptedException {
        while (!isReady(driver)) {
            Thread.sleep(pause);
        }
    }

    /** The name must not be empty: everything in the cluster refers to the driver by it. */
    public static DriverIdentity identity(Driver driver) throws CsiException {
        var answer = driver.identity().getPluginInfo(GetPluginInfoRequest.getDefaultInstance());
        if (answer.getName().isEmpty()) {
            throw new CsiException(Code.INTERNAL, "the driver answered GetPluginInfo with an empty name");
        }
        return new DriverIdentity(answer.getName(), answer.getVendorVersion());
    }

    /** Of the plugin, and of its controller and group controller where it has them. */
    public static DriverCapabilities capabilities(Driver driver) throws CsiException {
        var answer = driver.identity().getPluginCapabilities(GetPluginCapabilitiesRequest.getDefaultInstance());
        Set<PluginCapability> plugin = CapabilityMessages.plugin(answer);
        return new DriverCapabilities(
                plugin,
                CapabilityMessages.expansion(answer),
                plugin.contains(PluginCapability.CONTROLLER_SERVICE) ? controllerCapabilities(driver) : Set.of(),
                plugin.contains(PluginCapability.GROUP_CONTROLLER_SERVICE) ? groupCapabilities(driver) : Set.of(),
                Set.of());
    }

    public static Set<ControllerCapability> controllerCapabilities(Driver driver) throws CsiException {
        return CapabilityMessages.controller(
                driver.controller().controllerGetCapabilities(ControllerGetCapabilitiesRequest.getDefaultInstance()));
    }

    public static Set<GroupCapability> groupCapabilities(Driver driver) throws CsiException {
        return CapabilityMessages.group(driver.groupController()
                .groupControllerGetCapabilities(GroupControllerGetCapabilitiesRequest.getDefaultInstance()));
    }

    public static Set<NodeCapability> nodeCapabilities(Driver driver) throws CsiException {
        return CapabilityMessages.node(
                driver.node().nodeGetCapabilities(NodeGetCapabilitiesRequest.getDefaultInstance()));
    }

    public static NodeInfo nodeInfo(Driver driver) throws CsiException {
        var answer = driver.node().nodeGetInfo(NodeGetInfoRequest.getDefaultInstance());
        return new NodeInfo(
                answer.getNodeId(),
                answer.hasAccessibleTopology()
                        ? TopologyMessages.toRecord(answer.getAccessibleTopology())
                        : Topology.of(Map.of()));
    }

    private static boolean isReady(Driver driver) throws CsiException {
        try {
            if (saysReady(driver.identity().probe(ProbeRequest.getDefaultInstance()))) {
                return true;
            }
            log.info("driver is not ready yet");
        } catch (CsiException refused) {
            if (!refused.error().isWorthProbingAgain()) {
                throw refused;
            }
            log.info("driver does not answer its probe in time");
        }
        return false;
    }

    /** An absent {@code ready} counts as ready. */
    public static boolean saysReady(ProbeResponse answer) {
        return !answer.hasReady() || answer.getReady().getValue();
    }
}
