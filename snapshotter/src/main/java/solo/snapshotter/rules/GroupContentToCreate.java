package solo.snapshotter.rules;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import solo.kube.model.Actor;
import solo.kube.model.ObjectReference;
import solo.kube.model.SecretReference;
import solo.kube.model.VolumeGroupSnapshot;
import solo.kube.model.VolumeGroupSnapshotClass;
import solo.snapshotter.model.Finding;
import solo.snapshotter.model.GroupNames;
import solo.snapshotter.model.GroupReason;
import solo.snapshotter.model.GroupReason.NotCreated;
import solo.snapshotter.model.GroupView;
import solo.snapshotter.model.NewGroupContent;
import solo.snapshotter.model.SnapshotNames;
import solo.snapshotter.model.SnapshotSettings;
import solo.snapshotter.model.SnapshotSettings.Distribution;
import solo.snapshotter.rules.ContentParameters.Parameters;
import solo.snapshotter.rules.GroupVolumes.Source;
import solo.snapshotter.rules.GroupVolumes.Volumes;

/** Which content is made for a group? It is born with its finalizer, so that it cannot go before what it stands for. */
final class GroupContentToCreate {
    private GroupContentToCreate() {}

    static Finding<NewGroupContent, GroupReason> of(GroupView view, SnapshotSettings settings) {
        return switch (GroupClassChoice.of(view)) {
            case Finding.Refused<VolumeGroupSnapshotClass, GroupReason>(GroupReason reason) -> Finding.refused(reason);
            case Finding.Found<VolumeGroupSnapshotClass, GroupReason>(VolumeGroupSnapshotClass ofClass) ->
                switch (GroupVolumes.of(view)) {
                    case Volumes.Refused(var code, var why, var actor) ->
                        Finding.refused(new NotCreated(code, why, actor));
                    case Volumes.Found(var volumes) -> of(view, settings, ofClass, volumes);
                };
        };
    }

    private static Finding<NewGroupContent, GroupReason> of(
            GroupView view, SnapshotSettings settings, VolumeGroupSnapshotClass ofClass, List<Source> volumes) {
        VolumeGroupSnapshot group = view.group();
        String name = GroupNames.content(group.uid());
        for (Source one : volumes) {
            if (!one.csi().driver().equals(ofClass.driver())) {
                return refused(
                        "ClassOfAnotherDriver",
                        "Volume CSI driver (" + one.csi().driver() + ") mismatch with VolumeGroupSnapshotClass ("
                                + ofClass.driver() + ") " + group.key() + ": "
                                + one.volume().key());
            }
        }
        if (ContentParameters.of(ofClass.parameters()) instanceof Parameters.Bad(var why)) {
            return refused("BadParameters", "VolumeGroupSnapshotClass " + ofClass.key() + ": " + why);
        }
        Map<String, String> annotations = new LinkedHashMap<>();
        switch (SnapshotSecrets.ofGroupClass(ofClass.parameters(), name, group.key())) {
            case SecretReference.None() -> {}
            case SecretReference.Named(var key) -> {
                annotations.put(GroupNames.SECRET_NAME, key.name());
                annotations.put(GroupNames.SECRET_NAMESPACE, key.namespace());
            }
            case SecretReference.Bad(var why) -> {
                return refused(
                        "BadSecretReference",
                        "failed to get secret reference from VolumeGroupSnapshotClass " + ofClass.key() + ": " + why);
            }
        }
        Map<String, String> labels = new LinkedHashMap<>();
        if (settings.distribution() == Distribution.BY_NODE) {
            Set<String> nodes = new HashSet<>();
            volumes.forEach(one -> nodes.add(ManagedBy.node(view.nodes(), one.volume())));
            if (nodes.size() > 1) {
                return refused(
                        "VolumesOnSeveralNodes",
                        "its volumes are on several nodes, each of which takes snapshots of its own");
            }
            nodes.stream().filter(node -> !node.isEmpty()).forEach(node -> labels.put(SnapshotNames.MANAGED_BY, node));
        }
        ObjectReference reference = new ObjectReference(
                "groupsnapshot.storage.k8s.io/v1",
                "VolumeGroupSnapshot",
                group.key(),
                group.uid(),
                group.meta().resourceVersion());
        List<String> handles = new ArrayList<>();
        volumes.forEach(one -> handles.add(one.csi().volumeHandle()));
        return Finding.found(new NewGroupContent(
                name,
                reference,
                ofClass.key().name(),
                ofClass.driver(),
                ofClass.deletionPolicy(),
                handles,
                List.of(GroupNames.CONTENT_BOUND),
                annotations,
                labels));
    }

    private static Finding<NewGroupContent, GroupReason> refused(String code, String why) {
        return Finding.refused(new NotCreated(code, why, Actor.ADMINISTRATOR));
    }
}
