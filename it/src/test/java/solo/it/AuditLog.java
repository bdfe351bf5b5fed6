package solo.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import solo.kube.model.Json;
import tools.jackson.databind.json.JsonMapper;

/** What the API server wrote of one user: which rights were used, and which were missing. */
record AuditLog(Path file, String user) {

    private static final JsonMapper JSON = new JsonMapper();

    /** Every user may ask who it is (system:basic-user), and which kinds there are. */
    private static final String ABOUT_ONESELF = "authentication.k8s.io";

    /** As {@code solo.it.chart.Rendered} writes them: "group/resource verb". */
    Set<String> used() {
        return read("allow");
    }

    Set<String> missing() {
        return read("forbid");
    }

    private Set<String> read(String decision) {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.filter(line -> line.contains(user))
                    .map(AuditLog::event)
                    .flatMap(List::stream)
                    .filter(event -> user.equals(event.at("user", "username").text()))
                    .filter(event -> decision.equals(event.at("annotations", "authorization.k8s.io/decision")
                            .text()))
                    .filter(event -> event.at("objectRef").present())
                    .filter(event -> !ABOUT_ONESELF.equals(
                            event.at("objectRef", "apiGroup").text()))
                    .map(AuditLog::right)
                    .collect(Collectors.toCollection(TreeSet::new));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static String right(Json event) {
        Json object = event.at("objectRef");
        String part = object.at("subresource").text("");
        return object.at("apiGroup").text("") + "/" + object.at("resource").text("")
                + (part.isEmpty() ? "" : "/" + part) + " " + event.at("verb").text("");
    }

    /** The last line may be half written. */
    private static List<Json> event(String line) {
        return line.endsWith("}") ? List.of(new Json(JSON.readValue(line, Object.class))) : List.of();
    }
}
