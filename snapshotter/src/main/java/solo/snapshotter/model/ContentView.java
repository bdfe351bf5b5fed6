package solo.snapshotter.model;

import org.jspecify.annotations.Nullable;
import solo.kube.model.VolumeSnapshotClass;
import solo.kube.model.VolumeSnapshotContent;

/**
 * Everything a decision about one content may look at.
 *
 * @param snapshotClass the class it names, null if it names none or there is none
 * @param snapshot what the other half knows of its VolumeSnapshot
 */
public record ContentView(
        VolumeSnapshotContent content,
        @Nullable VolumeSnapshotClass snapshotClass,
        BoundSnapshot snapshot,
        SecretAnswer secret,
        DriverAnswer driver) {

    /**
     * Whether the VolumeSnapshot lets its content go; only known where both halves run in this process. What lets go
     * never keeps again, or a deletion that has begun would end in another snapshot being taken.
     */
    public enum BoundSnapshot {
        /** Only annotations tell. */
        NOT_SEEN,
        KEEPS,
        /** It is being deleted. */
        LETS_GO,
        /** It is not there; once the API server says so, too, an annotation tells. */
        GONE
    }

    public ContentView with(VolumeSnapshotContent newer) {
        return new ContentView(newer, snapshotClass, snapshot, secret, driver);
    }

    public ContentView with(SecretAnswer answer) {
        return new ContentView(content, snapshotClass, snapshot, answer, driver);
    }

    public ContentView with(DriverAnswer answer) {
        return new ContentView(content, snapshotClass, snapshot, secret, answer);
    }
}
