package solo.provisioner.rules;

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

    /** With a length, the uid's dashes go before it is cut. */
    public static String of(VolumeNaming naming, String uid) {
        if (naming.uuidLength() == -1) {
            return naming.prefix() + "-" + uid;
        }
        String plain = uid.replace("-", "");
        return naming.prefix() + "-" + plain.substring(0, Math.min(naming.uuidLength(), plain.length()));
    }
}
