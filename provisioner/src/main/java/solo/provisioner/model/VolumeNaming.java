package solo.provisioner.model;

import solo.csi.model.NameOfUid;

/**
 * How PersistentVolumes and the driver's volumes are called.
 *
 * @param prefix --volume-name-prefix
 * @param uuidLength --volume-name-uuid-length: -1 for the claim's uid as it is, else how much of it without dashes
 */
public record VolumeNaming(String prefix, int uuidLength) {

    public static final VolumeNaming DEFAULT = new VolumeNaming("pvc", -1);

    /** Refuses at start what the Go provisioner only finds out with the first claim. */
    public VolumeNaming {
        NameOfUid.check("--volume-name", prefix, uuidLength);
    }
}
