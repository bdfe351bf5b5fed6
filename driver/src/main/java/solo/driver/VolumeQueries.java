package solo.driver;

import csi.v1.ControllerGetVolumeHealthRequest;
import csi.v1.ControllerGetVolumeHealthResponse;
import csi.v1.ControllerGetVolumeRequest;
import csi.v1.ControllerGetVolumeResponse;
import csi.v1.ControllerListVolumeHealthRequest;
import csi.v1.ControllerListVolumeHealthResponse;
import csi.v1.GetCapacityRequest;
import csi.v1.GetCapacityResponse;
import csi.v1.ListVolumesRequest;
import csi.v1.ListVolumesResponse;
import csi.v1.ValidateVolumeCapabilitiesRequest;
import csi.v1.ValidateVolumeCapabilitiesResponse;
import csi.v1.ValidateVolumeCapabilitiesResponse.Confirmed;
import csi.v1.VolumeHealth;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import solo.csi.CsiException;
import solo.csi.model.VolumeCapability;
import solo.driver.LocalDriverOptions.Feature;
import solo.driver.backend.Backend;
import solo.driver.state.Phase;
import solo.driver.state.Volume;
import solo.driver.state.VolumeSpec;

/** The calls of the controller half that change nothing, and so take no lock. */
final class VolumeQueries {
    private final LocalStorage storage;
    private final Pool pool;
    private final VolumeMessages messages;

    VolumeQueries(LocalStorage storage) {
        this.storage = storage;
        this.pool = new Pool(storage);
        this.messages = new VolumeMessages(storage);
    }

    ValidateVolumeCapabilitiesResponse validate(ValidateVolumeCapabilitiesRequest request) throws CsiException {
        String id = Requests.required(request.getVolumeId(), "volume_id");
        List<VolumeCapability> capabilities = Requests.capabilities(request.getVolumeCapabilitiesList());
        return LocalStorage.answering(() -> {
            Volume volume = storage.require(id);
            for (VolumeCapability capability : capabilities) {
                var refusal = storage.backend(volume).refusal(volume.spec(), capability);
                if (refusal.isPresent()) {
                    return unconfirmed(refusal.get());
                }
            }
            if (request.getParametersCount() > 0) {
                var parameters = ClassParameters.of(request.getParametersMap(), storage.backends());
                if (!parameters.parameters().equals(volume.spec().parameters())) {
                    return unconfirmed("the volume was made with the parameters "
                            + volume.spec().parameters());
                }
            }
            var wrong =
                    MutableParameters.refusal(request.getMutableParamsMap(), storage.backend(volume), volume.spec());
            if (wrong.isPresent()) {
                return unconfirmed(wrong.get());
            }
            if (!volume.modified(MutableParameters.meant(request.getMutableParamsMap()))
                    .equals(volume)) {
                return unconfirmed("the volume has the mutable parameters " + volume.mutableParameters());
            }
            return ValidateVolumeCapabilitiesResponse.newBuilder()
                    .setConfirmed(Confirmed.newBuilder()
                            .putAllVolumeContext(request.getVolumeContextMap())
                            .addAllVolumeCapabilities(request.getVolumeCapabilitiesList())
                            .putAllParameters(request.getParametersMap())
                            .putAllMutableParams(request.getMutableParamsMap()))
                    .build();
        });
    }

    ListVolumesResponse list(ListVolumesRequest request) throws CsiException {
        Pages pages = Pages.of(request.getStartingToken(), request.getMaxEntries());
        return LocalStorage.answering(() -> {
            var response = ListVolumesResponse.newBuilder();
            String last = "";
            for (String id : pages.rest(storage.store().ids())) {
                Optional<Volume> volume = visible(id);
                if (volume.isEmpty()) {
                    continue;
                }
                if (response.getEntriesCount() == pages.size()) {
                    return response.setNextToken(Pages.tokenAfter(last)).build();
                }
                var entry = ListVolumesResponse.Entry.newBuilder().setVolume(messages.volume(volume.get()));
                if (storage.options().has(Feature.ATTACH)) {
                    entry.getStatusBuilder()
                            .addAllPublishedNodeIds(volume.get().attachments().keySet());
                }
                response.addEntries(entry);
                last = id;
            }
            return response.build();
        });
    }

    ControllerGetVolumeResponse get(ControllerGetVolumeRequest request) throws CsiException {
        String id = Requests.required(request.getVolumeId(), "volume_id");
        return LocalStorage.answering(() -> {
            Volume volume = storage.require(id);
            var response = ControllerGetVolumeResponse.newBuilder().setVolume(messages.volume(volume));
            response.getStatusBuilder()
                    .addAllPublishedNodeIds(volume.attachments().keySet());
            return response.build();
        });
    }

    ControllerGetVolumeHealthResponse health(ControllerGetVolumeHealthRequest request) throws CsiException {
        String id = Requests.required(request.getVolumeId(), "volume_id");
        return LocalStorage.answering(() -> ControllerGetVolumeHealthResponse.newBuilder()
                .setVolumeHealth(messages.health(storage.require(id)))
                .build());
    }

    /** Only volumes with a problem; a volume that is not listed is healthy or gone. */
    ControllerListVolumeHealthResponse listHealth(ControllerListVolumeHealthRequest request) throws CsiException {
        Pages pages = Pages.of(request.getStartingToken(), request.getMaxEntries());
        return LocalStorage.answering(() -> {
            var response = ControllerListVolumeHealthResponse.newBuilder();
            String last = "";
            for (String id : pages.rest(storage.store().ids())) {
                Optional<Volume> volume = visible(id);
                if (volume.isEmpty()) {
                    continue;
                }
                VolumeHealth health = messages.health(volume.get());
                if (health.getHealthStatusesCount() == 0) {
                    continue;
                }
                if (response.getEntriesCount() == pages.size()) {
                    return response.setNextToken(Pages.tokenAfter(last)).build();
                }
                response.addEntries(health);
                last = id;
            }
            return response.build();
        });
    }

    GetCapacityResponse capacity(GetCapacityRequest request) throws CsiException {
        ClassParameters parameters = ClassParameters.of(request.getParametersMap(), storage.backends());
        var capabilities = new ArrayList<VolumeCapability>();
        for (csi.v1.VolumeCapability capability : request.getVolumeCapabilitiesList()) {
            capabilities.add(Requests.capability(capability));
        }
        Backend backend = parameters.backend();
        var spec = new VolumeSpec("", backend.name(), Uses.of(capabilities), parameters.parameters(), "");
        if (capabilities.stream()
                .anyMatch(capability -> backend.refusal(spec, capability).isPresent())) {
            return GetCapacityResponse.getDefaultInstance();
        }
        String node = storage.options().nodeId();
        if (storage.options().has(Feature.TOPOLOGY)
                && request.hasAccessibleTopology()
                && !NodeTopology.holds(request.getAccessibleTopology(), node)) {
            return GetCapacityResponse.getDefaultInstance();
        }
        return LocalStorage.answering(() -> GetCapacityResponse.newBuilder()
                .setAvailableCapacity(pool.available(backend))
                .build());
    }

    /** Volumes that CreateVolume made; inline ones belong to their pod. */
    private Optional<Volume> visible(String id) throws IOException {
        return storage.store().find(id).filter(volume -> volume.phase() == Phase.READY && !volume.ephemeral());
    }

    private static ValidateVolumeCapabilitiesResponse unconfirmed(String why) {
        return ValidateVolumeCapabilitiesResponse.newBuilder().setMessage(why).build();
    }
}
