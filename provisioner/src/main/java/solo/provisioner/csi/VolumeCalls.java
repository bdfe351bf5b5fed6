package solo.provisioner.csi;

import csi.v1.DeleteVolumeRequest;
import csi.v1.ListVolumesRequest;
import csi.v1.ListVolumesResponse;
import java.util.HashSet;
import java.util.Set;
import solo.csi.CsiException;
import solo.csi.Driver;
import solo.csi.VolumeMessages;
import solo.csi.model.CreatedVolume;
import solo.csi.model.Secrets;
import solo.csi.model.VolumeRequest;

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
