package solo.snapshotter.model;

/**
 * How snapshots are called in CreateSnapshot.
 *
 * @param prefix --snapshot-name-prefix, not empty
 * @param uuidLength --snapshot-name-uuid-length: -1 for the snapshot's uid as it is, else how much of it without dashes
 */
public record SnapshotNaming(String prefix, int uuidLength) {

    public static final SnapshotNaming DEFAULT = new SnapshotNaming("snapshot", -1);

    public SnapshotNaming {
        if (prefix.isEmpty()) {
            throw new IllegalArgumentException("--snapshot-name-prefix must not be empty");
        }
        if (uuidLength != -1 && (uuidLength < 1 || uuidLength > 32)) {
            throw new IllegalArgumentException(
                    "--snapshot-name-uuid-length must be -1 or between 1 and 32, got " + uuidLength);
        }
    }

    /** Depends on nothing but the uid, so every attempt, also after a crash, asks for the same snapshot. */
    public String of(String uid) {
        if (uuidLength == -1) {
            return prefix + "-" + uid;
        }
        String plain = uid.replace("-", "");
        return prefix + "-" + plain.substring(0, Math.min(uuidLength, plain.length()));
    }
}
