package solo.driver.backend;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import solo.csi.model.ContentSource;
import solo.csi.model.VolumeCapability;
import solo.driver.linux.MountAttributes;
import solo.driver.linux.SparseFile;
import solo.driver.mount.MountOrigin;
import solo.driver.mount.MountTable;
import solo.driver.state.Snapshot;
import solo.driver.state.Volume;
import solo.driver.state.VolumeSpec;

/**
 * Where the bytes of volumes are. The caller holds the volume's lock and has written down what it is about to do; every
 * method is safe to repeat, also after a crash in its middle.
 */
public interface Backend {
    /** The value of the StorageClass parameter {@code backend}. */
    String name();

    /** Further StorageClass parameters that mean something here. */
    Set<String> parameters();

    /** Why a volume that was asked for like this cannot be used in this way, as a sentence; empty when it can. */
    Optional<String> refusal(VolumeSpec spec, VolumeCapability capability);

    /** Why a volume that is asked for like this cannot be filled from that, as a sentence; empty when it can. */
    Optional<String> refusal(VolumeSpec spec, ContentSource source) throws IOException;

    /** What can be changed about a volume that was asked for like this. */
    List<MutableParameter> mutableParameters(VolumeSpec spec);

    /** The least size of such a volume that is not less than this, in bytes. */
    long fitting(VolumeSpec spec, long bytes);

    /** Whether volumes and snapshots have a project each. */
    boolean usesProjects();

    /** One for a new volume or snapshot with this id: neither among these nor in use by anyone else. */
    long chooseProject(String id, Set<Long> others) throws IOException;

    void create(Volume volume) throws IOException;

    /** Fills a volume that {@link #create} has made with what another one of this backend holds. */
    void fill(Volume volume, ContentSource source) throws IOException;

    /** Copies the source volumes as they are now: all at one moment, where the backend can. */
    void create(List<Snapshot> together) throws IOException;

    void delete(Snapshot snapshot) throws IOException;

    /** The snapshot's blocks, to be closed; empty when it has none, because it is no image of a device. */
    Optional<SparseFile> blocks(Snapshot snapshot) throws IOException;

    /** Grows it; already that large is fine. */
    NodeExpansion expand(Volume volume, long capacityBytes) throws IOException;

    /** Whether {@link #expandOnNode} must follow before pods see the new size. */
    enum NodeExpansion {
        NEEDED,
        NOT_NEEDED
    }

    /** Shows the size of a volume that is mounted to those who use it. */
    void expandOnNode(Volume volume) throws IOException;

    /** Shows the mutable parameters of a volume to those who use it already, as far as the kernel can; not in use is fine. */
    void modify(Volume volume) throws IOException;

    /** Does again what a crash may have kept from a ready volume. */
    void repair(Volume volume) throws IOException;

    void delete(Volume volume) throws IOException;

    /** Ids of all volumes that have bytes here, known to the state or not. */
    List<String> found() throws IOException;

    /** Keeps bytes that belong to no volume, out of the way of a new one with that id; where, or empty if none. */
    Optional<Path> setAside(String id) throws IOException;

    /** Ids of all snapshots that have bytes here, known to the state or not. */
    List<String> foundSnapshots() throws IOException;

    /** Keeps bytes that belong to no snapshot; where, or empty if none. */
    Optional<Path> setSnapshotAside(String id) throws IOException;

    /** What can be given out to new volumes. */
    Space space() throws IOException;

    record Space(long totalBytes, long availableBytes) {}

    /** What is wrong with the bytes of a ready volume, as a sentence; empty when nothing is. */
    Optional<String> damage(Volume volume) throws IOException;

    /**
     * Makes the volume visible at a directory that exists; a raw block volume at a file.
     *
     * @param options of the volume's own filesystem
     */
    void mount(Volume volume, Path target, MountAttributes attributes, List<String> options) throws IOException;

    /** Lets go of what {@link #mount} has taken, if nothing shows the volume any more. */
    void release(Volume volume) throws IOException;

    /** What mounts of this volume show; empty when nothing of it can be mounted at present. */
    Optional<MountOrigin> origin(Volume volume, MountTable table) throws IOException;

    /** True when a mount shows a volume of this backend, even one that the state does not know any more. */
    boolean owns(MountOrigin origin, MountTable table) throws IOException;
}
