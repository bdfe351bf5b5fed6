package solo.snapshotter.rules;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import solo.kube.model.Actor;
import solo.kube.model.CsiSource;
import solo.kube.model.ObjectReference;
import solo.kube.model.PersistentVolume;
import solo.kube.model.SecretReference;
import solo.kube.model.VolumeSnapshot;
import solo.kube.model.VolumeSnapshotClass;
import solo.snapshotter.model.Finding;
import solo.snapshotter.model.NewContent;
import solo.snapshotter.model.SnapshotNames;
import solo.snapshotter.model.SnapshotReason;
import solo.snapshotter.model.SnapshotReason.NotCreated;
import solo.snapshotter.model.SnapshotSettings;
import solo.snapshotter.model.SnapshotSettings.Distribution;
import solo.snapshotter.model.SnapshotSettings.VolumeMode;
import solo.snapshotter.model.SnapshotView;
import solo.snapshotter.rules.ContentParameters.Parameters;

/**
 * Which content is made for a snapshot? It is born with its finalizer and, for our own driver, marked as being created,
 * which are writes that nobody has to send afterwards.
 */
final class ContentToCreate {
    private ContentToCreate() {}

    static Finding<NewContent, SnapshotReason> of(SnapshotView view, SnapshotSettings settings) {
        return switch (ClassChoice.of(view)) {
            case Finding.Refused<VolumeSnapshotClass, SnapshotReason>(SnapshotReason reason) -> Finding.refused(reason);
            case Finding.Found<VolumeSnapshotClass, SnapshotReason>(VolumeSnapshotClass ofClass) ->
                switch (VolumeToSnapshot.of(view)) {
                    case VolumeToSnapshot.Volume.Refused(var code, var why, var actor) ->
                        Finding.refused(new NotCreated(code, why, actor));
                    case VolumeToSnapshot.Volume.Found(var csi, var volume) -> of(view, settings, ofClass, csi, volume);
                };
        };
    }

    private static Finding<NewContent, SnapshotReason> of(
            SnapshotView view,
            SnapshotSettings settings,
            VolumeSnapshotClass ofClass,
            CsiSource csi,
            PersistentVolume volume) {
        VolumeSnapshot snapshot = view.snapshot();
        String name = SnapshotNames.content(snapshot.uid());
        if (!ofClass.driver().equals(csi.driver())) {
            return refused(
                    "ClassOfAnotherDriver",
                    "VolumeSnapshotClass " + ofClass.key() + " is of driver " + ofClass.driver() + ", but volume "
                            + volume.key() + " is of driver " + csi.driver());
        }
        if (ContentParameters.of(ofClass.parameters()) instanceof Parameters.Bad(var why)) {
            return refused("BadParameters", "VolumeSnapshotClass " + ofClass.key() + ": " + why);
        }
        Map<String, String> annotations = new LinkedHashMap<>();
        switch (SnapshotSecrets.ofClass(ofClass.parameters(), name, snapshot.key())) {
            case SecretReference.None() -> {}
            case SecretReference.Named(var key) -> {
                annotations.put(SnapshotNames.SECRET_NAME, key.name());
                annotations.put(SnapshotNames.SECRET_NAMESPACE, key.namespace());
            }
            case SecretReference.Bad(var why) -> {
                return refused(
                        "BadSecretReference",
                        "failed to get secret reference from VolumeSnapshotClass " + ofClass.key() + ": " + why);
            }
        }
        if (csi.driver().equals(settings.ownDriver())) {
            annotations.put(SnapshotNames.BEING_CREATED, SnapshotNames.YES);
        }
        ObjectReference reference = new ObjectReference(
                "snapshot.storage.k8s.io/v1",
                "VolumeSnapshot",
                snapshot.key(),
                snapshot.uid(),
                snapshot.meta().resourceVersion());
        String mode = volume.volume().volumeMode();
        return Finding.found(new NewContent(
                name,
                reference,
                ofClass.key().name(),
                ofClass.driver(),
                ofClass.deletionPolicy(),
                csi.volumeHandle(),
                settings.volumeMode() == VolumeMode.NOTED ? mode : null,
                List.of(SnapshotNames.CONTENT_BOUND),
                annotations,
                managedBy(view, settings, volume)));
    }

    private static Map<String, String> managedBy(
            SnapshotView view, SnapshotSettings settings, PersistentVolume volume) {
        String node = settings.distribution() == Distribution.CENTRAL ? "" : ManagedBy.node(view.nodes(), volume);
        return node.isEmpty() ? Map.of() : Map.of(SnapshotNames.MANAGED_BY, node);
    }

    private static Finding<NewContent, SnapshotReason> refused(String code, String why) {
        return Finding.refused(new NotCreated(code, why, Actor.ADMINISTRATOR));
    }
}
