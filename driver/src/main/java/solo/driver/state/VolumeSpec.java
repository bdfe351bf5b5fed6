package solo.driver.state;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a volume was asked to be, apart from its size: a second request with the same name must ask for the same.
 *
 * @param uses the ways in which it is to be used, such as {@code mount SINGLE_NODE_WRITER}
 * @param parameters those of the StorageClass that mean something to the backend
 * @param source {@code snapshot <id>} or {@code volume <id>} to start from, empty for an empty volume
 */
public record VolumeSpec(
        String name, String backend, SortedSet<String> uses, SortedMap<String, String> parameters, String source) {
    public VolumeSpec {
        uses = Collections.unmodifiableSortedSet(new TreeSet<>(uses));
        parameters = Collections.unmodifiableSortedMap(new TreeMap<>(parameters));
    }

    /** In words, what differs; empty when nothing does. */
    public List<String> differences(VolumeSpec other) {
        var differences = new ArrayList<String>();
        difference("backend", backend, other.backend, differences);
        difference("volume capabilities", uses, other.uses, differences);
        difference("parameters", parameters, other.parameters, differences);
        difference("content source", source, other.source, differences);
        return differences;
    }

    private static void difference(String what, Object ours, Object theirs, List<String> differences) {
        if (!ours.equals(theirs)) {
            differences.add(what + " was " + ours + " and is now " + theirs);
        }
    }
}
