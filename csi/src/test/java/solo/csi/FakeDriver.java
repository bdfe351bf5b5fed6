package solo.csi;

import csi.v1.ControllerGetCapabilitiesRequest;
import csi.v1.ControllerGetCapabilitiesResponse;
import csi.v1.CreateVolumeRequest;
import csi.v1.CreateVolumeResponse;
import csi.v1.GetMetadataAllocatedRequest;
import csi.v1.GetMetadataAllocatedResponse;
import csi.v1.GetPluginCapabilitiesRequest;
import csi.v1.GetPluginCapabilitiesResponse;
import csi.v1.GetPluginInfoRequest;
import csi.v1.GetPluginInfoResponse;
import csi.v1.ListVolumesRequest;
import csi.v1.ListVolumesResponse;
import csi.v1.ProbeRequest;
import csi.v1.ProbeResponse;

/** A driver that does what a test tells it to; what it is not told answers UNIMPLEMENTED. */
final class FakeDriver implements Driver {
    @FunctionalInterface
    interface Answer<Q, A> {
        A to(Q request) throws CsiException;
    }

    Answer<GetPluginInfoRequest, GetPluginInfoResponse> onGetPluginInfo = refusal("GetPluginInfo");
    Answer<GetPluginCapabilitiesRequest, GetPluginCapabilitiesResponse> onGetPluginCapabilities =
            refusal("GetPluginCapabilities");
    Answer<ProbeRequest, ProbeResponse> onProbe = refusal("Probe");
    Answer<ControllerGetCapabilitiesRequest, ControllerGetCapabilitiesResponse> onControllerGetCapabilities =
            refusal("ControllerGetCapabilities");
    Answer<CreateVolumeRequest, CreateVolumeResponse> onCreateVolume = refusal("CreateVolume");
    Answer<ListVolumesRequest, ListVolumesResponse> onListVolumes = refusal("ListVolumes");
    SnapshotMetadataService metadata = new SnapshotMetadataService() {};

    @Override
    public IdentityService identity() {
        return new IdentityService() {
            @Override
            public GetPluginInfoResponse getPluginInfo(GetPluginInfoRequest request) throws CsiException {
                return onGetPluginInfo.to(request);
            }

            @Override
            public GetPluginCapabilitiesResponse getPluginCapabilities(GetPluginCapabilitiesRequest request)
                    throws CsiException {
                return onGetPluginCapabilities.to(request);
            }

            @Override
            public ProbeResponse probe(ProbeRequest request) throws CsiException {
                return onProbe.to(request);
            }
        };
    }

    @Override
    public ControllerService controller() {
        return new ControllerService() {
            @Override
            public ControllerGetCapabilitiesResponse controllerGetCapabilities(ControllerGetCapabilitiesRequest request)
                    throws CsiException {
                return onControllerGetCapabilities.to(request);
            }

            @Override
            public CreateVolumeResponse createVolume(CreateVolumeRequest request) throws CsiException {
                return onCreateVolume.to(request);
            }

            @Override
            public ListVolumesResponse listVolumes(ListVolumesRequest request) throws CsiException {
                return onListVolumes.to(request);
            }
        };
    }

    @Override
    public SnapshotMetadataService snapshotMetadata() {
        return metadata;
    }

    private static <Q, A> Answer<Q, A> refusal(String method) {
        return request -> {
            throw CsiException.unimplemented(method);
        };
    }

    /** Streams extents at offsets 0, 1, 2, … until it is stopped or has sent so many. */
    static SnapshotMetadataService extents(int count) {
        return new SnapshotMetadataService() {
            @Override
            public void getMetadataAllocated(
                    GetMetadataAllocatedRequest request, Sink<GetMetadataAllocatedResponse> sink) throws CsiException {
                for (int i = 0; i < count; i++) {
                    var message = GetMetadataAllocatedResponse.newBuilder().setVolumeCapacityBytes(count);
                    message.addBlockMetadataBuilder().setByteOffset(i);
                    sink.accept(message.build());
                }
            }
        };
    }
}
