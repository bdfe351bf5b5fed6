package org.example;

import csi.v1.ControllerGetCapabilitiesRequest;
import csi.v1.ControllerGetCapabilitiesResponse;
import csi.v1.ControllerServiceCapability.RPC;
import csi.v1.CreateVolumeRequest;
import csi.v1.CreateVolumeResponse;
import csi.v1.DeleteVolumeRequest;
import csi.v1.DeleteVolumeResponse;
import csi.v1.GetPluginCapabilitiesRequest;
import csi.v1.GetPluginCapabilitiesResponse;
import csi.v1.GetPluginInfoRequest;
import csi.v1.GetPluginInfoResponse;
import csi.v1.ListVolumesRequest;
import csi.v1.ListVolumesResponse;
import csi.v1.NodeGetCapabilitiesRequest;
import csi.v1.NodeGetCapabilitiesResponse;
import csi.v1.NodeGetInfoRequest;
import csi.v1.NodeGetInfoResponse;
import csi.v1.NodePublishVolumeRequest;
import csi.v1.NodePublishVolumeResponse;
import csi.v1.NodeUnpublishVolumeRequest;
import csi.v1.NodeUnpublishVolumeResponse;
import csi.v1.PluginCapability.Service;
import csi.v1.Topology;
import csi.v1.VolumeCapability;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import solo.app.Solo;
import solo.csi.ControllerService;
import solo.csi.CsiException;
import solo.csi.Driver;
import solo.csi.IdentityService;
import solo.csi.NodeService;
import solo.csi.model.Code;

/** Volumes that are folders on the disk of one node. */
public final class FolderDriver implements Driver {

    private static final String NAME = "folders.example.org";
    private static final String NODE = NAME + "/node";

    private final Path root;
    private final String nodeId;

    public FolderDriver(Path root, String nodeId) throws IOException {
        this.root = Files.createDirectories(root);
        this.nodeId = nodeId;
    }

    /** The whole program: the commands of {@code solo}, around this driver. */
    public static void main(String[] arguments) {
        System.exit(Solo.run((options, nodeId) -> new FolderDriver(options.stateDir, nodeId), arguments));
    }

    @Override
    public IdentityService identity() {
        return new IdentityService() {
            @Override
            public GetPluginInfoResponse getPluginInfo(GetPluginInfoRequest request) {
                return GetPluginInfoResponse.newBuilder()
                        .setName(NAME)
                        .setVendorVersion("1.0")
                        .build();
            }

            @Override
            public GetPluginCapabilitiesResponse getPluginCapabilities(GetPluginCapabilitiesRequest request) {
                var answer = GetPluginCapabilitiesResponse.newBuilder();
                answer.addCapabilitiesBuilder().getServiceBuilder().setType(Service.Type.CONTROLLER_SERVICE);
                answer.addCapabilitiesBuilder()
                        .getServiceBuilder()
                        .setType(Service.Type.VOLUME_ACCESSIBILITY_CONSTRAINTS);
                return answer.build();
            }
        };
    }

    @Override
    public ControllerService controller() {
        return new ControllerService() {
            @Override
            public ControllerGetCapabilitiesResponse controllerGetCapabilities(
                    ControllerGetCapabilitiesRequest request) {
                var answer = ControllerGetCapabilitiesResponse.newBuilder();
                for (RPC.Type can : List.of(RPC.Type.CREATE_DELETE_VOLUME, RPC.Type.LIST_VOLUMES)) {
                    answer.addCapabilitiesBuilder().getRpcBuilder().setType(can);
                }
                return answer.build();
            }

            // The volume's name is its id, so that the same request finds the same volume.
            @Override
            public CreateVolumeResponse createVolume(CreateVolumeRequest request) throws CsiException {
                if (request.getVolumeCapabilitiesList().stream().anyMatch(VolumeCapability::hasBlock)) {
                    throw new CsiException(Code.INVALID_ARGUMENT, "a folder is no block device");
                }
                if (request.getAccessibilityRequirements().getRequisiteCount() > 0
                        && !request.getAccessibilityRequirements()
                                .getRequisiteList()
                                .contains(here())) {
                    throw new CsiException(Code.RESOURCE_EXHAUSTED, "only node " + nodeId + " has folders");
                }
                Path folder = folder(request.getName());
                try {
                    Files.createDirectories(folder);
                } catch (IOException failed) {
                    throw new CsiException(Code.INTERNAL, "cannot make " + folder + ": " + failed.getMessage(), failed);
                }
                var answer = CreateVolumeResponse.newBuilder();
                answer.getVolumeBuilder().setVolumeId(request.getName()).addAccessibleTopology(here());
                return answer.build();
            }

            @Override
            public DeleteVolumeResponse deleteVolume(DeleteVolumeRequest request) throws CsiException {
                run("rm", "-rf", folder(request.getVolumeId()).toString());
                return DeleteVolumeResponse.getDefaultInstance();
            }

            @Override
            public ListVolumesResponse listVolumes(ListVolumesRequest request) throws CsiException {
                try (Stream<Path> folders = Files.list(root)) {
                    var answer = ListVolumesResponse.newBuilder();
                    folders.forEach(folder -> answer.addEntriesBuilder()
                            .getVolumeBuilder()
                            .setVolumeId(folder.getFileName().toString()));
                    return answer.build();
                } catch (IOException failed) {
                    throw new CsiException(Code.INTERNAL, "cannot list " + root + ": " + failed.getMessage(), failed);
                }
            }
        };
    }

    @Override
    public NodeService node() {
        return new NodeService() {
            @Override
            public NodeGetInfoResponse nodeGetInfo(NodeGetInfoRequest request) {
                return NodeGetInfoResponse.newBuilder()
                        .setNodeId(nodeId)
                        .setAccessibleTopology(here())
                        .build();
            }

            @Override
            public NodeGetCapabilitiesResponse nodeGetCapabilities(NodeGetCapabilitiesRequest request) {
                return NodeGetCapabilitiesResponse.getDefaultInstance();
            }

            @Override
            public NodePublishVolumeResponse nodePublishVolume(NodePublishVolumeRequest request) throws CsiException {
                Path folder = folder(request.getVolumeId());
                String target = request.getTargetPath();
                if (!Files.isDirectory(folder)) {
                    throw new CsiException(Code.NOT_FOUND, "there is no volume " + request.getVolumeId());
                }
                run("mkdir", "-p", target);
                if (!isMounted(target)) {
                    run("mount", "-o", request.getReadonly() ? "bind,ro" : "bind", folder.toString(), target);
                }
                return NodePublishVolumeResponse.getDefaultInstance();
            }

            @Override
            public NodeUnpublishVolumeResponse nodeUnpublishVolume(NodeUnpublishVolumeRequest request)
                    throws CsiException {
                if (isMounted(request.getTargetPath())) {
                    run("umount", request.getTargetPath());
                }
                run("rm", "-rf", "--one-file-system", request.getTargetPath());
                return NodeUnpublishVolumeResponse.getDefaultInstance();
            }
        };
    }

    private Topology here() {
        return Topology.newBuilder().putSegments(NODE, nodeId).build();
    }

    /** Ids come over a socket: one that leads out of the root is no id of ours. */
    private Path folder(String id) throws CsiException {
        if (!id.matches("[a-zA-Z0-9][a-zA-Z0-9._-]*")) {
            throw new CsiException(Code.INVALID_ARGUMENT, "'" + id + "' is no name for a folder");
        }
        return root.resolve(id);
    }

    private static boolean isMounted(String target) throws CsiException {
        return exit("mountpoint", "-q", target) == 0;
    }

    private static void run(String... command) throws CsiException {
        int exit = exit(command);
        if (exit != 0) {
            throw new CsiException(Code.INTERNAL, String.join(" ", command) + " ended with exit code " + exit);
        }
    }

    private static int exit(String... command) throws CsiException {
        try {
            return new ProcessBuilder(command).inheritIO().start().waitFor();
        } catch (IOException failed) {
            throw new CsiException(Code.INTERNAL, "cannot run " + command[0], failed);
        } catch (InterruptedException nobodyWaits) {
            Thread.currentThread().interrupt();
            throw new CsiException(Code.ABORTED, command[0] + " was interrupted", nobodyWaits);
        }
    }
}
