package solo.simulation;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import solo.kube.Kind;
import solo.kube.Kind.Resource;

/** Counts what was asked of the server, by verb and resource: {@code patch persistentvolumeclaims/status}. */
public final class Requests {

    private final Map<String, Integer> counts = new TreeMap<>();
    private final Set<String> rights = new TreeSet<>();

    synchronized void add(Verb verb, Resource resource, String subresource) {
        counts.merge(name(verb, resource, subresource), 1, Integer::sum);
        rights.add(right(resource, subresource, verb.text()));
    }

    /** Somebody keeps a cache of the kind. */
    synchronized void watched(Resource resource) {
        rights.add(right(resource, "", "list"));
        rights.add(right(resource, "", "watch"));
    }

    /** What a role would have to allow for all of it: {@code storage.k8s.io/volumeattachments/status patch}. */
    public synchronized Set<String> rights() {
        return Set.copyOf(rights);
    }

    public int count(Verb verb, Kind<?> kind) {
        return count(verb, kind, "");
    }

    /** {@code subresource} is {@code status}, or empty for the object itself. */
    public synchronized int count(Verb verb, Kind<?> kind, String subresource) {
        return counts.getOrDefault(name(verb, kind.resource(), subresource), 0);
    }

    /** Everything that was not a read. */
    public synchronized int writes() {
        return counts.entrySet().stream()
                .filter(entry ->
                        !entry.getKey().startsWith("get ") && !entry.getKey().startsWith("list "))
                .mapToInt(Map.Entry::getValue)
                .sum();
    }

    public synchronized Map<String, Integer> all() {
        return Map.copyOf(counts);
    }

    public synchronized void reset() {
        counts.clear();
    }

    @Override
    public synchronized String toString() {
        return counts.toString();
    }

    private static String right(Resource resource, String subresource, String verb) {
        return resource.group() + "/" + resource.plural() + (subresource.isEmpty() ? "" : "/" + subresource) + " "
                + verb;
    }

    private static String name(Verb verb, Resource resource, String subresource) {
        return verb.text() + " " + resource.plural() + (subresource.isEmpty() ? "" : "/" + subresource);
    }
}
