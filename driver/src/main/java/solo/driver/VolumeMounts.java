package solo.driver;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import solo.csi.CsiException;
import solo.driver.mount.MountOrigin;
import solo.driver.mount.MountPoint;
import solo.driver.mount.MountTable;
import solo.driver.state.Volume;

/** Where volumes can be seen at this moment, by the kernel's word alone. */
final class VolumeMounts {
    private final LocalStorage storage;

    VolumeMounts(LocalStorage storage) {
        this.storage = storage;
    }

    MountTable table() throws IOException {
        return storage.mounts().table();
    }

    /** What mounts of the volume show. */
    MountOrigin origin(Volume volume, MountTable table) throws IOException, CsiException {
        return storage.backend(volume)
                .origin(volume, table)
                .orElseThrow(() -> Refusals.precondition("volume " + volume.id() + " is not ready to be mounted"));
    }

    boolean shows(MountPoint mount, Volume volume, MountTable table) throws IOException {
        return storage.backend(volume).origin(volume, table).equals(Optional.of(mount.origin()));
    }

    /** The mount at this path if it shows the volume; a mount of something else is in the way. */
    Optional<MountPoint> at(Path path, Volume volume, MountTable table) throws IOException, CsiException {
        Optional<MountPoint> mount = table.at(path);
        if (mount.isPresent() && !shows(mount.get(), volume, table)) {
            throw Refusals.precondition("something else than volume " + volume.id() + " is mounted at " + path);
        }
        return mount;
    }

    /** Takes every mount of the volume away from this path; none is fine. */
    void remove(Path path, Volume volume) throws IOException, CsiException {
        while (at(path, volume, table()).isPresent()) {
            storage.mounts().unmount(path);
        }
    }

    /**
     * The same for an id that the state does not know, as after a loss of the state directory: a mount that shows files
     * of ours goes. NOT_FOUND when there is anything else.
     */
    void removeUnknown(Path path, String id) throws IOException, CsiException {
        while (true) {
            MountTable table = table();
            Optional<MountPoint> mount = table.at(path);
            if (mount.isEmpty()) {
                return;
            }
            if (!ours(mount.get().origin(), table)) {
                throw Refusals.noVolume(id);
            }
            storage.mounts().unmount(path);
        }
    }

    private boolean ours(MountOrigin origin, MountTable table) throws IOException {
        for (var backend : storage.backends()) {
            if (backend.owns(origin, table)) {
                return true;
            }
        }
        return false;
    }
}
