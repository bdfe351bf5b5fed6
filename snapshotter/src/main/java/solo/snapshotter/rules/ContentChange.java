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
        return new VolumeSnapshotContent(
                withoutOurWrites(content.meta(), SnapshotNames.BEING_CREATED),
                content.driver(),
                content.deletionPolicy(),
                content.className(),
                content.source(),
                content.snapshot(),
                content.snapshotUid(),
                content.sourceVolumeMode(),
                null);
    }

    /** Finalizers and the mark of being created are a driver's half's own, for contents of groups too. */
    static ObjectMeta withoutOurWrites(ObjectMeta meta, String mark) {
        Map<String, String> annotations = new HashMap<>(meta.annotations());
        annotations.remove(mark);
        return new ObjectMeta(
                meta.key(), meta.uid(), "", meta.created(), meta.deleted(), List.of(), annotations, meta.labels());
    }
}
