package solo.kube.model;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Which drivers a node runs, by driver name (storage.k8s.io/v1 CSINode; named like its Node). */
public record CsiNode(ObjectMeta meta, Map<String, Registration> drivers) implements Projected {

    /** One driver's registration on the node: its name for the node, and the labels its topology is made of. */
    public record Registration(String nodeId, List<String> topologyKeys) {
        public Registration {
            topologyKeys = List.copyOf(topologyKeys);
        }
    }

    public CsiNode {
        drivers = Map.copyOf(drivers);
    }

    public @Nullable Registration driver(String name) {
        return drivers.get(name);
    }

    public static CsiNode of(Json object) {
        return new CsiNode(
                ObjectMeta.of(object, key -> false),
                object.at("spec", "drivers").items().stream()
                        .collect(Collectors.toMap(
                                driver -> driver.at("name").text("").intern(),
                                driver -> new Registration(
                                        driver.at("nodeID").text(""),
                                        driver.at("topologyKeys").texts().stream()
                                                .map(String::intern)
                                                .toList()),
                                (first, second) -> first)));
    }
}
