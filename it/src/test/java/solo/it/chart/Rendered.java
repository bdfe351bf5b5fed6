package solo.it.chart;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import solo.kube.model.Json;

/** Objects of a manifest, as trees. */
record Rendered(List<Json> objects) {

    static Rendered of(String yaml) {
        List<Json> objects = new ArrayList<>();
        new Load(LoadSettings.builder().build()).loadAllFromString(yaml).forEach(tree -> objects.add(new Json(tree)));
        return new Rendered(objects.stream()
                .filter(object -> object.at("kind").text() != null)
                .toList());
    }

    static Rendered of(Path file) throws IOException {
        return of(Files.readString(file));
    }

    Stream<Json> all(String kind) {
        return objects.stream().filter(object -> kind.equals(object.at("kind").text()));
    }

    Json the(String kind) {
        List<Json> found = all(kind).toList();
        if (found.size() != 1) {
            throw new AssertionError(found.size() + " objects of kind " + kind);
        }
        return found.getFirst();
    }

    boolean has(String kind) {
        return all(kind).findAny().isPresent();
    }

    /** Every "group/resource verb" that the roles of this kind give. */
    Set<String> rights(String kind) {
        Set<String> rights = new TreeSet<>();
        for (Json rule :
                all(kind).flatMap(role -> role.at("rules").items().stream()).toList()) {
            for (String group : rule.at("apiGroups").texts()) {
                for (String resource : rule.at("resources").texts()) {
                    rule.at("verbs").texts().forEach(verb -> rights.add(group + "/" + resource + " " + verb));
                }
            }
        }
        return rights;
    }

    /** The container named solo of a Deployment or DaemonSet. */
    static Json solo(Json workload) {
        return workload.at("spec", "template", "spec", "containers").items().stream()
                .filter(container -> "solo".equals(container.at("name").text()))
                .findFirst()
                .orElseThrow();
    }
}
