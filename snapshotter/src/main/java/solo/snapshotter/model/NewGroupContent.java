package solo.snapshotter.model;

import java.util.List;
import java.util.Map;
import solo.kube.model.ObjectReference;

/** A content that is to be made for a VolumeGroupSnapshot. */
public record NewGroupContent(
        String name,
        ObjectReference group,
        String className,
        String driver,
        String deletionPolicy,
        List<String> volumeHandles,
        List<String> finalizers,
        Map<String, String> annotations,
        Map<String, String> labels) {
    public NewGroupContent {
        volumeHandles = List.copyOf(volumeHandles);
        finalizers = List.copyOf(finalizers);
        annotations = Map.copyOf(annotations);
        labels = Map.copyOf(labels);
    }
}
