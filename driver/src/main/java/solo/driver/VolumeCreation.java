package solo.driver;

import csi.v1.CreateVolumeRequest;
import csi.v1.CreateVolumeResponse;
import java.io.IOException;
import java.util.List;
import solo.csi.CsiException;
import solo.csi.model.VolumeCapability;
import solo.driver.LocalDriverOptions.Feature;
import solo.driver.VolumeLifecycle.Wanted;
import solo.driver.backend.Backend;
import solo.driver.state.Phase;
import solo.driver.state.Volume;
import solo.driver.state.Volume.Lifetime;
import solo.driver.state.VolumeIds;
import solo.driver.state.VolumeSpec;

/** CreateVolume: what is asked for, whether it can be, and whether it is there already. */
final class VolumeCreation {
    private final LocalStorage storage;
    private final VolumeLifecycle lifecycle;
    private final VolumeMessages messages;

    VolumeCreation(LocalStorage storage, VolumeLifecycle lifecycle) {
        this.storage = storage;
        this.lifecycle = lifecycle;
        this.messages = new VolumeMessages(storage);
    }

    CreateVolumeResponse create(CreateVolumeRequest request) throws CsiException {
        String name = Requests.name(request.getName());
        List<VolumeCapability> capabilities = Requests.capabilities(request.getVolumeCapabilitiesList());
        SizeRange size = SizeRange.of(request.getCapacityRange());
        ClassParameters parameters = ClassParameters.of(request.getParametersMap(), storage.backends());
        String source =
                request.hasVolumeContentSource() ? VolumeSpec.source(Sources.of(request.getVolumeContentSource())) : "";
        var spec = new VolumeSpec(
                name, parameters.backend().name(), Uses.of(capabilities), parameters.parameters(), source);
        refuseUnsupported(parameters.backend(), spec, capabilities);
        var mutable = MutableParameters.of(request.getMutableParamsMap(), parameters.backend(), spec);
        String id = VolumeIds.ofName(name);
        Volume volume = storage.alone(id, () -> {
            checkTopology(request, id);
            return lifecycle.create(id, new Wanted(spec, size, Lifetime.PERSISTENT, mutable));
        });
        return CreateVolumeResponse.newBuilder()
                .setVolume(messages.volume(volume))
                .build();
    }

    private static void refuseUnsupported(Backend backend, VolumeSpec spec, List<VolumeCapability> capabilities)
            throws CsiException {
        for (VolumeCapability capability : capabilities) {
            var refusal = backend.refusal(spec, capability);
            if (refusal.isPresent()) {
                throw Refusals.invalid(refusal.get());
            }
        }
    }

    /** CSI: a place that cannot be served is RESOURCE_EXHAUSTED for a new volume, ALREADY_EXISTS for an existing one. */
    private void checkTopology(CreateVolumeRequest request, String id) throws CsiException, IOException {
        if (!storage.options().has(Feature.TOPOLOGY)) {
            return;
        }
        var existing = storage.store().find(id).filter(volume -> volume.phase() == Phase.READY);
        String node = existing.map(volume -> volume.home().nodeId())
                .orElse(storage.options().nodeId());
        if (NodeTopology.satisfies(request.getAccessibilityRequirements(), node)) {
            return;
        }
        String why = "can be reached from node " + node + " only, which is not among the places asked for";
        throw existing.isPresent()
                ? Refusals.alreadyExists("volume " + id + " exists already and " + why)
                : Refusals.exhausted("a volume made here " + why);
    }
}
