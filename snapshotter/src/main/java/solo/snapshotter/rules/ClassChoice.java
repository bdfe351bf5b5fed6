package solo.snapshotter.rules;

import java.util.List;
import solo.kube.model.Actor;
import solo.kube.model.VolumeSnapshot;
import solo.kube.model.VolumeSnapshotClass;
import solo.snapshotter.model.Finding;
import solo.snapshotter.model.SnapshotReason;
import solo.snapshotter.model.SnapshotReason.ClassMissing;
import solo.snapshotter.model.SnapshotReason.NoDefaultClass;
import solo.snapshotter.model.SnapshotView;

/** Which class is a snapshot taken with? The one it names, else the one default of the volume's driver. */
final class ClassChoice {
    private ClassChoice() {}

    static Finding<VolumeSnapshotClass, SnapshotReason> of(SnapshotView view) {
        VolumeSnapshot snapshot = view.snapshot();
        if (snapshot.className() != null) {
            return view.snapshotClass() == null
                    ? Finding.refused(new ClassMissing(snapshot.className()))
                    : Finding.found(view.snapshotClass());
        }
        return switch (VolumeToSnapshot.of(view)) {
            case VolumeToSnapshot.Volume.Refused(var code, var why, var actor) ->
                Finding.refused(new NoDefaultClass(why, actor));
            case VolumeToSnapshot.Volume.Found(var csi, var volume) -> onlyDefault(view.defaults(), csi.driver());
        };
    }

    private static Finding<VolumeSnapshotClass, SnapshotReason> onlyDefault(
            List<VolumeSnapshotClass> defaults, String driver) {
        List<VolumeSnapshotClass> ofDriver =
                defaults.stream().filter(one -> one.driver().equals(driver)).toList();
        return switch (ofDriver.size()) {
            case 0 -> noDefault("cannot find default snapshot class");
            case 1 -> Finding.found(ofDriver.getFirst());
            default -> noDefault(ofDriver.size() + " default snapshot classes were found");
        };
    }

    private static Finding<VolumeSnapshotClass, SnapshotReason> noDefault(String why) {
        return Finding.refused(new NoDefaultClass(why, Actor.ADMINISTRATOR));
    }
}
