package solo.provisioner.rules;

import java.nio.charset.StandardCharsets;

/**
 * Where in the list of places a claim with immediate binding starts, so that claims spread, and those of one
 * StatefulSet go round all places one after the other whatever the claim template is called.
 */
final class NameHash {

    private static final int FNV_OFFSET = (int) 2166136261L;
    private static final int FNV_PRIME = 16777619;

    private NameHash() {}

    /** The index of the first of {@code places} for a claim of this name. */
    static int start(String claimName, int places) {
        long index = 0;
        String hashed = claimName;
        int dash = claimName.lastIndexOf('-');
        if (dash >= 0) {
            String ordinal = claimName.substring(dash + 1);
            if (isUnsignedInt(ordinal)) {
                index = Long.parseLong(ordinal);
                String rest = claimName.substring(0, dash);
                hashed = rest.substring(rest.lastIndexOf('-') + 1);
            }
        }
        long sum = (Integer.toUnsignedLong(fnv1(hashed)) + index) & 0xffff_ffffL;
        return (int) (sum % places);
    }

    /** FNV-1, 32 bit: multiply, then xor. Not FNV-1a. */
    static int fnv1(String text) {
        int hash = FNV_OFFSET;
        for (byte octet : text.getBytes(StandardCharsets.UTF_8)) {
            hash *= FNV_PRIME;
            hash ^= octet & 0xff;
        }
        return hash;
    }

    private static boolean isUnsignedInt(String text) {
        return !text.isEmpty()
                && text.length() <= 10
                && text.chars().allMatch(digit -> digit >= '0' && digit <= '9')
                && Long.parseLong(text) <= 0xffff_ffffL;
    }
}
