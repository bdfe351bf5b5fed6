package solo.csi;

import csi.v1.GetPluginCapabilitiesRequest;
import csi.v1.GetPluginCapabilitiesResponse;
import csi.v1.GetPluginInfoRequest;
import csi.v1.GetPluginInfoResponse;
import csi.v1.ProbeRequest;
import csi.v1.ProbeResponse;

/** IdentityService by way of {@link Calls}. */
record RpcIdentityService(Calls calls) implements IdentityService {
    @Override
    public GetPluginInfoResponse getPluginInfo(GetPluginInfoRequest request) throws CsiException {
        return calls.call(Rpcs.GET_PLUGIN_INFO, request);
    }

    @Override
    public GetPluginCapabilitiesResponse getPluginCapabilities(GetPluginCapabilitiesRequest request)
            throws CsiException {
        return calls.call(Rpcs.GET_PLUGIN_CAPABILITIES, request);
    }

    @Override
    public ProbeResponse probe(ProbeRequest request) throws CsiException {
        return calls.call(Rpcs.PROBE, request);
    }
}
