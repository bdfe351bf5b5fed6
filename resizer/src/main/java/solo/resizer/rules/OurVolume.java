package solo.resizer.rules;

import org.jspecify.annotations.Nullable;
import solo.kube.model.CsiSource;
import solo.kube.model.PersistentVolume;
import solo.kube.model.PersistentVolume.ClaimRef;
import solo.kube.model.PersistentVolumeClaim;

/** Is a volume one of this driver, and is it this claim's? */
final class OurVolume {
    private OurVolume() {}

    static boolean ofDriver(PersistentVolume volume, String driver) {
        CsiSource csi = volume.csi();
        return csi != null && csi.driver().equals(driver);
    }

    /** The name is not compared, as in Go: the uid says it all. */
    static boolean ofClaim(PersistentVolume volume, PersistentVolumeClaim claim) {
        @Nullable ClaimRef ref = volume.claimRef();
        return ref != null
                && ref.key().namespace().equals(claim.key().namespace())
                && ref.uid().equals(claim.uid());
    }

    /** Bound claims alone can grow or change. */
    static boolean bound(PersistentVolumeClaim claim) {
        return claim.status().phase().equals("Bound");
    }
}
