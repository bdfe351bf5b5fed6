package solo.driver.state;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * Names, ids and file names. A volume's id follows from its name, so that asking twice finds the same volume without
 * any index. Names that are fit for a file name are the id themselves, which is what an administrator wants to see;
 * others are hashed. An id that is neither is simply unknown: it never becomes part of a path.
 */
public final class VolumeIds {
    private static final Pattern PLAIN = Pattern.compile("[a-z0-9][a-z0-9-]{0,127}");
    private static final Pattern HASHED = Pattern.compile("n_[0-9a-f]{64}");

    private VolumeIds() {}

    /** The id of the volume with this name. */
    public static String ofName(String name) {
        return PLAIN.matcher(name).matches() ? name : "n_" + sha256(name);
    }

    /** The id of the snapshot of this volume in this group; no name leads to it, since names have no zeros in them. */
    public static String ofMember(String group, String volume) {
        return ofName(group + "\0" + volume);
    }

    /** True when a volume with this id could exist, which makes it safe as a file name. */
    public static boolean wellFormed(String id) {
        return PLAIN.matcher(id).matches() || HASHED.matcher(id).matches();
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8)));
        } catch (NoSuchAlgorithmException bug) {
            throw new IllegalStateException("every Java has SHA-256", bug);
        }
    }
}
