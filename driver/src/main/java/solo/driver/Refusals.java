package solo.driver;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.Locale;
import solo.csi.CsiException;
import solo.csi.model.Code;
import solo.driver.backend.BusyException;

/** The ways in which this driver says no, by the name of their gRPC code. */
final class Refusals {
    private Refusals() {}

    static CsiException invalid(String sentence) {
        return new CsiException(Code.INVALID_ARGUMENT, sentence);
    }

    static CsiException notFound(String sentence) {
        return new CsiException(Code.NOT_FOUND, sentence);
    }

    static CsiException noVolume(String id) {
        return notFound("there is no volume " + id);
    }

    static CsiException alreadyExists(String sentence) {
        return new CsiException(Code.ALREADY_EXISTS, sentence);
    }

    static CsiException precondition(String sentence) {
        return new CsiException(Code.FAILED_PRECONDITION, sentence);
    }

    static CsiException exhausted(String sentence) {
        return new CsiException(Code.RESOURCE_EXHAUSTED, sentence);
    }

    static CsiException outOfRange(String sentence) {
        return new CsiException(Code.OUT_OF_RANGE, sentence);
    }

    static CsiException aborted(String sentence) {
        return new CsiException(Code.ABORTED, sentence);
    }

    /** The disk or the kernel said no. A full disk is not a fault of the driver. */
    static CsiException failed(IOException cause) {
        String why = cause.getMessage() == null ? cause.toString() : cause.getMessage();
        if (cause instanceof BusyException) {
            return aborted(why);
        }
        if (cause instanceof InterruptedIOException) {
            return new CsiException(Code.CANCELED, why, cause);
        }
        String lower = why.toLowerCase(Locale.ROOT);
        boolean full = lower.contains("no space left on device") || lower.contains("quota exceeded");
        return new CsiException(full ? Code.RESOURCE_EXHAUSTED : Code.INTERNAL, why, cause);
    }
}
