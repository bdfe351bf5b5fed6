package solo.csi.model;

/**
 * What a volume or snapshot is called at the driver: it depends on nothing but the uid of the object it is made for, so
 * every attempt, also after a crash, asks for the same one (external-provisioner and csi-snapshotter).
 */
public final class NameOfUid {
    private NameOfUid() {}

    /**
     * Refuses at start what the Go programs only find out with the first object.
     *
     * @param flags how the two flags begin, {@code --volume-name} for instance
     */
    public static void check(String flags, String prefix, int uuidLength) {
        if (prefix.isEmpty()) {
            throw new IllegalArgumentException(flags + "-prefix must not be empty");
        }
        if (uuidLength != -1 && (uuidLength < 1 || uuidLength > 32)) {
            throw new IllegalArgumentException(
                    flags + "-uuid-length must be -1 or between 1 and 32, got " + uuidLength);
        }
    }

    /** A length of -1 takes the uid as it is; with any other the uid's dashes go before it is cut. */
    public static String of(String prefix, int uuidLength, String uid) {
        if (uuidLength == -1) {
            return prefix + "-" + uid;
        }
        String plain = uid.replace("-", "");
        return prefix + "-" + plain.substring(0, Math.min(uuidLength, plain.length()));
    }
}
