package solo.simulation;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import solo.csi.model.Topology;

/**
 * A volume as the model backend keeps it.
 *
 * @param parameters of the class, with those of the attributes class over them
 * @param source {@code snapshot/ID} or {@code volume/ID} it was filled from, or empty
 * @param place the only place it can be reached from, or null for everywhere
 * @param attachments node → how it was attached there
 */
public record ModelVolume(
        String id,
        String name,
        long bytes,
        Map<String, String> parameters,
        String source,
        @Nullable Topology place,
        SortedMap<String, Attachment> attachments) {

    /** How a volume is attached to a node. */
    public enum Attachment {
        READ_WRITE,
        READ_ONLY
    }

    public ModelVolume {
        parameters = Map.copyOf(parameters);
        attachments = new TreeMap<>(attachments);
    }

    ModelVolume withBytes(long size) {
        return new ModelVolume(id, name, size, parameters, source, place, attachments);
    }

    ModelVolume withParameters(Map<String, String> changed) {
        return new ModelVolume(id, name, bytes, changed, source, place, attachments);
    }

    ModelVolume attached(String node, Attachment how) {
        SortedMap<String, Attachment> more = new TreeMap<>(attachments);
        more.put(node, how);
        return new ModelVolume(id, name, bytes, parameters, source, place, more);
    }

    ModelVolume detached(String node) {
        SortedMap<String, Attachment> fewer = new TreeMap<>(attachments);
        fewer.remove(node);
        return new ModelVolume(id, name, bytes, parameters, source, place, fewer);
    }
}
