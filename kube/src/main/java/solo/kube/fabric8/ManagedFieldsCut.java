package solo.kube.fabric8;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;

/**
 * Empties {@code "managedFields":[...]} in JSON that passes by piece by piece. It is half of every object, and nothing
 * here reads it; what is cut here need not be parsed, built and thrown away for each event of a watch.
 */
final class ManagedFieldsCut {

    private static final byte[] START = "\"managedFields\":[".getBytes(US_ASCII);

    /** How much of {@link #START} the last bytes were. */
    private int matched;
    /** Open brackets of the list that is being left out; 0 outside of one. */
    private int depth;

    private boolean inText;
    private boolean escaped;

    /** What is left of the piece, in an array: reading a buffer byte by byte costs a call for each. */
    ByteBuffer cut(ByteBuffer piece) {
        byte[] bytes = new byte[piece.remaining()];
        piece.get(bytes);
        int kept = 0;
        for (byte next : bytes) {
            if (depth == 0) {
                bytes[kept++] = next;
                matched = next == START[matched] ? matched + 1 : next == START[0] ? 1 : 0;
                if (matched == START.length) {
                    matched = 0;
                    depth = 1;
                }
            } else if (ends(next)) {
                bytes[kept++] = next;
            }
        }
        return ByteBuffer.wrap(bytes, 0, kept);
    }

    /** Whether this byte closes the list. */
    private boolean ends(byte next) {
        if (inText) {
            inText = escaped || next != '"';
            escaped = !escaped && next == '\\';
            return false;
        }
        switch (next) {
            case '"' -> inText = true;
            case '[' -> depth++;
            case ']' -> depth--;
            default -> {}
        }
        return depth == 0;
    }
}
