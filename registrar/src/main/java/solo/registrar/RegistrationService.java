package solo.registrar;

import io.grpc.stub.StreamObserver;
import solo.registrar.proto.InfoRequest;
import solo.registrar.proto.PluginInfo;
import solo.registrar.proto.RegistrationGrpc;
import solo.registrar.proto.RegistrationStatus;
import solo.registrar.proto.RegistrationStatusResponse;

/** The two calls of the kubelet, as they are on the wire. */
final class RegistrationService extends RegistrationGrpc.RegistrationImplBase {
    /** The kubelet's word for a storage driver; others are DevicePlugin and DRAPlugin. */
    static final String TYPE = "CSIPlugin";

    /** Of the registration API, not of CSI. */
    static final String VERSION = "1.0.0";

    /** What the kubelet says about us. */
    interface Verdict {
        void registered();

        void refused(String error);
    }

    private final PluginInfo plugin;
    private final Verdict verdict;

    RegistrationService(RegistrationOptions options, Verdict verdict) {
        this.plugin = PluginInfo.newBuilder()
                .setType(TYPE)
                .setName(options.driverName())
                .setEndpoint(options.endpoint())
                .addSupportedVersions(VERSION)
                .build();
        this.verdict = verdict;
    }

    @Override
    public void getInfo(InfoRequest request, StreamObserver<PluginInfo> answer) {
        answer.onNext(plugin);
        answer.onCompleted();
    }

    @Override
    public void notifyRegistrationStatus(RegistrationStatus status, StreamObserver<RegistrationStatusResponse> answer) {
        if (status.getPluginRegistered()) {
            verdict.registered();
        } else {
            verdict.refused(status.getError());
        }
        answer.onNext(RegistrationStatusResponse.getDefaultInstance());
        answer.onCompleted();
    }
}
