package solo.provisioner.model;

import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import solo.csi.model.TopologyRequirement;
import solo.kube.model.PersistentVolumeClaim;
import solo.kube.model.StorageClass;

/**
 * What this process remembers of a claim. Only ever makes things faster or more careful: a process that has just
 * started remembers nothing and must still decide rightly.
 *
 * @param inBackground the attempt that may still succeed at the driver, if there is one
 * @param unsaved the volume that it has come to, if the API server did not say that it is saved
 * @param hold set while the driver's last word was that the request itself is wrong
 * @param volume whether this process has already deleted a volume of this claim
 * @param race how this node stands to a claim that no node has taken yet
 */
public record ClaimHistory(
        @Nullable InBackground inBackground,
        @Nullable NewPersistentVolume unsaved,
        @Nullable Hold hold,
        PastVolume volume,
        Race race) {

    public ClaimHistory(@Nullable InBackground inBackground, @Nullable Hold hold, PastVolume volume) {
        this(inBackground, null, hold, volume, Race.NONE);
    }

    public static final ClaimHistory NONE = new ClaimHistory(null, null, PastVolume.NONE);

    /**
     * A CreateVolume without a final answer. It is repeated as it was sent, even when claim, class or nodes have
     * gone, because only a final answer tells whether there is a volume.
     *
     * @param storageClass as it was when CreateVolume was called, whatever has become of it since
     * @param mutableParameters what the driver was told of the VolumeAttributesClass; null where that is not known
     * @param requirement what the driver was told of places; means nothing where that is not known
     */
    public record InBackground(
            PersistentVolumeClaim claim,
            StorageClass storageClass,
            @Nullable Map<String, String> mutableParameters,
            String selectedNode,
            @Nullable TopologyRequirement requirement,
            Request request) {

        /** Whether there was a CreateVolume at all. */
        public enum Request {
            SENT,
            /** By a process before this one, which has left no note. */
            PERHAPS_SENT
        }

        public InBackground {
            mutableParameters = mutableParameters == null ? null : Map.copyOf(mutableParameters);
        }

        /** Whether whoever finds the one noted asks the driver for the same as whoever finds the other. */
        public boolean asksTheSame(InBackground other) {
            return request == other.request
                    && storageClass.sameVolumes(other.storageClass)
                    && Objects.equals(mutableParameters, other.mutableParameters)
                    && selectedNode.equals(other.selectedNode)
                    && Objects.equals(requirement, other.requirement);
        }

        /** Whether the driver was asked for this node, so that what it was told of places holds still. */
        public boolean sentFor(String node) {
            return request == Request.SENT && selectedNode.equals(node);
        }
    }

    /**
     * No CreateVolume for {@code remaining}, unless the class has been made anew or somebody says "now".
     *
     * @param retryNow the claim's annotation when the driver refused
     */
    public record Hold(
            Duration remaining,
            String storageClassUid,
            @Nullable String retryNow) {}

    /**
     * Where each node has its own provisioner: how often this one has lost the claim, and how long it still waits;
     * null before it has begun to wait.
     */
    public record Race(int lost, @Nullable Duration waiting) {
        public static final Race NONE = new Race(0, null);
    }

    /** Whether a claim that looks unbound in the cache may in truth be long gone (ext-provisioner #1469). */
    public enum PastVolume {
        NONE,
        DELETED_BY_US
    }
}
