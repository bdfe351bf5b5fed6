package solo.app.options;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What {@code --feature-gates} switches. Gates that have become fixed are accepted with a note, because manifests still
 * name them; the Go programs refuse to start.
 *
 * @param given those named on the command line; the last word counts
 * @param notes what has no effect and why, a sentence each
 */
public record FeatureGates(Map<Gate, Boolean> given, List<String> notes) {

    /** A gate that changes what Solo does, with its name and default in Go. */
    public enum Gate {
        TOPOLOGY("Topology", true),
        CROSS_NAMESPACE_DATA_SOURCE("CrossNamespaceVolumeDataSource", false),
        VOLUME_ATTRIBUTES_CLASS("VolumeAttributesClass", true),
        VOLUME_GROUP_SNAPSHOT("CSIVolumeGroupSnapshot", true);

        private final String text;
        private final boolean usual;

        Gate(String text, boolean usual) {
            this.text = text;
            this.usual = usual;
        }
    }

    private static final String LEASE = "ReleaseLeaderElectionOnExit";
    private static final String ALL_ALPHA = "AllAlpha";
    private static final String ALL_BETA = "AllBeta";
    private static final Set<String> ALWAYS_ON = Set.of("HonorPVReclaimPolicy", "CSINodeExpandSecret");

    public FeatureGates {
        given = Map.copyOf(given);
        notes = List.copyOf(notes);
    }

    /** Throws {@link IllegalArgumentException} with a sentence about the pair that is wrong. */
    public static FeatureGates of(List<String> pairs) {
        Map<Gate, Boolean> given = new EnumMap<>(Gate.class);
        List<String> notes = new ArrayList<>();
        boolean allAlpha = false;
        for (String pair : pairs) {
            int equals = pair.indexOf('=');
            String name = equals < 0 ? pair : pair.substring(0, equals);
            boolean on = truth(pair, equals);
            Gate gate = gate(name);
            if (gate != null) {
                given.put(gate, on);
            } else if (name.equals(ALL_ALPHA)) {
                allAlpha = on;
            } else if (name.equals(LEASE)) {
                note(notes, !on, "--feature-gates: " + LEASE + "=false has no effect: the lease is always released");
            } else if (ALWAYS_ON.contains(name)) {
                notes.add("--feature-gates: " + name + " has no effect any more: it is always on");
            } else if (!name.equals(ALL_BETA)) {
                throw new IllegalArgumentException("--feature-gates: '" + name + "' is no feature gate; there are "
                        + Arrays.stream(Gate.values()).map(each -> each.text).collect(Collectors.joining(", ")));
            }
        }
        if (allAlpha) {
            given.putIfAbsent(Gate.CROSS_NAMESPACE_DATA_SOURCE, true);
        }
        return new FeatureGates(given, notes);
    }

    /** What was said, else the default. */
    public boolean on(Gate gate) {
        return given.getOrDefault(gate, gate.usual);
    }

    /** True if the gate was named: then nobody asks the API server what it can do. */
    public boolean isGiven(Gate gate) {
        return given.containsKey(gate);
    }

    private static @Nullable Gate gate(String name) {
        return Arrays.stream(Gate.values())
                .filter(gate -> gate.text.equals(name))
                .findFirst()
                .orElse(null);
    }

    private static void note(List<String> notes, boolean needed, String text) {
        if (needed) {
            notes.add(text);
        }
    }

    private static boolean truth(String pair, int equals) {
        return switch (equals < 0 ? "" : pair.substring(equals + 1)) {
            case "true", "True", "TRUE", "t", "T", "1" -> true;
            case "false", "False", "FALSE", "f", "F", "0" -> false;
            default ->
                throw new IllegalArgumentException("--feature-gates: '" + pair
                        + "' is no switch; write GATE=true or GATE=false, several with commas");
        };
    }
}
