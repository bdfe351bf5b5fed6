package solo.driver.linux;

/** Bytes of a file from {@code start} up to, but without, {@code end}. */
public record FileRange(long start, long end) {
    public FileRange {
        if (start < 0 || end < start) {
            throw new IllegalArgumentException("no range: " + start + " to " + end);
        }
    }

    public long bytes() {
        return end - start;
    }
}
