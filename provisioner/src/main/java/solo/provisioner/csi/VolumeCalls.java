package solo.provisioner.csi;

import csi.v1.DeleteVolumeRequest;
import csi.v1.GetCapacityRequest;
import csi.v1.GetCapacityResponse;
import csi.v1.ListVolumesRequest;
import csi.v1.ListVolumesResponse;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import solo.csi.CsiException;
import solo.csi.Driver;
import solo.csi.TopologyMessages;
import solo.csi.VolumeMessages;
import solo.csi.model.CreatedVolume;
import solo.csi.model.Secrets;
import solo.csi.model.Topology;
import solo.csi.model.VolumeRequest;
import solo.kube.model.Quantity;
import solo.provisioner.capacity.model.Room;

/** The few driver calls that provisioning makes, in the words of its rules. Each blocks until the driver answers. */
public final class VolumeCalls {

    private final Driver driver;

    public VolumeCalls(Driver driver) {
        this.driver = driver;
    }

    public CreatedVolume create(VolumeRequest request) throws CsiException {
        return VolumeMessages.toRecord(driver.controller().createVolume(VolumeMessages.toMessage(request)));
    }

    public void delete(String handle, Secrets secrets) throws CsiException {
        var _ = driver.controller()
                .deleteVolume(DeleteVolumeRequest.newBuilder()
                        .setVolumeId(handle)
                        .putAllSecrets(secrets.values())
                        .build());
    }

    /** How much room there is for volumes with these parameters in this place; an empty place is everywhere. */
    public Room capacity(Map<String, String> parameters, Topology place) throws CsiException {
        GetCapacityRequest.Builder request = GetCapacityRequest.newBuilder().putAllParameters(parameters);
        if (!place.isEmpty()) {
            request.setAccessibleTopology(TopologyMessages.toMessage(place));
        }
        return room(driver.controller().getCapacity(request.build()));
    }

    /** Whether any of the places that a request allows has room for it, with its parameters and capabilities. */
    public boolean hasRoom(VolumeRequest request) throws CsiException {
        List<Topology> places = request.requirement() == null
                ? List.of(Topology.of(Map.of()))
                : request.requirement().requisite();
        for (Topology place : places) {
            GetCapacityRequest.Builder asked = GetCapacityRequest.newBuilder().putAllParameters(request.parameters());
            request.capabilities().forEach(one -> asked.addVolumeCapabilities(VolumeMessages.toMessage(one)));
            if (!place.isEmpty()) {
                asked.setAccessibleTopology(TopologyMessages.toMessage(place));
            }
            if (driver.controller().getCapacity(asked.build()).getAvailableCapacity() >= request.requiredBytes()) {
                return true;
            }
        }
        return false;
    }

    private static Room room(GetCapacityResponse answer) {
        return new Room(
                Quantity.ofBytes(answer.getAvailableCapacity()),
                answer.hasMaximumVolumeSize()
                        ? Quantity.ofBytes(answer.getMaximumVolumeSize().getValue())
                        : null);
    }

    /** The handles of all volumes, from every page of the list. */
    public Set<String> list() throws CsiException {
        Set<String> handles = new HashSet<>();
        String token = "";
        do {
            ListVolumesResponse page = driver.controller()
                    .listVolumes(ListVolumesRequest.newBuilder()
                            .setStartingToken(token)
                            .build());
            page.getEntriesList().forEach(entry -> handles.add(entry.getVolume().getVolumeId()));
            token = page.getNextToken();
        } while (!token.isEmpty());
        return handles;
    }
}
