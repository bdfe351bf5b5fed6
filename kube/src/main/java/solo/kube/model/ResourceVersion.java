package solo.kube.model;

/** resourceVersions as numbers; they may be compared (KEP-5504). */
public final class ResourceVersion {
    private ResourceVersion() {}

    /** What is no number comes before everything. */
    public static long number(String version) {
        try {
            return Long.parseUnsignedLong(version);
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    /** Of a whole object. */
    public static long of(Json object) {
        return number(object.at("metadata", "resourceVersion").text(""));
    }
}
