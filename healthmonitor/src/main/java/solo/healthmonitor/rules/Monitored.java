package solo.healthmonitor.rules;

import org.jspecify.annotations.Nullable;
import solo.kube.model.PersistentVolume;

/** Whether anybody can be told of a volume: it is this driver's, bound, and not on its way out. */
public final class Monitored {

    private Monitored() {}

    public static boolean volume(@Nullable PersistentVolume volume, String driver) {
        return volume != null
                && volume.csi() != null
                && volume.csi().driver().equals(driver)
                && volume.phase().equals("Bound")
                && volume.claimRef() != null
                && !volume.meta().deleting();
    }

    /** It has just become so. */
    public static boolean begins(@Nullable PersistentVolume before, @Nullable PersistentVolume after, String driver) {
        return volume(after, driver) && !volume(before, driver);
    }
}
