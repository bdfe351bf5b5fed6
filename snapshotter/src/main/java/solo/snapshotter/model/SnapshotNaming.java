package solo.snapshotter.model;

import solo.csi.model.NameOfUid;

/**
 * How snapshots, or groups of them, are called at the driver.
 *
 * @param prefix --snapshot-name-prefix or --groupsnapshot-name-prefix, not empty
 * @param uuidLength -1 for the object's uid as it is, else how much of it without dashes
 */
public record SnapshotNaming(String prefix, int uuidLength) {

    public static final SnapshotNaming DEFAULT = new SnapshotNaming("snapshot", -1);
    public static final SnapshotNaming OF_GROUPS = new SnapshotNaming("groupsnapshot", -1);

    /** {@code flags}: how the two flags begin that say it, for the sentence about what is wrong. */
    public static SnapshotNaming of(String flags, String prefix, int uuidLength) {
        NameOfUid.check(flags, prefix, uuidLength);
        return new SnapshotNaming(prefix, uuidLength);
    }

    public String of(String uid) {
        return NameOfUid.of(prefix, uuidLength, uid);
    }
}
