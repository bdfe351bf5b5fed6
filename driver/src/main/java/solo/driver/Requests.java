package solo.driver;

import static java.nio.charset.StandardCharsets.UTF_8;

import csi.v1.VolumeCapability.AccessMode.Mode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import solo.csi.CsiException;
import solo.csi.model.AccessMode;
import solo.csi.model.VolumeCapability;

/** What every request is checked for before anything else; a refusal names the field. */
final class Requests {
    /** CSI, "Size Limits": strings have at most 128 bytes. */
    private static final int LONGEST_NAME = 128;

    private Requests() {}

    static String required(String value, String field) throws CsiException {
        if (value.isEmpty()) {
            throw Refusals.invalid(field + " is missing");
        }
        return value;
    }

    /** A name chosen by the caller; CSI forbids control characters but tab, newline and carriage return. */
    static String name(String name) throws CsiException {
        required(name, "name");
        int length = name.getBytes(UTF_8).length;
        if (length > LONGEST_NAME) {
            throw Refusals.invalid("name has " + length + " bytes; CSI allows " + LONGEST_NAME);
        }
        if (name.chars().anyMatch(c -> Character.isISOControl(c) && c != '\t' && c != '\n' && c != '\r')) {
            throw Refusals.invalid("name contains a control character");
        }
        return name;
    }

    /** A class that has none; {@code whoAsked} is what the snapshotter adds with --extra-create-metadata. */
    static void parameters(Map<String, String> parameters, Set<String> whoAsked, String className) throws CsiException {
        for (String parameter : parameters.keySet()) {
            if (!whoAsked.contains(parameter)) {
                throw Refusals.invalid("unknown parameter " + parameter + " in the " + className + "; there are none");
            }
        }
    }

    static List<VolumeCapability> capabilities(List<csi.v1.VolumeCapability> capabilities) throws CsiException {
        if (capabilities.isEmpty()) {
            throw Refusals.invalid("volume_capabilities is missing");
        }
        var all = new ArrayList<VolumeCapability>();
        for (csi.v1.VolumeCapability capability : capabilities) {
            all.add(capability(capability));
        }
        return all;
    }

    static VolumeCapability capability(csi.v1.VolumeCapability capability) throws CsiException {
        AccessMode mode = mode(capability.getAccessMode().getMode());
        return switch (capability.getAccessTypeCase()) {
            case BLOCK -> VolumeCapability.block(mode);
            case MOUNT ->
                VolumeCapability.mount(
                        mode,
                        capability.getMount().getFsType(),
                        List.copyOf(capability.getMount().getMountFlagsList()));
            case ACCESSTYPE_NOT_SET -> throw Refusals.invalid("volume_capability says neither block nor mount");
        };
    }

    private static AccessMode mode(Mode mode) throws CsiException {
        return switch (mode) {
            case SINGLE_NODE_WRITER -> AccessMode.SINGLE_NODE_WRITER;
            case SINGLE_NODE_READER_ONLY -> AccessMode.SINGLE_NODE_READER_ONLY;
            case MULTI_NODE_READER_ONLY -> AccessMode.MULTI_NODE_READER_ONLY;
            case MULTI_NODE_SINGLE_WRITER -> AccessMode.MULTI_NODE_SINGLE_WRITER;
            case MULTI_NODE_MULTI_WRITER -> AccessMode.MULTI_NODE_MULTI_WRITER;
            case SINGLE_NODE_SINGLE_WRITER -> AccessMode.SINGLE_NODE_SINGLE_WRITER;
            case SINGLE_NODE_MULTI_WRITER -> AccessMode.SINGLE_NODE_MULTI_WRITER;
            case UNKNOWN, UNRECOGNIZED -> throw Refusals.invalid("volume_capability has no access mode that CSI knows");
        };
    }
}
