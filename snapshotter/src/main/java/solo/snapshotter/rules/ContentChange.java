package solo.snapshotter.rules;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import solo.kube.model.ObjectMeta;
import solo.kube.model.VolumeSnapshotContent;
import solo.snapshotter.model.SnapshotNames;

/** Which changes of a content are worth another look by the driver's half? Not what it wrote itself: that would end the backoff. */
public final class ContentChange {
    private ContentChange() {}

    public static boolean matters(@Nullable VolumeSnapshotContent before, VolumeSnapshotContent after) {
        return before == null
                || (after.ready() && !before.ready())
                || !withoutOurWrites(before).equals(withoutOurWrites(after));
    }

    private static VolumeSnapshotContent withoutOurWrites(VolumeSnapshotContent content) {
        ObjectMeta meta = content.meta();
        Map<String, String> annotations = new HashMap<>(meta.annotations());
        annotations.remove(SnapshotNames.BEING_CREATED);
        return new VolumeSnapshotContent(
                new ObjectMeta(
                        meta.key(),
                        meta.uid(),
                        "",
                        meta.created(),
                        meta.deleted(),
                        List.of(),
                        annotations,
                        meta.labels()),
                content.driver(),
                content.deletionPolicy(),
                content.className(),
                content.source(),
                content.snapshot(),
                content.snapshotUid(),
                content.sourceVolumeMode(),
                null);
    }
}
