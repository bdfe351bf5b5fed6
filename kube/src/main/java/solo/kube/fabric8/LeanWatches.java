package solo.kube.fabric8;

import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.Interceptor;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;

/**
 * What watches bring, made fit for fabric8 before it parses it: without managedFields ({@link ManagedFieldsCut}) and
 * without a byte outside ASCII ({@code ü} becomes {@code \\u00fc}). fabric8 8.0 decodes a watch piece by piece: a letter
 * that falls on the border of two pieces is lost, and any letter outside ASCII leaves zero characters behind
 * (WatchHTTPManager), so that one annotation in French would break the watch for good.
 */
final class LeanWatches implements Interceptor {

    @Override
    public AsyncBody.Consumer<List<ByteBuffer>> consumer(
            AsyncBody.Consumer<List<ByteBuffer>> consumer, HttpRequest request) {
        String query = request.uri().getQuery();
        if (query == null || !query.contains("watch=true")) {
            return consumer;
        }
        ManagedFieldsCut cut = new ManagedFieldsCut();
        Escaper escaper = new Escaper();
        return (pieces, body) -> consumer.consume(
                pieces.stream().map(cut::cut).map(escaper::escape).toList(), body);
    }

    /** Keeps the bytes of a letter whose rest is still to come. Pieces are backed by arrays. */
    static final class Escaper {
        private final CharsetDecoder decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPLACE)
                .onUnmappableCharacter(CodingErrorAction.REPLACE);
        private ByteBuffer rest = ByteBuffer.allocate(0);

        ByteBuffer escape(ByteBuffer piece) {
            if (!rest.hasRemaining() && ascii(piece)) {
                return piece;
            }
            ByteBuffer bytes = ByteBuffer.allocate(rest.remaining() + piece.remaining())
                    .put(rest)
                    .put(piece)
                    .flip();
            CharBuffer letters = CharBuffer.allocate(bytes.remaining());
            decoder.decode(bytes, letters, false);
            rest = bytes;
            letters.flip();
            StringBuilder ascii = new StringBuilder(letters.remaining());
            while (letters.hasRemaining()) {
                char letter = letters.get();
                if (letter < 0x80) {
                    ascii.append(letter);
                } else {
                    ascii.append("\\u").append(HexFormat.of().toHexDigits(letter));
                }
            }
            return StandardCharsets.US_ASCII.encode(ascii.toString());
        }

        private static boolean ascii(ByteBuffer piece) {
            byte[] bytes = piece.array();
            int end = piece.arrayOffset() + piece.limit();
            for (int at = piece.arrayOffset() + piece.position(); at < end; at++) {
                if (bytes[at] < 0) {
                    return false;
                }
            }
            return true;
        }
    }
}
