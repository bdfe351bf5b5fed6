package solo.snapshotter.model;

import org.jspecify.annotations.Nullable;
import solo.kube.model.VolumeGroupSnapshotClass;
import solo.kube.model.VolumeGroupSnapshotContent;

/**
 * Everything a decision about one content of a group may look at.
 *
 * @param groupClass the class it names, null if it names none or there is none
 */
public record GroupContentView(
        VolumeGroupSnapshotContent content,
        @Nullable VolumeGroupSnapshotClass groupClass,
        SecretAnswer secret,
        GroupAnswer driver) {

    public GroupContentView with(VolumeGroupSnapshotContent newer) {
        return new GroupContentView(newer, groupClass, secret, driver);
    }

    public GroupContentView with(SecretAnswer answer) {
        return new GroupContentView(content, groupClass, answer, driver);
    }

    public GroupContentView with(GroupAnswer answer) {
        return new GroupContentView(content, groupClass, secret, answer);
    }
}
