package solo.csi;

import csi.v1.GetPluginCapabilitiesRequest;
import csi.v1.GetPluginCapabilitiesResponse;
import csi.v1.GetPluginInfoRequest;
import csi.v1.GetPluginInfoResponse;
import csi.v1.ProbeRequest;
import csi.v1.ProbeResponse;

/** Who the driver is and whether it is ready; asked on the controller and on every node. */
public interface IdentityService {
    GetPluginInfoResponse getPluginInfo(GetPluginInfoRequest request) throws CsiException;

    /** The same answer from every instance of one driver version. */
    GetPluginCapabilitiesResponse getPluginCapabilities(GetPluginCapabilitiesRequest request) throws CsiException;

    /** FAILED_PRECONDITION: unhealthy. An answer without {@code ready} means ready. */
    default ProbeResponse probe(ProbeRequest request) throws CsiException {
        return ProbeResponse.getDefaultInstance();
    }
}
