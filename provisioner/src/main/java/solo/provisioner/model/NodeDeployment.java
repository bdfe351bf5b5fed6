package solo.provisioner.model;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import solo.csi.model.Topology;
import solo.kube.model.CsiNode;
import solo.kube.model.CsiNode.Registration;
import solo.kube.model.Node;
import solo.kube.model.ObjectKey;
import solo.kube.model.ObjectMeta;

/**
 * One provisioner on each node, each for the volumes of its node alone (--node-deployment).
 *
 * @param node environment NODE_NAME
 * @param place what NodeGetInfo reports; empty if nothing
 * @param immediate --node-deployment-immediate-binding
 * @param baseDelay --node-deployment-base-delay: first wait before a claim without a node is taken, and the jitter
 * @param maxDelay --node-deployment-max-delay
 */
public record NodeDeployment(
        String node, String nodeId, Topology place, Immediate immediate, Duration baseDelay, Duration maxDelay) {

    /** Whether claims with immediate binding, for which nobody has chosen a node, are taken. */
    public enum Immediate {
        TAKEN,
        LEFT
    }

    /** The cluster as this instance sees it: itself. */
    public ClusterTopology cluster(String driver) {
        ObjectKey key = ObjectKey.cluster(node);
        List<String> keys = List.copyOf(place.segments().keySet());
        return new ClusterTopology(
                List.of(new Node(new ObjectMeta(key, "", "", null, null, List.of(), Map.of(), place.segments()))),
                List.of(new CsiNode(
                        new ObjectMeta(key, "", "", null, null, List.of(), Map.of(), Map.of()),
                        Map.of(driver, new Registration(nodeId, keys)))));
    }
}
