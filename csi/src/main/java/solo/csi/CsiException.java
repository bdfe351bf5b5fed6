package solo.csi;

import solo.csi.model.Code;
import solo.csi.model.DriverError;

/**
 * How a driver says no: a gRPC code and a sentence for the user. Checked, because in CSI an error code is a normal
 * answer that every caller has to think about.
 */
public final class CsiException extends Exception {
    private final Code code;
    private final String description;

    public CsiException(Code code, String description) {
        super(description);
        this.code = refusal(code);
        this.description = description;
    }

    public CsiException(Code code, String description, Throwable cause) {
        super(description, cause);
        this.code = refusal(code);
        this.description = description;
    }

    public Code code() {
        return code;
    }

    /** The driver's words, without the code. */
    public String description() {
        return description;
    }

    /** {@code rpc error: code = NotFound desc = ...}, as the Go sidecars write it into objects and events. */
    public String goText() {
        return error().goText();
    }

    /** The same refusal as a value, for rules to judge. */
    public DriverError error() {
        return new DriverError(code, description);
    }

    private static Code refusal(Code code) {
        if (code == Code.OK) {
            throw new IllegalArgumentException("OK is an answer, not a refusal");
        }
        return code;
    }

    /** The answer to an RPC that a driver does not have, in gRPC's words. */
    static CsiException unimplemented(String method) {
        return new CsiException(Code.UNIMPLEMENTED, "method " + method + " not implemented");
    }
}
