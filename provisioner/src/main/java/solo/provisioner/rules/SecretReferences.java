package solo.provisioner.rules;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import solo.kube.model.ObjectKey;
import solo.kube.model.SecretReference;

/** Which secret a StorageClass names for a kind of call. */
final class SecretReferences {

    /**
     * What templates may speak of.
     *
     * @param annotations the claim's; empty when the volume is deleted, because the claim has gone by then
     */
    record Context(String volumeName, ObjectKey claim, Map<String, String> annotations) {

        private Map<String, String> nameTokens() {
            Map<String, String> tokens = new TreeMap<>(namespaceTokens());
            tokens.put("pvc.name", claim.name());
            annotations.forEach((key, value) -> tokens.put("pvc.annotations['" + key + "']", value));
            return tokens;
        }

        /** Nothing that a user can choose freely, or one could read other namespaces' secrets. */
        private Map<String, String> namespaceTokens() {
            return Map.of("pv.name", volumeName, "pvc.namespace", claim.namespace());
        }
    }

    private SecretReferences() {}

    /** The kind's own parameters, else the default ones. */
    static SecretReference of(SecretKind kind, Map<String, String> parameters, Context context) {
        SecretReference own = resolve(kind, parameters, context);
        return own instanceof SecretReference.None && kind != SecretKind.DEFAULT
                ? resolve(SecretKind.DEFAULT, parameters, context)
                : own;
    }

    private static SecretReference resolve(SecretKind kind, Map<String, String> parameters, Context context) {
        List<String> names = given(parameters, kind.nameKey(), kind.deprecatedNameKey());
        List<String> namespaces = given(parameters, kind.namespaceKey(), kind.deprecatedNamespaceKey());
        if (names.size() > 1 || namespaces.size() > 1) {
            return new SecretReference.Bad("both the current and the deprecated parameter are set");
        }
        if (names.isEmpty() && namespaces.isEmpty()) {
            return new SecretReference.None();
        }
        if (names.isEmpty() || namespaces.isEmpty()) {
            return new SecretReference.Bad("name and namespace must be given together");
        }
        if (names.getFirst().isEmpty() || namespaces.getFirst().isEmpty()) {
            return new SecretReference.Bad("name and namespace must not be empty");
        }
        return SecretReference.expand(
                names.getFirst(), namespaces.getFirst(), context.nameTokens(), context.namespaceTokens());
    }

    private static List<String> given(Map<String, String> parameters, String... keys) {
        List<String> values = new ArrayList<>();
        for (String key : keys) {
            Optional.ofNullable(parameters.get(key)).ifPresent(values::add);
        }
        return values;
    }
}
