package solo.snapshotter.rules;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import solo.kube.model.ObjectKey;
import solo.kube.model.ObjectMeta;
import solo.kube.model.SecretReference;
import solo.kube.model.VolumeGroupSnapshotContent;
import solo.kube.model.VolumeSnapshotContent;
import solo.snapshotter.model.GroupNames;
import solo.snapshotter.model.SnapshotNames;

/** Which Secret goes with a call about a snapshot? */
public final class SnapshotSecrets {
    private static final String TAKE = "csi.storage.k8s.io/snapshotter-secret-";
    private static final String TAKE_GROUP = "csi.storage.k8s.io/group-snapshotter-secret-";
    private static final String GET_GROUP = "csi.storage.k8s.io/group-snapshotter-get-secret-";
    private static final String LIST = "csi.storage.k8s.io/snapshotter-list-secret-";

    private SnapshotSecrets() {}

    /** For CreateSnapshot and DeleteSnapshot of a content that is to be made: from its class. */
    public static SecretReference ofClass(Map<String, String> parameters, String content, ObjectKey snapshot) {
        Map<String, String> namespaceTokens =
                Map.of("volumesnapshotcontent.name", content, "volumesnapshot.namespace", snapshot.namespace());
        Map<String, String> nameTokens = new TreeMap<>(namespaceTokens);
        nameTokens.put("volumesnapshot.name", snapshot.name());
        return of(TAKE, parameters, nameTokens, namespaceTokens);
    }

    /** For ListSnapshots of an imported content: from its class. */
    static SecretReference ofListing(Map<String, String> parameters, String content) {
        Map<String, String> tokens = Map.of("volumesnapshotcontent.name", content);
        return of(LIST, parameters, tokens, tokens);
    }

    /** For taking and deleting a group whose content is to be made: from its class. */
    static SecretReference ofGroupClass(Map<String, String> parameters, String content, ObjectKey group) {
        Map<String, String> namespaceTokens =
                Map.of("volumegroupsnapshotcontent.name", content, "volumegroupsnapshot.namespace", group.namespace());
        Map<String, String> nameTokens = new TreeMap<>(namespaceTokens);
        nameTokens.put("volumegroupsnapshot.name", group.name());
        return of(TAKE_GROUP, parameters, nameTokens, namespaceTokens);
    }

    /** For GetVolumeGroupSnapshot of an imported content: from its class. */
    static SecretReference ofGetting(Map<String, String> parameters, String content) {
        Map<String, String> tokens = Map.of("volumegroupsnapshotcontent.name", content);
        return of(GET_GROUP, parameters, tokens, tokens);
    }

    /** For taking and deleting a group: what was noted on its content at its birth. */
    static SecretReference noted(VolumeGroupSnapshotContent content) {
        ObjectMeta meta = content.meta();
        return both(
                meta.annotation(GroupNames.SECRET_NAME),
                meta.annotation(GroupNames.SECRET_NAMESPACE),
                "annotations " + GroupNames.SECRET_NAME + " and " + GroupNames.SECRET_NAMESPACE);
    }

    /** For CreateSnapshot and DeleteSnapshot: what was noted on the content at its birth. */
    static SecretReference noted(VolumeSnapshotContent content) {
        ObjectMeta meta = content.meta();
        return both(
                meta.annotation(SnapshotNames.SECRET_NAME),
                meta.annotation(SnapshotNames.SECRET_NAMESPACE),
                "annotations " + SnapshotNames.SECRET_NAME + " and " + SnapshotNames.SECRET_NAMESPACE);
    }

    private static SecretReference of(
            String prefix,
            Map<String, String> parameters,
            Map<String, String> nameTokens,
            Map<String, String> namespaceTokens) {
        String name = parameters.get(prefix + "name");
        String namespace = parameters.get(prefix + "namespace");
        SecretReference given = both(name, namespace, "parameters " + prefix + "name and " + prefix + "namespace");
        return given instanceof SecretReference.Named && name != null && namespace != null
                ? SecretReference.expand(name, namespace, nameTokens, namespaceTokens)
                : given;
    }

    /** Both or neither, and neither of them empty. */
    private static SecretReference both(@Nullable String name, @Nullable String namespace, String what) {
        if (name == null && namespace == null) {
            return new SecretReference.None();
        }
        return name == null || namespace == null || name.isEmpty() || namespace.isEmpty()
                ? new SecretReference.Bad(what + " must both be set and not be empty")
                : new SecretReference.Named(new ObjectKey(namespace, name));
    }
}
