package solo.kube.fabric8;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.function.UnaryOperator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each text goes through in two pieces, once for every place where it can be parted. */
class LeanWatchesTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'a':1} | {'a':1}",
                "{'m':{'managedFields':[{'f':{'k:{}':{}}}],'name':'n'}} | {'m':{'managedFields':[],'name':'n'}}",
                "{'managedFields':[],'x':[1]} | {'managedFields':[],'x':[1]}",
                "{'managedFields':[{'v':[1,[2]]},{'v':'] \\' ] \\\\'}],'x':[1]} | {'managedFields':[],'x':[1]}",
                "{'managedFields':[1]}{'managedFields':[2]} | {'managedFields':[]}{'managedFields':[]}",
                "{'a':'managedFields','b':[1]} | {'a':'managedFields','b':[1]}",
                "{'a':'{\\'managedFields\\':[1]}'} | {'a':'{\\'managedFields\\':[1]}'}",
                "{'managedFields':null} | {'managedFields':null}",
                "{''managedFields':[1]} | {''managedFields':[]}",
            })
    void managed_fields_are_left_out_and_nothing_else(String text, String lean) {
        for (int border = 0; border <= text.length(); border++) {
            assertThat(parted(new ManagedFieldsCut()::cut, text, border)).isEqualTo(lean.replace('\'', '"'));
        }
    }

    @ParameterizedTest
    @CsvSource({"plain, plain", "caf\u00e9 au lait, caf\\u00e9 au lait", "\u20ac\ud83d\ude00, \\u20ac\\ud83d\\ude00"})
    void letters_outside_ascii_are_escaped_wherever_a_piece_ends(String text, String ascii) {
        for (int border = 0; border <= text.getBytes(UTF_8).length; border++) {
            assertThat(parted(new LeanWatches.Escaper()::escape, text, border)).isEqualTo(ascii);
        }
    }

    private static String parted(UnaryOperator<ByteBuffer> filter, String text, int border) {
        byte[] bytes = text.replace('\'', '"').getBytes(UTF_8);
        return text(filter.apply(ByteBuffer.wrap(bytes, 0, border)))
                + text(filter.apply(ByteBuffer.wrap(bytes, border, bytes.length - border)));
    }

    private static String text(ByteBuffer piece) {
        return UTF_8.decode(piece.duplicate()).toString();
    }
}
