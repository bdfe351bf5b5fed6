package solo.app.conversion;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import solo.kube.model.Json;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** How a body is written down. */
enum TextFormat {
    JSON("application/json"),
    YAML("application/yaml");

    private static final ObjectMapper JSON_MAPPER = JsonMapper.builder().build();
    private static final ObjectMapper YAML_MAPPER = YAMLMapper.builder().build();

    private final String mediaType;

    TextFormat(String mediaType) {
        this.mediaType = mediaType;
    }

    /** A media type and how much it is wanted. */
    private record Wish(String type, double quality) {

        static Wish of(String clause) {
            String[] parts = clause.toLowerCase(Locale.ROOT).split(";", -1);
            return new Wish(
                    parts[0].strip(),
                    Arrays.stream(parts)
                            .skip(1)
                            .map(String::strip)
                            .filter(part -> part.matches("q=[01](\\.[0-9]{0,3})?"))
                            .mapToDouble(part -> Double.parseDouble(part.substring(2)))
                            .findFirst()
                            .orElse(1));
        }

        Stream<TextFormat> met() {
            return Arrays.stream(values())
                    .filter(format ->
                            List.of(format.mediaType, "application/*", "*/*").contains(type));
        }
    }

    /** Of a Content-Type; null for what is neither, also with a charset behind it. */
    static @Nullable TextFormat of(@Nullable String contentType) {
        return Arrays.stream(values())
                .filter(format -> format.mediaType.equals(contentType))
                .findFirst()
                .orElse(null);
    }

    /** The best of an Accept header, JSON where it does not matter; null if neither is wanted. */
    static @Nullable TextFormat accepted(@Nullable String accept) {
        if (accept == null || accept.isBlank()) {
            return JSON;
        }
        return Arrays.stream(accept.split(",", -1))
                .map(Wish::of)
                .filter(wish -> wish.quality() > 0)
                .sorted(Comparator.comparingDouble(Wish::quality).reversed())
                .flatMap(Wish::met)
                .findFirst()
                .orElse(null);
    }

    String mediaType() {
        return mediaType;
    }

    /** @throws JacksonException if it is malformed */
    Json read(byte[] body) {
        return new Json(mapper().readValue(body, Object.class));
    }

    byte[] write(Object tree) {
        return mapper().writeValueAsBytes(tree);
    }

    private ObjectMapper mapper() {
        return switch (this) {
            case JSON -> JSON_MAPPER;
            case YAML -> YAML_MAPPER;
        };
    }
}
