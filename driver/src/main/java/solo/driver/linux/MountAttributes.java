package solo.driver.linux;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Options of one mount, as opposed to options of its filesystem; named as in fstab. */
public record MountAttributes(Set<String> words) {

    public static final MountAttributes NONE = new MountAttributes(Set.of());

    private static final long ATIME_BITS = 0x70;
    private static final String READ_ONLY = "ro";

    /** The same option in MOUNT_ATTR_* for mount_setattr(2), and in MS_* for mount(2); see linux/mount.h. */
    private record Bits(long attribute, long flag) {}

    private static final Map<String, Bits> BITS = new TreeMap<>(Map.of(
            READ_ONLY,
            new Bits(0x1, 0x1),
            "nosuid",
            new Bits(0x2, 0x2),
            "nodev",
            new Bits(0x4, 0x4),
            "noexec",
            new Bits(0x8, 0x8),
            "relatime",
            new Bits(0x0, 1 << 21),
            "noatime",
            new Bits(0x10, 1 << 10),
            "strictatime",
            new Bits(0x20, 1 << 24),
            "nodiratime",
            new Bits(0x80, 1 << 11),
            "rw",
            new Bits(0x0, 0x0),
            "defaults",
            new Bits(0x0, 0x0)));
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

    /** With this rule for access times, whatever rule there was. */
    public MountAttributes withAccessTimes(String rule) {
        var all = new TreeSet<>(words);
        all.removeAll(ATIME);
        all.add(rule);
        return new MountAttributes(all);
    }

    boolean isEmpty() {
        return words.isEmpty();
    }

    long set() {
        return bits().mapToLong(Bits::attribute).reduce(0, (one, other) -> one | other);
    }

    long flags() {
        return bits().mapToLong(Bits::flag).reduce(0, (one, other) -> one | other);
    }

    private Stream<Bits> bits() {
        return words.stream().map(word -> Objects.requireNonNull(BITS.get(word)));
    }

    /** The kernel wants the old access time rule cleared before a new one is set. */
    long clear() {
        return words.stream().anyMatch(ATIME::contains) ? ATIME_BITS : 0;
    }
}
