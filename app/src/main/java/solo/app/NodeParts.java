package solo.app;

import java.util.Map;
import solo.app.options.NodeDeploymentFlags;
import solo.app.options.SoloOptions;
import solo.csi.CsiException;
import solo.csi.model.NodeInfo;
import solo.csi.model.PluginCapability;
import solo.csi.model.Topology;
import solo.provisioner.model.NodeDeployment;
import solo.provisioner.model.NodeDeployment.Immediate;

/** The node that --node-deployment provisions for: its name in Kubernetes, and what the driver says of its place. */
final class NodeParts {

    private NodeParts() {}

    static NodeDeployment here(DriverAccess access, SoloOptions options) throws StartupProblem {
        String node = name(options);
        NodeDeploymentFlags flags = options.nodeDeployment;
        NodeInfo info = info(access);
        boolean places = access.capabilities().has(PluginCapability.VOLUME_ACCESSIBILITY_CONSTRAINTS);
        return new NodeDeployment(
                node,
                info.id(),
                places ? info.place() : Topology.of(Map.of()),
                flags.immediateBinding ? Immediate.TAKEN : Immediate.LEFT,
                flags.baseDelay,
                flags.maxDelay);
    }

    /** Looks at flags and environment before anything is started. */
    static void check(SoloOptions options) throws StartupProblem {
        if (!options.nodeDeployment.enabled) {
            return;
        }
        var _ = name(options);
        if (options.election.enabled) {
            throw new StartupProblem("--node-deployment and --leader-election exclude each other on a node:"
                    + " there is one lease for each driver, and only its holder would provision");
        }
    }

    static String name(SoloOptions options) throws StartupProblem {
        String variable = options.environment("NODE_NAME");
        String node = variable == null ? options.driver.nodeId : variable;
        if (node == null) {
            throw new StartupProblem(
                    "--node-deployment: set the environment variable NODE_NAME to the node's name in Kubernetes");
        }
        return node;
    }

    private static NodeInfo info(DriverAccess access) throws StartupProblem {
        try {
            return access.nodeInfo();
        } catch (CsiException refused) {
            throw new StartupProblem(
                    "--node-deployment: the driver does not say where it is (NodeGetInfo): " + refused.goText(),
                    refused);
        }
    }
}
