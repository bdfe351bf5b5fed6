package solo.kube.model;

/** Finalizers that more than one controller writes, spelled as the Go sidecars spell them. */
public final class Finalizers {

    private Finalizers() {}

    /** external-attacher's, the same on PersistentVolumes and on VolumeAttachments. */
    public static String attacher(String driver) {
        return "external-attacher/" + sanitized(driver);
    }

    /**
     * A driver name as it stands in finalizers and Lease names: every character but letters, digits and {@code -}
     * becomes {@code -}, and a trailing {@code -} gets an {@code X} (SanitizeDriverName of the Go sidecars).
     */
    public static String sanitized(String driver) {
        String name = driver.replaceAll("[^a-zA-Z0-9-]", "-");
        return name.endsWith("-") ? name + "X" : name;
    }
}
