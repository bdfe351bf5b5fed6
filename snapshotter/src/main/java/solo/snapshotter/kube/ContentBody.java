package solo.snapshotter.kube;

import java.util.LinkedHashMap;
import java.util.Map;
import solo.kube.model.Fields;
import solo.kube.model.ObjectReference;
import solo.snapshotter.model.NewContent;

/** A VolumeSnapshotContent as it is created. */
public final class ContentBody {
    private ContentBody() {}

    public static Map<String, ?> of(NewContent content) {
        Map<String, Object> metadata = new LinkedHashMap<>();
        metadata.put("name", content.name());
        metadata.put("finalizers", content.finalizers());
        if (!content.annotations().isEmpty()) {
            metadata.put("annotations", content.annotations());
        }
        if (!content.labels().isEmpty()) {
            metadata.put("labels", content.labels());
        }
        Map<String, Object> spec = new LinkedHashMap<>();
        spec.put("driver", content.driver());
        spec.put("deletionPolicy", content.deletionPolicy());
        Fields.put(spec, "volumeSnapshotClassName", content.className());
        spec.put("volumeSnapshotRef", reference(content.snapshot()));
        spec.put("source", Map.of("volumeHandle", content.volumeHandle()));
        Fields.put(spec, "sourceVolumeMode", content.sourceVolumeMode());
        return Map.of("metadata", metadata, "spec", spec);
    }

    static Map<String, Object> reference(ObjectReference object) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("apiVersion", object.apiVersion());
        fields.put("kind", object.kind());
        fields.put("namespace", object.key().namespace());
        fields.put("name", object.key().name());
        fields.put("uid", object.uid());
        fields.put("resourceVersion", object.resourceVersion());
        return fields;
    }
}
