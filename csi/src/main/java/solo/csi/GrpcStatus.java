package solo.csi;

import io.grpc.Status;
import io.grpc.StatusException;
import io.grpc.StatusRuntimeException;
import solo.csi.model.Code;

/** Refusals as gRPC carries them. */
final class GrpcStatus {
    private GrpcStatus() {}

    static CsiException toRefusal(StatusException refused) {
        return toRefusal(refused.getStatus(), refused);
    }

    static StatusRuntimeException toStatus(CsiException refused) {
        return Status.fromCodeValue(refused.code().number())
                .withDescription(refused.description())
                .asRuntimeException();
    }

    private static CsiException toRefusal(Status status, Exception carrier) {
        String description = status.getDescription() == null ? "" : status.getDescription();
        Throwable cause = status.getCause();
        // A cause exists only when the failure is on this side, such as a refused connection.
        String text =
                cause == null || cause.getMessage() == null ? description : description + ": " + cause.getMessage();
        return new CsiException(Code.of(status.getCode().value()), text, carrier);
    }
}
