package solo.snapshotter.kube;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import solo.kube.model.ObjectReference;
import solo.snapshotter.model.NewGroupContent;
import solo.snapshotter.model.NewMember;

/** A VolumeGroupSnapshotContent, and the VolumeSnapshot of a member, as they are created. */
public final class GroupBody {
    private GroupBody() {}

    public static Map<String, ?> of(NewGroupContent content) {
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
        spec.put("volumeGroupSnapshotClassName", content.className());
        spec.put("volumeGroupSnapshotRef", ContentBody.reference(content.group()));
        spec.put("source", Map.of("volumeHandles", content.volumeHandles()));
        return Map.of("metadata", metadata, "spec", spec);
    }

    public static Map<String, ?> of(NewMember member) {
        Map<String, Object> metadata = new LinkedHashMap<>();
        metadata.put("namespace", member.key().namespace());
        metadata.put("name", member.key().name());
        metadata.put("finalizers", member.finalizers());
        metadata.put("ownerReferences", List.of(owner(member.group())));
        return Map.of(
                "metadata",
                metadata,
                "spec",
                Map.of("source", Map.of("persistentVolumeClaimName", member.claimName())));
    }

    static Map<String, ?> owner(ObjectReference group) {
        Map<String, Object> owner = new LinkedHashMap<>();
        owner.put("apiVersion", group.apiVersion());
        owner.put("kind", group.kind());
        owner.put("name", group.key().name());
        owner.put("uid", group.uid());
        return owner;
    }
}
