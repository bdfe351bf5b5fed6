package solo.driver.backend;

import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;

/**
 * What a VolumeAttributesClass can say to a volume, also when the volume is there already.
 *
 * @param values the allowed ones, in words
 */
public record MutableParameter(String name, String values, Predicate<String> allowed) {
    /** When reading a file changes its access time: a word of mount(8), for whoever is given the volume next. */
    public static final MutableParameter ATIME = oneOf("atime", "noatime", "relatime", "strictatime");

    /** Whether the room of deleted files goes back to the node at once. */
    static final MutableParameter DISCARD = oneOf("discard", "true", "false");

    /** How far ahead of a reader the kernel reads. */
    static final MutableParameter READ_AHEAD = numberUpTo(65536, "readAheadKiB");

    private static MutableParameter oneOf(String name, String... words) {
        List<String> all = Arrays.asList(words);
        return new MutableParameter(name, String.join(" or ", words), all::contains);
    }

    private static MutableParameter numberUpTo(int largest, String name) {
        return new MutableParameter(
                name,
                "a number from 0 to " + largest,
                value -> value.matches("[0-9]{1,9}") && Integer.parseInt(value) <= largest);
    }
}
