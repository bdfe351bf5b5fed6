package solo.kube.model;

import java.util.Map;
import java.util.regex.Pattern;
import solo.kube.model.SecretTemplate.Expansion;

/** The Secret that a class's parameters name for a call of the driver: one, none, or why they cannot be followed. */
public sealed interface SecretReference {

    record Named(ObjectKey key) implements SecretReference {}

    record None() implements SecretReference {}

    record Bad(String why) implements SecretReference {}

    /**
     * Expands both templates. {@code namespaceTokens} hold nothing that a user can choose freely, or one could read
     * other namespaces' secrets; {@code nameTokens} are known in the name beside them.
     */
    static SecretReference expand(
            String nameTemplate,
            String namespaceTemplate,
            Map<String, String> nameTokens,
            Map<String, String> namespaceTokens) {
        String namespace;
        switch (SecretTemplate.expand(namespaceTemplate, namespaceTokens)) {
            case Expansion.Text(var text) -> namespace = text;
            case Expansion.UnknownTokens(var tokens) -> {
                return new Bad("namespace \"" + namespaceTemplate + "\" has unknown tokens " + tokens);
            }
        }
        String name;
        switch (SecretTemplate.expand(nameTemplate, nameTokens)) {
            case Expansion.Text(var text) -> name = text;
            case Expansion.UnknownTokens(var tokens) -> {
                return new Bad("name \"" + nameTemplate + "\" has unknown tokens " + tokens);
            }
        }
        if (!Dns.LABEL.matcher(namespace).matches()) {
            return new Bad("\"" + namespace + "\" is not a valid namespace (from \"" + namespaceTemplate + "\")");
        }
        if (!Dns.SUBDOMAIN.matcher(name).matches()) {
            return new Bad("\"" + name + "\" is not a valid secret name (from \"" + nameTemplate + "\")");
        }
        return new Named(new ObjectKey(namespace, name));
    }

    /** What Kubernetes takes for a name (RFC 1123). */
    final class Dns {
        private static final String WORD = "[a-z0-9]([-a-z0-9]*[a-z0-9])?";
        private static final Pattern LABEL = Pattern.compile("(?=.{1,63}$)" + WORD);
        private static final Pattern SUBDOMAIN = Pattern.compile("(?=.{1,253}$)" + WORD + "(\\." + WORD + ")*");

        private Dns() {}
    }
}
