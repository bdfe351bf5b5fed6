package solo.simulation;

import csi.v1.CapacityRange;
import csi.v1.ControllerExpandVolumeRequest;
import csi.v1.ControllerExpandVolumeResponse;
import csi.v1.ControllerGetCapabilitiesRequest;
import csi.v1.ControllerGetCapabilitiesResponse;
import csi.v1.ControllerGetVolumeRequest;
import csi.v1.ControllerGetVolumeResponse;
import csi.v1.ControllerModifyVolumeRequest;
import csi.v1.ControllerModifyVolumeResponse;
import csi.v1.ControllerPublishVolumeRequest;
import csi.v1.ControllerPublishVolumeResponse;
import csi.v1.ControllerServiceCapability;
import csi.v1.ControllerUnpublishVolumeRequest;
import csi.v1.ControllerUnpublishVolumeResponse;
import csi.v1.CreateVolumeRequest;
import csi.v1.CreateVolumeResponse;
import csi.v1.DeleteVolumeRequest;
import csi.v1.DeleteVolumeResponse;
import csi.v1.GetCapacityRequest;
import csi.v1.GetCapacityResponse;
import csi.v1.ListVolumesRequest;
import csi.v1.ListVolumesResponse;
import csi.v1.TopologyRequirement;
import csi.v1.ValidateVolumeCapabilitiesRequest;
import csi.v1.ValidateVolumeCapabilitiesResponse;
import csi.v1.Volume;
import csi.v1.VolumeCapability;
import csi.v1.VolumeContentSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import solo.csi.CsiException;
import solo.csi.TopologyMessages;
import solo.csi.model.Code;
import solo.csi.model.ControllerCapability;
import solo.csi.model.Topology;
import solo.simulation.ModelVolume.Attachment;

/** Volumes of the model driver: an honest CSI controller, idempotent by name and strict about what CSI requires. */
class ModelController extends ModelSnapshots {

    /** Sizes are rounded up to this many bytes. */
    static final long GRAIN = 1L << 20;

    /** What it makes when nobody names a size. */
    static final long USUAL = 1L << 30;

    ModelController(ModelDriver.Options options, ModelBackend backend) {
        super(options, backend);
    }

    @Override
    public ControllerGetCapabilitiesResponse controllerGetCapabilities(ControllerGetCapabilitiesRequest request) {
        var answer = ControllerGetCapabilitiesResponse.newBuilder();
        for (ControllerCapability capability : options.capabilities().controller()) {
            answer.addCapabilities(ControllerServiceCapability.newBuilder()
                    .setRpc(ControllerServiceCapability.RPC.newBuilder().setTypeValue(capability.number())));
        }
        return answer.build();
    }

    @Override
    public CreateVolumeResponse createVolume(CreateVolumeRequest request) throws CsiException {
        needs(ControllerCapability.CREATE_DELETE_VOLUME);
        given(request.getName(), "name");
        if (request.getVolumeCapabilitiesCount() == 0) {
            throw new CsiException(Code.INVALID_ARGUMENT, "volume_capabilities are missing");
        }
        Map<String, String> parameters = new HashMap<>(request.getParametersMap());
        parameters.putAll(request.getMutableParamsMap());
        String source = sourceOf(request);
        ModelVolume known = backend.volumeNamed(request.getName());
        if (known != null) {
            if (!fits(request.getCapacityRange(), known.bytes())
                    || !known.parameters().equals(parameters)
                    || !known.source().equals(source)) {
                throw new CsiException(Code.ALREADY_EXISTS, "volume " + request.getName() + " exists and is different");
            }
            return answer(known, request);
        }
        long bytes = sizeFor(request.getCapacityRange());
        Topology place =
                request.hasAccessibilityRequirements() ? placeFor(request.getAccessibilityRequirements()) : null;
        if (bytes > backend.free()) {
            throw new CsiException(Code.RESOURCE_EXHAUSTED, "no room for " + bytes + " bytes");
        }
        return answer(
                backend.keep(
                        "create-volume",
                        new ModelVolume(
                                backend.newId("vol"),
                                request.getName(),
                                bytes,
                                parameters,
                                source,
                                place,
                                new TreeMap<>())),
                request);
    }

    @Override
    public DeleteVolumeResponse deleteVolume(DeleteVolumeRequest request) throws CsiException {
        needs(ControllerCapability.CREATE_DELETE_VOLUME);
        given(request.getVolumeId(), "volume_id");
        ModelVolume volume = backend.volume(request.getVolumeId());
        if (volume != null) {
            if (!volume.attachments().isEmpty()) {
                throw new CsiException(
                        Code.FAILED_PRECONDITION,
                        "volume " + volume.id() + " is attached to "
                                + volume.attachments().keySet());
            }
            backend.drop(volume);
        }
        return DeleteVolumeResponse.getDefaultInstance();
    }

    @Override
    public ControllerPublishVolumeResponse controllerPublishVolume(ControllerPublishVolumeRequest request)
            throws CsiException {
        needs(ControllerCapability.PUBLISH_UNPUBLISH_VOLUME);
        ModelVolume volume = existing(request.getVolumeId());
        given(request.getNodeId(), "node_id");
        if (!backend.knowsNode(request.getNodeId())) {
            throw new CsiException(Code.NOT_FOUND, "node " + request.getNodeId() + " is not known");
        }
        Attachment how = request.getReadonly() ? Attachment.READ_ONLY : Attachment.READ_WRITE;
        Attachment before = volume.attachments().get(request.getNodeId());
        if (before != null && before != how) {
            throw new CsiException(Code.ALREADY_EXISTS, "volume " + volume.id() + " is attached differently");
        }
        if (before == null) {
            if (!volume.attachments().isEmpty() && singleNode(request.getVolumeCapability())) {
                throw new CsiException(
                        Code.FAILED_PRECONDITION,
                        "volume " + volume.id() + " is attached to "
                                + volume.attachments().keySet());
            }
            backend.keep("publish-volume", volume.attached(request.getNodeId(), how));
        }
        return ControllerPublishVolumeResponse.newBuilder()
                .putPublishContext("device", "/dev/" + volume.id())
                .build();
    }

    @Override
    public ControllerUnpublishVolumeResponse controllerUnpublishVolume(ControllerUnpublishVolumeRequest request)
            throws CsiException {
        needs(ControllerCapability.PUBLISH_UNPUBLISH_VOLUME);
        given(request.getVolumeId(), "volume_id");
        ModelVolume volume = backend.volume(request.getVolumeId());
        if (volume != null) {
            for (String node : List.copyOf(volume.attachments().keySet())) {
                if (request.getNodeId().isEmpty() || request.getNodeId().equals(node)) {
                    volume = backend.keep("unpublish-volume", volume.detached(node));
                }
            }
        }
        return ControllerUnpublishVolumeResponse.getDefaultInstance();
    }

    @Override
    public ControllerExpandVolumeResponse controllerExpandVolume(ControllerExpandVolumeRequest request)
            throws CsiException {
        needs(ControllerCapability.EXPAND_VOLUME);
        ModelVolume volume = existing(request.getVolumeId());
        long bytes = Math.max(volume.bytes(), sizeFor(request.getCapacityRange()));
        if (bytes - volume.bytes() > backend.free()) {
            throw new CsiException(Code.RESOURCE_EXHAUSTED, "no room for " + bytes + " bytes");
        }
        if (bytes > volume.bytes()) {
            backend.keep("expand-volume", volume.withBytes(bytes));
        }
        return ControllerExpandVolumeResponse.newBuilder()
                .setCapacityBytes(bytes)
                .setNodeExpansionRequired(!request.getVolumeCapability().hasBlock())
                .build();
    }

    @Override
    public ControllerModifyVolumeResponse controllerModifyVolume(ControllerModifyVolumeRequest request)
            throws CsiException {
        needs(ControllerCapability.MODIFY_VOLUME);
        ModelVolume volume = existing(request.getVolumeId());
        Map<String, String> parameters = new HashMap<>(volume.parameters());
        parameters.putAll(request.getMutableParametersMap());
        if (!parameters.equals(volume.parameters())) {
            backend.keep("modify-volume", volume.withParameters(parameters));
        }
        return ControllerModifyVolumeResponse.getDefaultInstance();
    }

    @Override
    public ValidateVolumeCapabilitiesResponse validateVolumeCapabilities(ValidateVolumeCapabilitiesRequest request)
            throws CsiException {
        ModelVolume volume = existing(request.getVolumeId());
        return ValidateVolumeCapabilitiesResponse.newBuilder()
                .setMessage("volume " + volume.id())
                .setConfirmed(ValidateVolumeCapabilitiesResponse.Confirmed.newBuilder()
                        .addAllVolumeCapabilities(request.getVolumeCapabilitiesList()))
                .build();
    }

    @Override
    public ListVolumesResponse listVolumes(ListVolumesRequest request) throws CsiException {
        needs(ControllerCapability.LIST_VOLUMES);
        var page = page(backend.volumes().values(), request.getStartingToken(), request.getMaxEntries());
        var answer = ListVolumesResponse.newBuilder().setNextToken(page.nextToken());
        for (ModelVolume volume : page.entries()) {
            answer.addEntries(ListVolumesResponse.Entry.newBuilder()
                    .setVolume(message(volume))
                    .setStatus(ListVolumesResponse.VolumeStatus.newBuilder()
                            .addAllPublishedNodeIds(volume.attachments().keySet())));
        }
        return answer.build();
    }

    @Override
    public ControllerGetVolumeResponse controllerGetVolume(ControllerGetVolumeRequest request) throws CsiException {
        needs(ControllerCapability.GET_VOLUME);
        ModelVolume volume = existing(request.getVolumeId());
        return ControllerGetVolumeResponse.newBuilder()
                .setVolume(message(volume))
                .setStatus(ControllerGetVolumeResponse.VolumeStatus.newBuilder()
                        .addAllPublishedNodeIds(volume.attachments().keySet()))
                .build();
    }

    @Override
    public GetCapacityResponse getCapacity(GetCapacityRequest request) throws CsiException {
        needs(ControllerCapability.GET_CAPACITY);
        boolean room = !request.hasAccessibleTopology()
                || backend.roomIn(TopologyMessages.toRecord(request.getAccessibleTopology()));
        return GetCapacityResponse.newBuilder()
                .setAvailableCapacity(room ? Math.max(0, backend.free()) : 0)
                .build();
    }

    private String sourceOf(CreateVolumeRequest request) throws CsiException {
        VolumeContentSource source = request.getVolumeContentSource();
        if (source.hasSnapshot()) {
            String id = source.getSnapshot().getSnapshotId();
            if (!backend.snapshots().containsKey(id)) {
                throw new CsiException(Code.NOT_FOUND, "snapshot " + id + " not found");
            }
            return "snapshot/" + id;
        }
        if (source.hasVolume()) {
            return "volume/" + existing(source.getVolume().getVolumeId()).id();
        }
        return "";
    }

    private Topology placeFor(TopologyRequirement requirement) throws CsiException {
        return Stream.concat(requirement.getPreferredList().stream(), requirement.getRequisiteList().stream())
                .map(TopologyMessages::toRecord)
                .filter(backend::roomIn)
                .findFirst()
                .orElseThrow(() -> new CsiException(Code.RESOURCE_EXHAUSTED, "no room in any of the places asked for"));
    }

    private long sizeFor(CapacityRange range) throws CsiException {
        long wanted = range.getRequiredBytes() == 0 ? USUAL : range.getRequiredBytes();
        long bytes = (wanted + GRAIN - 1) / GRAIN * GRAIN;
        if (bytes > backend.largest() || !fits(range, bytes)) {
            throw new CsiException(Code.OUT_OF_RANGE, "cannot make a volume of " + wanted + " bytes");
        }
        return bytes;
    }

    private static boolean fits(CapacityRange range, long bytes) {
        return bytes >= range.getRequiredBytes() && (range.getLimitBytes() == 0 || bytes <= range.getLimitBytes());
    }

    private static boolean singleNode(VolumeCapability capability) {
        return switch (capability.getAccessMode().getMode()) {
            case SINGLE_NODE_WRITER, SINGLE_NODE_SINGLE_WRITER, SINGLE_NODE_MULTI_WRITER, SINGLE_NODE_READER_ONLY ->
                true;
            default -> false;
        };
    }

    private static CreateVolumeResponse answer(ModelVolume volume, CreateVolumeRequest request) {
        Volume.Builder message = message(volume);
        if (request.hasVolumeContentSource()) {
            message.setContentSource(request.getVolumeContentSource());
        }
        return CreateVolumeResponse.newBuilder().setVolume(message).build();
    }

    private static Volume.Builder message(ModelVolume volume) {
        Volume.Builder message = Volume.newBuilder()
                .setVolumeId(volume.id())
                .setCapacityBytes(volume.bytes())
                .putVolumeContext("model", volume.name());
        @Nullable Topology place = volume.place();
        if (place != null) {
            message.addAccessibleTopology(TopologyMessages.toMessage(place));
        }
        return message;
    }
}
