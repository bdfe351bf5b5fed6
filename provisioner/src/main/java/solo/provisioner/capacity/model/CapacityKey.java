package solo.provisioner.capacity.model;

import java.util.TreeMap;
import java.util.stream.Collectors;
import solo.csi.model.Topology;
import solo.kube.model.CsiStorageCapacity;
import solo.kube.model.ObjectKey;

/**
 * What one capacity object is about. By value, so that the queue holds each once: Go queues pointers, and grows without
 * bound on large clusters (topolvm #1201).
 */
public record CapacityKey(String storageClass, Topology segment) {

    public static CapacityKey of(CsiStorageCapacity object) {
        return new CapacityKey(object.storageClassName(), Topology.of(object.nodeTopology()));
    }

    /** As a key of the work queue. Neither keys nor values of labels can hold {@code =} or a comma. */
    public ObjectKey queued() {
        return new ObjectKey(
                storageClass,
                segment.segments().entrySet().stream()
                        .map(label -> label.getKey() + "=" + label.getValue())
                        .collect(Collectors.joining(",")));
    }

    public static CapacityKey of(ObjectKey queued) {
        TreeMap<String, String> segments = new TreeMap<>();
        for (String label : queued.name().split(",", -1)) {
            int equals = label.indexOf('=');
            if (equals > 0) {
                segments.put(label.substring(0, equals), label.substring(equals + 1));
            }
        }
        return new CapacityKey(queued.namespace(), new Topology(segments));
    }
}
