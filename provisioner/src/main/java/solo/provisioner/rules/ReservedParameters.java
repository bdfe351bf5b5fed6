package solo.provisioner.rules;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import solo.provisioner.model.ProvisionerNames;
import solo.provisioner.model.Unprepared.UnknownReservedKey;

/** Parameters under {@code csi.storage.k8s.io/} speak to us: known ones do not reach the driver, others are mistakes. */
final class ReservedParameters {

    private static final Set<String> KNOWN = Stream.concat(
                    Stream.of(ProvisionerNames.FS_TYPE),
                    Stream.of(SecretKind.values()).flatMap(kind -> Stream.of(kind.nameKey(), kind.namespaceKey())))
            .collect(Collectors.toUnmodifiableSet());

    private ReservedParameters() {}

    /** What the driver is to see. The older keys without the prefix stay, as they always did. */
    static Finding<Map<String, String>> strip(Map<String, String> parameters) {
        Map<String, String> rest = new LinkedHashMap<>();
        for (Map.Entry<String, String> parameter : new TreeMap<>(parameters).entrySet()) {
            String key = parameter.getKey();
            if (!key.startsWith(ProvisionerNames.RESERVED_PREFIX)) {
                rest.put(key, parameter.getValue());
            } else if (!KNOWN.contains(key)) {
                return Finding.refused(new UnknownReservedKey(key));
            }
        }
        return Finding.found(rest);
    }
}
