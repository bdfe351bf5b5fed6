package solo.csi.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Kubernetes access modes in CSI terms, as csi-lib-utils' accessmodes maps them. Provisioning maps each mode of a
 * claim on its own; attaching and resizing make one mode out of all the modes of a volume.
 */
public final class AccessModes {
    private static final String RWO = "ReadWriteOnce";
    private static final String RWOP = "ReadWriteOncePod";
    private static final String ROX = "ReadOnlyMany";
    private static final String RWX = "ReadWriteMany";
    private static final Set<String> KNOWN = Set.of(RWO, RWOP, ROX, RWX);

    /** Whether the driver tells one pod from several pods of one node: its SINGLE_NODE_MULTI_WRITER capability. */
    public enum SingleNode {
        TELLS_PODS_APART,
        ONE_MODE_ONLY;

        public static SingleNode of(DriverCapabilities capabilities) {
            return capabilities.has(ControllerCapability.SINGLE_NODE_MULTI_WRITER) ? TELLS_PODS_APART : ONE_MODE_ONLY;
        }
    }

    /** CSI modes, or why there are none. */
    public sealed interface Mapping {
        record Mapped(List<AccessMode> modes) implements Mapping {
            public Mapped {
                modes = List.copyOf(modes);
            }
        }

        record Refused(String why) implements Mapping {}
    }

    private AccessModes() {}

    /** One CSI mode for each Kubernetes mode, in the same order; ReadOnlyMany beside ReadWriteOnce is accepted. */
    public static Mapping oneByOne(List<String> kubernetesModes, SingleNode singleNode) {
        var modes = new ArrayList<AccessMode>();
        for (String mode : kubernetesModes) {
            switch (mode) {
                case RWX -> modes.add(AccessMode.MULTI_NODE_MULTI_WRITER);
                case ROX -> modes.add(AccessMode.MULTI_NODE_READER_ONLY);
                case RWO -> modes.add(readWriteOnce(singleNode));
                case RWOP -> modes.add(readWriteOncePod(singleNode));
                default -> {
                    return unknown(mode);
                }
            }
        }
        return new Mapping.Mapped(modes);
    }

    /** One CSI mode for all Kubernetes modes of a volume together. The order of the tests is part of the rule. */
    public static Mapping together(List<String> kubernetesModes, SingleNode singleNode) {
        for (String mode : kubernetesModes) {
            if (!KNOWN.contains(mode)) {
                return unknown(mode);
            }
        }
        if (kubernetesModes.contains(RWOP)) {
            return Set.copyOf(kubernetesModes).size() == 1
                    ? one(readWriteOncePod(singleNode))
                    : new Mapping.Refused(RWOP + " cannot be combined with other access modes: " + kubernetesModes);
        }
        if (kubernetesModes.contains(RWX)) {
            return one(AccessMode.MULTI_NODE_MULTI_WRITER);
        }
        if (kubernetesModes.contains(ROX) && kubernetesModes.contains(RWO)) {
            return new Mapping.Refused("CSI has no access mode for " + ROX + " and " + RWO + " together");
        }
        if (kubernetesModes.contains(ROX)) {
            return one(AccessMode.MULTI_NODE_READER_ONLY);
        }
        if (kubernetesModes.contains(RWO)) {
            return one(readWriteOnce(singleNode));
        }
        return new Mapping.Refused("the volume has no access mode");
    }

    private static AccessMode readWriteOnce(SingleNode singleNode) {
        return switch (singleNode) {
            case TELLS_PODS_APART -> AccessMode.SINGLE_NODE_MULTI_WRITER;
            case ONE_MODE_ONLY -> AccessMode.SINGLE_NODE_WRITER;
        };
    }

    private static AccessMode readWriteOncePod(SingleNode singleNode) {
        return switch (singleNode) {
            case TELLS_PODS_APART -> AccessMode.SINGLE_NODE_SINGLE_WRITER;
            case ONE_MODE_ONLY -> AccessMode.SINGLE_NODE_WRITER;
        };
    }

    private static Mapping one(AccessMode mode) {
        return new Mapping.Mapped(List.of(mode));
    }

    private static Mapping unknown(String mode) {
        return new Mapping.Refused("unknown access mode " + mode);
    }
}
