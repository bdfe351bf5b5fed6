package solo.driver.state;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A volume as the state directory knows it. Sizes are in bytes; attachments are by node id.
 *
 * @param mutableParameters of its VolumeAttributesClasses so far
 */
public record Volume(
        String id,
        VolumeSpec spec,
        Phase phase,
        Home home,
        SortedMap<String, Attachment> attachments,
        SortedMap<String, String> mutableParameters)
        implements StateStore.Stored<Volume> {

    /**
     * What the driver decided when it made the volume.
     *
     * @param nodeId the only node that can reach it
     * @param project by which its filesystem counts and limits it; 0 for none
     */
    public record Home(String nodeId, long capacityBytes, Lifetime lifetime, long project) {}

    /** Who ends a volume. */
    public enum Lifetime {
        /** DeleteVolume. */
        PERSISTENT,
        /** NodeUnpublishVolume: inline in a pod, never seen by the controller half. */
        EPHEMERAL
    }

    public Volume {
        attachments = Collections.unmodifiableSortedMap(new TreeMap<>(attachments));
        mutableParameters = Collections.unmodifiableSortedMap(new TreeMap<>(mutableParameters));
    }

    public static Volume creating(String id, VolumeSpec spec, Home home) {
        return new Volume(id, spec, Phase.CREATING, home, Collections.emptySortedMap(), Collections.emptySortedMap());
    }

    @Override
    public Volume in(Phase phase) {
        return new Volume(id, spec, phase, home, attachments, mutableParameters);
    }

    public Volume withCapacity(long capacityBytes) {
        return new Volume(
                id,
                spec,
                phase,
                new Home(home.nodeId, capacityBytes, home.lifetime, home.project),
                attachments,
                mutableParameters);
    }

    public Volume withAttachments(Map<String, Attachment> attachments) {
        return new Volume(id, spec, phase, home, new TreeMap<>(attachments), mutableParameters);
    }

    /** A key that is not named stays as it is. */
    public Volume modified(Map<String, String> parameters) {
        var all = new TreeMap<>(mutableParameters);
        all.putAll(parameters);
        return new Volume(id, spec, phase, home, attachments, all);
    }

    public boolean ephemeral() {
        return home.lifetime == Lifetime.EPHEMERAL;
    }
}
