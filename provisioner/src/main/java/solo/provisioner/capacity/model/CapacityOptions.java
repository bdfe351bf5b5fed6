package solo.provisioner.capacity.model;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import solo.csi.model.Topology;

/**
 * How capacity is published.
 *
 * @param driver the driver's name
 * @param namespace where the objects live: environment NAMESPACE
 * @param managedBy label that tells our objects from those of other instances for the same driver
 * @param owner whose deletion takes the objects along; null for none (--capacity-ownerref-level -1)
 * @param binding --capacity-for-immediate-binding
 * @param poll --capacity-poll-interval
 * @param workers --capacity-threads
 * @param node the only place this instance is about, where each node has its own; null for the whole cluster
 */
public record CapacityOptions(
        String driver,
        String namespace,
        String managedBy,
        @Nullable Owner owner,
        Binding binding,
        Duration poll,
        int workers,
        @Nullable Topology node) {

    /** Classes of which binding mode are published. */
    public enum Binding {
        LATE_ONLY,
        IMMEDIATE_TOO
    }

    /** An ownerReference. */
    public record Owner(String apiVersion, String kind, String name, String uid) {}
}
