package solo.app.conversion;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/** As much of DER as a private key of an older form needs: a tag, a length, a content. */
final class Der {

    static final byte INTEGER = 0x02;
    static final byte OCTET_STRING = 0x04;
    static final byte SEQUENCE = 0x30;

    private Der() {}

    /** The first value inside of another, whole. */
    static byte[] firstInside(byte[] value) {
        int begin = content(value, 0);
        int content = content(value, begin);
        return Arrays.copyOfRange(value, begin, content + length(value, begin));
    }

    /** A value around others; no key is longer than two bytes can tell. */
    static byte[] around(byte tag, byte[]... parts) {
        int length = Arrays.stream(parts).mapToInt(part -> part.length).sum();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(tag);
        if (length >= 0x100) {
            out.write(0x82);
            out.write(length >> 8);
        } else if (length >= 0x80) {
            out.write(0x81);
        }
        out.write(length);
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }

    private static int content(byte[] in, int begin) {
        int first = in[begin + 1] & 0xff;
        return begin + 2 + (first < 0x80 ? 0 : first & 0x7f);
    }

    private static int length(byte[] in, int begin) {
        int first = in[begin + 1] & 0xff;
        int length = first < 0x80 ? first : 0;
        for (int i = begin + 2; i < content(in, begin); i++) {
            length = (length << 8) | (in[i] & 0xff);
        }
        return length;
    }
}
