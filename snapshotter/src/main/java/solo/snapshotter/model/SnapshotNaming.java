package solo.snapshotter.model;

import solo.csi.model.NameOfUid;

/**
 * How snapshots are called in CreateSnapshot.
 *
 * @param prefix --snapshot-name-prefix, not empty
 * @param uuidLength --snapshot-name-uuid-length: -1 for the snapshot's uid as it is, else how much of it without dashes
 */
public record SnapshotNaming(String prefix, int uuidLength) {

    public static final SnapshotNaming DEFAULT = new SnapshotNaming("snapshot", -1);

    public SnapshotNaming {
        NameOfUid.check("--snapshot-name", prefix, uuidLength);
    }

    public String of(String uid) {
        return NameOfUid.of(prefix, uuidLength, uid);
    }
}
