package solo.provisioner.rules;

import java.util.List;
import java.util.Map;
import solo.provisioner.model.ProvisionerNames;
import solo.provisioner.model.Unprepared.FsTypeTwice;

/** The filesystem: parameter {@code csi.storage.k8s.io/fstype}, or the older {@code fstype} in any case of letters. */
final class FsType {
    private FsType() {}

    /** Empty lets the driver choose. Naming it twice is refused even if both agree. */
    static Finding<String> of(Map<String, String> parameters, String otherwise) {
        List<String> keys = parameters.keySet().stream()
                .filter(key -> key.equalsIgnoreCase("fstype") || key.equals(ProvisionerNames.FS_TYPE))
                .sorted()
                .toList();
        if (keys.size() > 1) {
            return Finding.refused(new FsTypeTwice(keys));
        }
        String given = keys.isEmpty() ? "" : parameters.getOrDefault(keys.getFirst(), "");
        return Finding.found(given.isEmpty() ? otherwise : given);
    }
}
