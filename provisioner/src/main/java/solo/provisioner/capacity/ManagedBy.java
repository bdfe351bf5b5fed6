package solo.provisioner.capacity;

import java.nio.charset.StandardCharsets;

/** Who looks after a capacity object: the value of its managed-by label, at most 63 characters as labels must be. */
public final class ManagedBy {

    /** One instance for the whole cluster; the Go provisioner's word, so that the two can take turns. */
    public static final String CLUSTER = "external-provisioner";

    private static final int LABEL = 63;
    private static final int FNV_OFFSET = (int) 2166136261L;
    private static final int FNV_PRIME = 16777619;

    private ManagedBy() {}

    /** One instance for each node. A hash stands for what is cut off. */
    public static String node(String name) {
        String whole = CLUSTER + "-" + name;
        if (whole.length() <= LABEL) {
            return whole;
        }
        int room = LABEL - 10 - name.length();
        return room > 0
                ? CLUSTER.substring(0, Math.min(room, CLUSTER.length())) + "-" + hash(CLUSTER) + "-" + name
                : CLUSTER.substring(0, Math.min(LABEL - 9, CLUSTER.length())) + "-" + hash(whole);
    }

    /** FNV-1a, unlike the hash that spreads claims over places. */
    static String hash(String text) {
        int hash = FNV_OFFSET;
        for (byte octet : text.getBytes(StandardCharsets.UTF_8)) {
            hash ^= octet & 0xff;
            hash *= FNV_PRIME;
        }
        return String.format("%08x", hash);
    }
}
