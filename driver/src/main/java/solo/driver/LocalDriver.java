package solo.driver;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import solo.csi.ControllerService;
import solo.csi.Driver;
import solo.csi.GroupControllerService;
import solo.csi.IdentityService;
import solo.csi.NodeService;
import solo.csi.SnapshotMetadataService;
import solo.driver.mount.Mounts;
import solo.driver.state.Disk;
import solo.driver.state.RealDisk;

/**
 * The bundled driver: volumes on the disks of one node, with everything that must survive in a state directory. Several
 * of these, in one process or in several, may share the directory; needs root for the node half.
 */
public final class LocalDriver implements Driver {
    public static final String NAME = "local.csi.solo";

    private final LocalIdentity identity;
    private final LocalController controller;
    private final GroupSnapshots groupSnapshots;
    private final SnapshotBlocks snapshotBlocks;
    private final LocalNode node;

    private LocalDriver(
            LocalStorage storage, VolumeLifecycle lifecycle, Snapshots snapshots, GroupSnapshots groupSnapshots) {
        this.identity = new LocalIdentity(storage.options());
        this.controller = new LocalController(storage, lifecycle, snapshots);
        this.groupSnapshots = groupSnapshots;
        this.snapshotBlocks = new SnapshotBlocks(storage);
        this.node = new LocalNode(storage, lifecycle);
    }

    /** Opens the state directory and repairs what a crash has left. */
    public static LocalDriver open(LocalDriverOptions options) throws IOException {
        return open(options, new RealDisk(), Mounts.ofThisMachine());
    }

    static LocalDriver open(LocalDriverOptions options, Disk disk, Mounts mounts) throws IOException {
        Files.createDirectories(options.stateDirectory());
        Path stateDirectory = options.stateDirectory().toRealPath();
        LocalStorage storage = LocalStorage.open(options.in(stateDirectory), disk, mounts);
        // The directories themselves must survive a power cut, before anything in them is promised.
        Path parent = stateDirectory.getParent();
        if (parent != null) {
            disk.sync(parent);
        }
        disk.sync(stateDirectory);
        var lifecycle = new VolumeLifecycle(storage);
        var snapshots = new Snapshots(storage);
        var groupSnapshots = new GroupSnapshots(storage, snapshots.snapshots());
        new StateRepair(storage, lifecycle.volumes(), snapshots.snapshots(), groupSnapshots.groups()).run();
        return new LocalDriver(storage, lifecycle, snapshots, groupSnapshots);
    }

    @Override
    public IdentityService identity() {
        return identity;
    }

    @Override
    public ControllerService controller() {
        return controller;
    }

    @Override
    public GroupControllerService groupController() {
        return groupSnapshots;
    }

    @Override
    public SnapshotMetadataService snapshotMetadata() {
        return snapshotBlocks;
    }

    @Override
    public NodeService node() {
        return node;
    }
}
