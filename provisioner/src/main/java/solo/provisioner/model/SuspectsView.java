package solo.provisioner.model;

import java.util.Set;

/**
 * One look at the driver's list beside what the cluster knows.
 *
 * @param listed handles that the driver lists
 * @param named handles that PersistentVolumes named before or after the driver was asked
 * @param answered handles that CreateVolume has answered and that have no PersistentVolume yet
 * @param open how many claims may have a volume of which no handle is known
 * @param earlier what nothing explained when it was looked at before
 */
public record SuspectsView(Set<String> listed, Set<String> named, Set<String> answered, int open, Set<String> earlier) {

    public SuspectsView {
        listed = Set.copyOf(listed);
        named = Set.copyOf(named);
        answered = Set.copyOf(answered);
        earlier = Set.copyOf(earlier);
    }
}
