package solo.driver;

import csi.v1.CapacityRange;
import solo.csi.CsiException;

/** How large a volume may be, in bytes; 0 stands for no bound, as in CSI's CapacityRange. */
record SizeRange(long required, long limit) {
    /** For a request that names no size at all. */
    static final long DEFAULT_BYTES = 1L << 30;

    static SizeRange of(CapacityRange range) throws CsiException {
        long required = range.getRequiredBytes();
        long limit = range.getLimitBytes();
        if (required < 0 || limit < 0) {
            throw Refusals.invalid("a size cannot be negative: " + required + " to " + limit + " bytes");
        }
        if (limit > 0 && required > limit) {
            throw Refusals.invalid("at least " + required + " and at most " + limit + " bytes cannot both hold");
        }
        return new SizeRange(required, limit);
    }

    boolean holds(long bytes) {
        return bytes >= required && (limit == 0 || bytes <= limit);
    }

    /** The size of a new volume. */
    long choice() {
        if (required > 0) {
            return required;
        }
        return limit > 0 ? Math.min(limit, DEFAULT_BYTES) : DEFAULT_BYTES;
    }

    @Override
    public String toString() {
        return limit == 0 ? "at least " + required + " bytes" : required + " to " + limit + " bytes";
    }
}
