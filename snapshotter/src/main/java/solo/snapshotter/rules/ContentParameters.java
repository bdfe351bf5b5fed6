package solo.snapshotter.rules;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Which of a VolumeSnapshotClass's parameters does the driver see? All but those that Kubernetes keeps for itself. */
public final class ContentParameters {
    private static final String RESERVED = "csi.storage.k8s.io/";
    private static final Set<String> KNOWN = Set.of(
            RESERVED + "snapshotter-secret-name",
            RESERVED + "snapshotter-secret-namespace",
            RESERVED + "snapshotter-list-secret-name",
            RESERVED + "snapshotter-list-secret-namespace",
            RESERVED + "group-snapshotter-secret-name",
            RESERVED + "group-snapshotter-secret-namespace",
            RESERVED + "group-snapshotter-get-secret-name",
            RESERVED + "group-snapshotter-get-secret-namespace");

    /** The parameters for the driver, or which one nobody knows. */
    public sealed interface Parameters {
        record Given(Map<String, String> values) implements Parameters {}

        record Bad(String why) implements Parameters {}
    }

    private ContentParameters() {}

    public static Parameters of(Map<String, String> classParameters) {
        for (String key : classParameters.keySet()) {
            if (key.startsWith(RESERVED) && !KNOWN.contains(key)) {
                return new Parameters.Bad(
                        "failed to remove CSI Parameters of prefixed keys: found unknown parameter key \"" + key
                                + "\" with reserved namespace " + RESERVED);
            }
        }
        return new Parameters.Given(unreserved(classParameters));
    }

    /** What is left when a reserved key that nobody knows is not worth a refusal any more. */
    static Map<String, String> unreserved(Map<String, String> classParameters) {
        Map<String, String> rest = new LinkedHashMap<>(classParameters);
        rest.keySet().removeIf(key -> key.startsWith(RESERVED));
        return rest;
    }
}
