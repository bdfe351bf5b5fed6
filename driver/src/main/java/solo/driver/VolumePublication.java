package solo.driver;

import csi.v1.NodePublishVolumeRequest;
import csi.v1.NodePublishVolumeResponse;
import csi.v1.NodeUnpublishVolumeRequest;
import csi.v1.NodeUnpublishVolumeResponse;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import solo.csi.CsiException;
import solo.csi.model.AccessMode;
import solo.csi.model.VolumeCapability;
import solo.driver.backend.MutableParameter;
import solo.driver.linux.MountAttributes;
import solo.driver.mount.MountPoint;
import solo.driver.mount.MountTable;
import solo.driver.state.Attachment;
import solo.driver.state.Attachment.Access;
import solo.driver.state.Volume;

/** NodePublishVolume and its opposite: the volume becomes visible to one pod. */
final class VolumePublication {
    private static final String FIELD = "target_path";

    private final LocalStorage storage;
    private final VolumeMounts mounts;
    private final InlineVolumes inline;

    VolumePublication(LocalStorage storage, VolumeLifecycle lifecycle) {
        this.storage = storage;
        this.mounts = new VolumeMounts(storage);
        this.inline = new InlineVolumes(storage, lifecycle);
    }

    NodePublishVolumeResponse publish(NodePublishVolumeRequest request) throws CsiException {
        String id = Requests.required(request.getVolumeId(), "volume_id");
        Requests.required(request.getTargetPath(), FIELD);
        if (!request.hasVolumeCapability()) {
            throw Refusals.invalid("volume_capability is missing");
        }
        VolumeCapability capability = Requests.capability(request.getVolumeCapability());
        return storage.alone(id, () -> {
            Path target = path(request.getTargetPath())
                    .orElseThrow(() -> Refusals.precondition(
                            "the directory of " + FIELD + " " + request.getTargetPath() + " does not exist"));
            if (InlineVolumes.asksFor(request)) {
                publishInline(id, request, capability, target);
            } else {
                Volume volume = storage.require(id);
                MountTable table = mounts.table();
                if (!published(volume, request, capability, target, table)) {
                    Path staging = staging(request, volume, table);
                    refuseSecondWriter(volume, capability, List.of(target, staging), table);
                    var attributes = attributes(volume, request, capability);
                    makeThenMount(target, volume, () -> storage.mounts().bind(staging, target, attributes));
                }
            }
            return NodePublishVolumeResponse.getDefaultInstance();
        });
    }

    NodeUnpublishVolumeResponse unpublish(NodeUnpublishVolumeRequest request) throws CsiException {
        String id = Requests.required(request.getVolumeId(), "volume_id");
        Requests.required(request.getTargetPath(), FIELD);
        return storage.alone(id, () -> {
            Optional<Path> target = path(request.getTargetPath());
            Optional<Volume> volume = storage.store().find(id);
            if (target.isPresent()) {
                unpublish(id, target.get(), volume);
            }
            if (volume.isPresent()) {
                inline.deleteIfUnused(volume.get());
            }
            return NodeUnpublishVolumeResponse.getDefaultInstance();
        });
    }

    private void unpublish(String id, Path target, Optional<Volume> volume) throws IOException, CsiException {
        if (volume.isPresent()) {
            mounts.remove(target, volume.get());
        } else if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
            boolean mounted = mounts.table().at(target).isPresent();
            mounts.removeUnknown(target, id);
            if (!mounted) {
                throw Refusals.noVolume(id);
            }
        }
        try {
            Files.deleteIfExists(target);
        } catch (DirectoryNotEmptyException files) {
            throw Refusals.precondition(
                    target + " is not mounted but holds files, which are not the volume's; nothing was removed");
        }
    }

    private void publishInline(String id, NodePublishVolumeRequest request, VolumeCapability capability, Path target)
            throws IOException, CsiException {
        Volume volume = inline.create(id, request, capability);
        try {
            if (!published(volume, request, capability, target, mounts.table())) {
                makeThenMount(
                        target,
                        volume,
                        () -> storage.backend(volume)
                                .mount(
                                        volume,
                                        target,
                                        attributes(volume, request, capability),
                                        Uses.filesystemOptions(capability)));
            }
        } catch (IOException | CsiException failure) {
            inline.deleteIfUnused(volume);
            throw failure;
        }
    }

    /** True when this very publication is there already; ALREADY_EXISTS when it is there otherwise. */
    private boolean published(
            Volume volume, NodePublishVolumeRequest request, VolumeCapability capability, Path target, MountTable table)
            throws IOException, CsiException {
        var refusal = storage.backend(volume).refusal(volume.spec(), capability);
        if (refusal.isPresent()) {
            throw Refusals.invalid(refusal.get());
        }
        Optional<MountPoint> mount = mounts.at(target, volume, table);
        if (mount.isEmpty()) {
            return false;
        }
        if (mount.get().readOnly() != readOnly(volume, request, capability)) {
            throw Refusals.alreadyExists("volume " + volume.id() + " is published at " + target + " already, "
                    + (mount.get().readOnly() ? "read-only" : "writable"));
        }
        return true;
    }

    private Path staging(NodePublishVolumeRequest request, Volume volume, MountTable table)
            throws IOException, CsiException {
        if (request.getStagingTargetPath().isEmpty()) {
            throw Refusals.precondition("staging_target_path is missing, and this driver needs staging");
        }
        Optional<Path> staging = NodePath.real(
                request.getStagingTargetPath(),
                "staging_target_path",
                storage.options().stateDirectory());
        Optional<Path> place = staging.map(directory -> VolumeStaging.place(volume, directory));
        if (place.isEmpty() || mounts.at(place.get(), volume, table).isEmpty()) {
            throw Refusals.precondition(
                    "volume " + volume.id() + " is not staged at " + request.getStagingTargetPath());
        }
        return place.get();
    }

    /** CSI: SINGLE_NODE_SINGLE_WRITER is for one pod. Other modes may be shared by the pods of a node. */
    private void refuseSecondWriter(Volume volume, VolumeCapability capability, List<Path> expected, MountTable table)
            throws IOException, CsiException {
        if (capability.accessMode() != AccessMode.SINGLE_NODE_SINGLE_WRITER) {
            return;
        }
        List<String> here = expected.stream().map(Path::toString).toList();
        for (MountPoint mount : table.showing(mounts.origin(volume, table))) {
            if (!here.contains(mount.path())) {
                throw Refusals.precondition(
                        "volume " + volume.id() + " is for a single pod and published at " + mount.path() + " already");
            }
        }
    }

    private interface Mounting {
        void run() throws IOException;
    }

    /** A publication that fails leaves nothing behind. */
    private static void makeThenMount(Path target, Volume volume, Mounting mounting) throws IOException, CsiException {
        boolean block = volume.spec().block();
        boolean made = false;
        if (!Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
            if (block) {
                Files.createFile(target);
            } else {
                Files.createDirectory(target);
            }
            made = true;
        } else if (NodePath.isDirectory(target) == block) {
            throw Refusals.precondition(FIELD + " " + target + (block ? " is a directory" : " is not a directory"));
        }
        try {
            mounting.run();
        } catch (IOException failure) {
            if (made) {
                Files.delete(target);
            }
            throw failure;
        }
    }

    private MountAttributes attributes(Volume volume, NodePublishVolumeRequest request, VolumeCapability capability) {
        var attributes = Uses.mountAttributes(capability, readOnly(volume, request, capability));
        String rule = volume.mutableParameters().get(MutableParameter.ATIME.name());
        return rule == null ? attributes : attributes.withAccessTimes(rule);
    }

    private boolean readOnly(Volume volume, NodePublishVolumeRequest request, VolumeCapability capability) {
        Attachment attachment = volume.attachments().get(storage.options().nodeId());
        return request.getReadonly()
                || Uses.mountFlags(capability).contains("ro")
                || Uses.readersOnly(capability.accessMode())
                || (attachment != null && attachment.access() == Access.READ_ONLY);
    }

    private Optional<Path> path(String text) throws CsiException, IOException {
        return NodePath.real(text, FIELD, storage.options().stateDirectory());
    }
}
