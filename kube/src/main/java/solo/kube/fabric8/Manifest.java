package solo.kube.fabric8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.MappingIterator;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** A file of Kubernetes objects, YAML or JSON, several parted by {@code ---}. */
public final class Manifest {

    private Manifest() {}

    /** The objects in their order. An unreadable file is an IOException with one sentence. */
    public static List<Map<String, Object>> read(Path file) throws IOException {
        YAMLMapper yaml = YAMLMapper.builder().build();
        List<Map<String, Object>> objects = new ArrayList<>();
        try (MappingIterator<Object> documents = yaml.readerFor(Object.class).readValues(Files.readString(file))) {
            while (documents.hasNext()) {
                if (documents.next() instanceof Map<?, ?> map) {
                    Map<String, Object> object = new LinkedHashMap<>();
                    map.forEach((key, value) -> object.put(String.valueOf(key), value));
                    objects.add(object);
                }
            }
        } catch (NoSuchFileException missing) {
            throw new IOException("there is no such file", missing);
        } catch (JacksonException malformed) {
            String where = malformed.getLocation() == null
                    ? ""
                    : " at line " + malformed.getLocation().getLineNr();
            throw new IOException(
                    "it is no YAML" + where + ": " + firstLine(malformed.getOriginalMessage()), malformed);
        }
        return objects;
    }

    /** The parser's message goes on with a drawing of the place. */
    private static String firstLine(String message) {
        return message.lines().map(String::strip).findFirst().orElse("it cannot be parsed");
    }
}
