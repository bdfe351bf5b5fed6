package solo.kube;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import solo.kube.model.Json;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** A JSON tree as short text of letters that an annotation may hold: gzip, then Base64. */
public final class CompactJson {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** No more than this is unpacked: what somebody else has written must not fill our memory. */
    private static final int MOST = 16 << 20;

    private CompactJson() {}

    public static String text(Object tree) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(JSON.writeValueAsString(tree).getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Base64.getEncoder().encodeToString(packed.toByteArray());
    }

    /** @throws IllegalArgumentException if it is no such text */
    public static Json tree(String text) {
        try (GZIPInputStream gzip =
                new GZIPInputStream(new ByteArrayInputStream(Base64.getDecoder().decode(text)))) {
            byte[] json = gzip.readNBytes(MOST + 1);
            if (json.length > MOST) {
                throw new IllegalArgumentException("more than " + MOST + " bytes");
            }
            return new Json(JSON.readValue(json, Object.class));
        } catch (IOException | JacksonException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }
}
