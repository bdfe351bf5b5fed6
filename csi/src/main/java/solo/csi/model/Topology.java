package solo.csi.model;

import java.util.Collections;
import java.util.Comparator;
import java.util.Iterator;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** A place from which a volume can be reached, such as {@code zone=a, rack=3}; segments are sorted by key. */
public record Topology(SortedMap<String, String> segments) {

    /** Fewer segments first, then by key and value: the order in which external-provisioner sends terms. */
    public static final Comparator<Topology> ORDER = Comparator.comparingInt(
                    (Topology topology) -> topology.segments.size())
            .thenComparing(Topology::compareSegments);

    public Topology {
        segments = Collections.unmodifiableSortedMap(new TreeMap<>(segments));
    }

    public static Topology of(Map<String, String> segments) {
        return new Topology(new TreeMap<>(segments));
    }

    public boolean isEmpty() {
        return segments.isEmpty();
    }

    /** True when every segment of this place is also one of the other's: a node lies within its zone. */
    public boolean contains(Topology other) {
        return other.segments.entrySet().containsAll(segments.entrySet());
    }

    private static int compareSegments(Topology one, Topology other) {
        Iterator<Map.Entry<String, String>> others = other.segments.entrySet().iterator();
        for (Map.Entry<String, String> segment : one.segments.entrySet()) {
            Map.Entry<String, String> counterpart = others.next();
            int byKey = segment.getKey().compareTo(counterpart.getKey());
            if (byKey != 0) {
                return byKey;
            }
            int byValue = segment.getValue().compareTo(counterpart.getValue());
            if (byValue != 0) {
                return byValue;
            }
        }
        return 0;
    }
}
