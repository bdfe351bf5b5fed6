package solo.provisioner.rules;

import solo.csi.model.NameOfUid;
import solo.provisioner.model.ProvisioningView;
import solo.provisioner.model.Unprepared.NoUid;
import solo.provisioner.model.VolumeNaming;

/**
 * One name for the PersistentVolume and for CreateVolume: {@code pvc-<uid>}. It depends on nothing but the claim's uid,
 * so every attempt, also after a crash, asks for the same volume.
 */
public final class VolumeName {
    private VolumeName() {}

    static Finding<String> ask(ProvisioningView view) {
        return view.claim().uid().isEmpty()
                ? Finding.refused(new NoUid())
                : Finding.found(of(view.options().naming(), view.claim().uid()));
    }

    public static String of(VolumeNaming naming, String uid) {
        return NameOfUid.of(naming.prefix(), naming.uuidLength(), uid);
    }
}
