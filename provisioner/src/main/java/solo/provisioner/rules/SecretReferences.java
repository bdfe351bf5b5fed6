package solo.provisioner.rules;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import solo.kube.model.ObjectKey;
import solo.provisioner.rules.SecretTemplate.Expansion;

/** Which secret a StorageClass names for a kind of call. */
final class SecretReferences {

    private static final String LABEL = "[a-z0-9]([-a-z0-9]*[a-z0-9])?";
    private static final Pattern DNS_LABEL = Pattern.compile("(?=.{1,63}$)" + LABEL);
    private static final Pattern DNS_SUBDOMAIN = Pattern.compile("(?=.{1,253}$)" + LABEL + "(\\." + LABEL + ")*");

    /** A secret, none, or why the parameters cannot be followed. */
    sealed interface Reference {
        record Secret(ObjectKey key) implements Reference {}

        record None() implements Reference {}

        record Bad(String why) implements Reference {}
    }

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
    static Reference of(SecretKind kind, Map<String, String> parameters, Context context) {
        Reference own = resolve(kind, parameters, context);
        return own instanceof Reference.None && kind != SecretKind.DEFAULT
                ? resolve(SecretKind.DEFAULT, parameters, context)
                : own;
    }

    private static Reference resolve(SecretKind kind, Map<String, String> parameters, Context context) {
        List<String> names = given(parameters, kind.nameKey(), kind.deprecatedNameKey());
        List<String> namespaces = given(parameters, kind.namespaceKey(), kind.deprecatedNamespaceKey());
        if (names.size() > 1 || namespaces.size() > 1) {
            return new Reference.Bad("both the current and the deprecated parameter are set");
        }
        if (names.isEmpty() && namespaces.isEmpty()) {
            return new Reference.None();
        }
        if (names.isEmpty() || namespaces.isEmpty()) {
            return new Reference.Bad("name and namespace must be given together");
        }
        if (names.getFirst().isEmpty() || namespaces.getFirst().isEmpty()) {
            return new Reference.Bad("name and namespace must not be empty");
        }
        return expand(names.getFirst(), namespaces.getFirst(), context);
    }

    private static Reference expand(String nameTemplate, String namespaceTemplate, Context context) {
        String namespace;
        switch (SecretTemplate.expand(namespaceTemplate, context.namespaceTokens())) {
            case Expansion.Text(var text) -> namespace = text;
            case Expansion.UnknownTokens(var tokens) -> {
                return new Reference.Bad("namespace \"" + namespaceTemplate + "\" has unknown tokens " + tokens);
            }
        }
        String name;
        switch (SecretTemplate.expand(nameTemplate, context.nameTokens())) {
            case Expansion.Text(var text) -> name = text;
            case Expansion.UnknownTokens(var tokens) -> {
                return new Reference.Bad("name \"" + nameTemplate + "\" has unknown tokens " + tokens);
            }
        }
        if (!DNS_LABEL.matcher(namespace).matches()) {
            return new Reference.Bad(
                    "\"" + namespace + "\" is not a valid namespace (from \"" + namespaceTemplate + "\")");
        }
        if (!DNS_SUBDOMAIN.matcher(name).matches()) {
            return new Reference.Bad("\"" + name + "\" is not a valid secret name (from \"" + nameTemplate + "\")");
        }
        return new Reference.Secret(new ObjectKey(namespace, name));
    }

    private static List<String> given(Map<String, String> parameters, String... keys) {
        List<String> values = new ArrayList<>();
        for (String key : keys) {
            Optional.ofNullable(parameters.get(key)).ifPresent(values::add);
        }
        return values;
    }
}
