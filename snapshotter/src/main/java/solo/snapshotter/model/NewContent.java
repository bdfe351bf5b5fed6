package solo.snapshotter.model;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import solo.kube.model.ObjectReference;

/**
 * A content that is to be made for a VolumeSnapshot.
 *
 * @param className null for a member of a group
 */
public record NewContent(
        String name,
        ObjectReference snapshot,
        @Nullable String className,
        String driver,
        String deletionPolicy,
        String volumeHandle,
        @Nullable String sourceVolumeMode,
        List<String> finalizers,
        Map<String, String> annotations,
        Map<String, String> labels) {
    public NewContent {
        finalizers = List.copyOf(finalizers);
        annotations = Map.copyOf(annotations);
        labels = Map.copyOf(labels);
    }
}
