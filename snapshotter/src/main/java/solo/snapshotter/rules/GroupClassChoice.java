package solo.snapshotter.rules;

import java.util.List;
import solo.kube.model.Actor;
import solo.kube.model.VolumeGroupSnapshot;
import solo.kube.model.VolumeGroupSnapshotClass;
import solo.snapshotter.model.Finding;
import solo.snapshotter.model.GroupReason;
import solo.snapshotter.model.GroupReason.ClassMissing;
import solo.snapshotter.model.GroupReason.NoDefaultClass;
import solo.snapshotter.model.GroupView;
import solo.snapshotter.rules.GroupVolumes.Volumes;

/** Which class is a group taken with? The one it names, else the one default of its first volume's driver. */
final class GroupClassChoice {
    private GroupClassChoice() {}

    static Finding<VolumeGroupSnapshotClass, GroupReason> of(GroupView view) {
        VolumeGroupSnapshot group = view.group();
        if (group.className() != null) {
            return view.groupClass() == null
                    ? Finding.refused(new ClassMissing(group.className()))
                    : Finding.found(view.groupClass());
        }
        return switch (GroupVolumes.of(view)) {
            case Volumes.Refused(var code, var why, var actor) -> Finding.refused(new NoDefaultClass(why, actor));
            case Volumes.Found(var volumes) ->
                onlyDefault(view.defaults(), volumes.getFirst().csi().driver());
        };
    }

    private static Finding<VolumeGroupSnapshotClass, GroupReason> onlyDefault(
            List<VolumeGroupSnapshotClass> defaults, String driver) {
        List<VolumeGroupSnapshotClass> ofDriver =
                defaults.stream().filter(one -> one.driver().equals(driver)).toList();
        return switch (ofDriver.size()) {
            case 0 -> noDefault("cannot find default group snapshot class");
            case 1 -> Finding.found(ofDriver.getFirst());
            default -> noDefault(ofDriver.size() + " default snapshot classes were found");
        };
    }

    private static Finding<VolumeGroupSnapshotClass, GroupReason> noDefault(String why) {
        return Finding.refused(new NoDefaultClass(why, Actor.ADMINISTRATOR));
    }
}
