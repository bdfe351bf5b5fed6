package solo.driver.linux;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Options of one mount, as opposed to options of its filesystem; named as in fstab. */
public record MountAttributes(Set<String> words) {

    public static final MountAttributes NONE = new MountAttributes(Set.of());

    private static final long ATIME_BITS = 0x70;
    private static final String READ_ONLY = "ro";

    // MOUNT_ATTR_* of linux/mount.h
    private static final Map<String, Long> BITS = new TreeMap<>(Map.of(
            READ_ONLY,
            0x1L,
            "nosuid",
            0x2L,
            "nodev",
            0x4L,
            "noexec",
            0x8L,
            "relatime",
            0x0L,
            "noatime",
            0x10L,
            "strictatime",
            0x20L,
            "nodiratime",
            0x80L,
            "rw",
            0x0L,
            "defaults",
            0x0L));
    private static final Set<String> ATIME = Set.of("relatime", "noatime", "strictatime");

    public MountAttributes {
        words = Set.copyOf(words);
        for (String word : words) {
            if (!BITS.containsKey(word)) {
                throw new IllegalArgumentException("not an option of a single mount: " + word);
            }
        }
    }

    /** The options that are understood, in order, for messages. */
    public static Set<String> known() {
        return BITS.keySet();
    }

    public static MountAttributes of(List<String> words, boolean readOnly) {
        var all = new TreeSet<>(words);
        if (readOnly) {
            all.add(READ_ONLY);
        }
        return new MountAttributes(all);
    }

    boolean isEmpty() {
        return words.isEmpty();
    }

    long set() {
        return words.stream().mapToLong(word -> BITS.getOrDefault(word, 0L)).reduce(0, (one, other) -> one | other);
    }

    /** The kernel wants the old access time rule cleared before a new one is set. */
    long clear() {
        return words.stream().anyMatch(ATIME::contains) ? ATIME_BITS : 0;
    }
}
