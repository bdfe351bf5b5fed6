package solo.provisioner.model;

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
        if (prefix.isEmpty()) {
            throw new IllegalArgumentException("--volume-name-prefix must not be empty");
        }
        if (uuidLength != -1 && (uuidLength < 1 || uuidLength > 32)) {
            throw new IllegalArgumentException(
                    "--volume-name-uuid-length must be -1 or between 1 and 32, got " + uuidLength);
        }
    }
}
