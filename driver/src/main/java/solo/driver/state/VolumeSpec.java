package solo.driver.state;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import solo.csi.model.ContentSource;

/**
 * What a volume was asked to be, apart from its size: a second request with the same name must ask for the same.
 *
 * @param uses the ways in which it is to be used, such as {@code mount SINGLE_NODE_WRITER}
 * @param parameters those of the StorageClass that mean something to the backend
 * @param source {@code snapshot <id>} or {@code volume <id>} to start from, empty for an empty volume
 */
public record VolumeSpec(
        String name, String backend, SortedSet<String> uses, SortedMap<String, String> parameters, String source) {
    private static final String SNAPSHOT = "snapshot ";
    private static final String VOLUME = "volume ";
    private static final String BLOCK = "block ";
    private static final String MOUNT = "mount ";

    public VolumeSpec {
        uses = Collections.unmodifiableSortedSet(new TreeSet<>(uses));
        parameters = Collections.unmodifiableSortedMap(new TreeMap<>(parameters));
    }

    /** As {@link #source} has it. */
    public static String source(ContentSource source) {
        return switch (source) {
            case ContentSource.FromSnapshot(String id) -> SNAPSHOT + id;
            case ContentSource.FromVolume(String id) -> VOLUME + id;
        };
    }

    /** {@link #source} as a record; empty for an empty volume. */
    public Optional<ContentSource> contentSource() {
        if (source.startsWith(SNAPSHOT)) {
            return Optional.of(new ContentSource.FromSnapshot(source.substring(SNAPSHOT.length())));
        }
        return source.isEmpty()
                ? Optional.empty()
                : Optional.of(new ContentSource.FromVolume(source.substring(VOLUME.length())));
    }

    /** True when the device itself is wanted. */
    public boolean block() {
        return uses.stream().anyMatch(use -> use.startsWith(BLOCK));
    }

    /** True when files are wanted. */
    public boolean mounted() {
        return uses.stream().anyMatch(use -> use.startsWith(MOUNT));
    }

    /** The filesystems that were named; none leaves it to the backend. */
    public SortedSet<String> fsTypes() {
        var types = new TreeSet<String>();
        for (String use : uses) {
            int mode = use.lastIndexOf(' ');
            if (use.startsWith(MOUNT) && mode > MOUNT.length()) {
                types.add(use.substring(MOUNT.length(), mode));
            }
        }
        return types;
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
