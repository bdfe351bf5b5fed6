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

    /** What is left of the piece; the piece itself when nothing is cut. */
    ByteBuffer cut(ByteBuffer piece) {
        ByteBuffer kept = null;
        int from = piece.position();
        for (int at = from; at < piece.limit(); at++) {
            byte next = piece.get(at);
            if (depth == 0) {
                matched = next == START[matched] ? matched + 1 : next == START[0] ? 1 : 0;
                if (matched == START.length) {
                    matched = 0;
                    depth = 1;
                    kept = kept == null ? ByteBuffer.allocate(piece.remaining()) : kept;
                    kept.put(piece.slice(from, at + 1 - from));
                }
            } else if (ends(next)) {
                from = at;
            }
        }
        if (kept == null && depth == 0) {
            return from == piece.position() ? piece : piece.slice(from, piece.limit() - from);
        }
        kept = kept == null ? ByteBuffer.allocate(0) : kept;
        if (depth == 0) {
            kept.put(piece.slice(from, piece.limit() - from));
        }
        return kept.flip();
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
