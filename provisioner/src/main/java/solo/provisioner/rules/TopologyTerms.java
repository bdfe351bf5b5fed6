package solo.provisioner.rules;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import solo.csi.model.Topology;
import solo.kube.model.CsiNode;
import solo.kube.model.Node;
import solo.provisioner.model.ClusterTopology;

/** Lists of places, made from nodes or from a class's allowedTopologies (external-provisioner 6.4, topology.go). */
final class TopologyTerms {

    private TopologyTerms() {}

    /** Fewest segments first, then by key and value; the same place only once, a place within another stays. */
    static List<Topology> inOrder(Collection<Topology> terms) {
        return terms.stream()
                .filter(term -> !term.isEmpty())
                .distinct()
                .sorted(Topology.ORDER)
                .toList();
    }

    /** Alternatives are ORed; within one, keys are ANDed and each key's values ORed: the cross product of all. */
    static List<Topology> flatten(List<Map<String, List<String>>> allowedTopologies) {
        List<Topology> terms = new ArrayList<>();
        for (Map<String, List<String>> alternative : allowedTopologies) {
            List<SortedMap<String, String>> product = List.of(new TreeMap<>());
            for (Map.Entry<String, List<String>> key : new TreeMap<>(alternative).entrySet()) {
                product = product.stream()
                        .flatMap(term -> key.getValue().stream().map(value -> with(term, key.getKey(), value)))
                        .toList();
            }
            product.forEach(term -> terms.add(Topology.of(term)));
        }
        return inOrder(terms);
    }

    /** Each distinct set of keys that nodes have registered the driver with, sorted. */
    static List<List<String>> keySets(ClusterTopology cluster, String driver) {
        TreeSet<List<String>> sets = new TreeSet<>(TopologyTerms::compareLists);
        for (CsiNode node : cluster.csiNodes()) {
            List<String> keys = registeredKeys(node, driver);
            if (!keys.isEmpty()) {
                sets.add(keys);
            }
        }
        return List.copyOf(sets);
    }

    /** The places of all nodes that have every label and have registered the driver with at least these keys. */
    static List<Topology> aggregate(ClusterTopology cluster, String driver, List<String> keys) {
        Map<String, CsiNode> registrations = new TreeMap<>();
        cluster.csiNodes().forEach(node -> registrations.put(node.key().name(), node));
        List<Topology> terms = new ArrayList<>();
        for (Node node : cluster.nodes()) {
            Topology place = placeOf(node, keys);
            CsiNode registration = registrations.get(node.key().name());
            if (place != null
                    && registration != null
                    && registeredKeys(registration, driver).containsAll(keys)) {
                terms.add(place);
            }
        }
        return terms;
    }

    /** Sorted; empty where the driver is not registered or has no keys. */
    static List<String> registeredKeys(CsiNode node, String driver) {
        CsiNode.Registration registration = node.driver(driver);
        return registration == null
                ? List.of()
                : registration.topologyKeys().stream().sorted().toList();
    }

    /** The node's own place, or null if a label is missing. */
    static @Nullable Topology placeOf(Node node, List<String> keys) {
        SortedMap<String, String> segments = new TreeMap<>();
        for (String key : keys) {
            String value = node.meta().labels().get(key);
            if (value == null) {
                return null;
            }
            segments.put(key, value);
        }
        return Topology.of(segments);
    }

    private static SortedMap<String, String> with(SortedMap<String, String> term, String key, String value) {
        SortedMap<String, String> more = new TreeMap<>(term);
        more.put(key, value);
        return more;
    }

    private static int compareLists(List<String> one, List<String> other) {
        for (int i = 0; i < Math.min(one.size(), other.size()); i++) {
            int difference = Comparator.<String>naturalOrder().compare(one.get(i), other.get(i));
            if (difference != 0) {
                return difference;
            }
        }
        return Integer.compare(one.size(), other.size());
    }
}
