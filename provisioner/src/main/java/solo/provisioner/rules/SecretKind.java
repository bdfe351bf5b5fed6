package solo.provisioner.rules;

import java.util.List;
import java.util.stream.Stream;
import solo.provisioner.model.ProvisionerNames;

/** What a StorageClass can name a secret for. */
enum SecretKind {
    /** Fallback for every other kind. */
    DEFAULT("secret", ""),
    PROVISIONER("provisioner-secret", "csiProvisionerSecret"),
    CONTROLLER_PUBLISH("controller-publish-secret", "csiControllerPublishSecret"),
    NODE_STAGE("node-stage-secret", "csiNodeStageSecret"),
    NODE_PUBLISH("node-publish-secret", "csiNodePublishSecret"),
    CONTROLLER_EXPAND("controller-expand-secret", ""),
    NODE_EXPAND("node-expand-secret", ""),
    CONTROLLER_MODIFY("controller-modify-secret", "");

    /** All but the fallback. */
    static final List<SecretKind> OF_CALLS =
            Stream.of(values()).filter(kind -> kind != DEFAULT).toList();

    private final String key;
    private final String deprecatedKey;

    SecretKind(String key, String deprecatedKey) {
        this.key = key;
        this.deprecatedKey = deprecatedKey;
    }

    String nameKey() {
        return ProvisionerNames.RESERVED_PREFIX + key + "-name";
    }

    String namespaceKey() {
        return ProvisionerNames.RESERVED_PREFIX + key + "-namespace";
    }

    /** Empty where there never was one. */
    String deprecatedNameKey() {
        return deprecatedKey.isEmpty() ? "" : deprecatedKey + "Name";
    }

    String deprecatedNamespaceKey() {
        return deprecatedKey.isEmpty() ? "" : deprecatedKey + "Namespace";
    }

    /** As users know it: {@code node-stage}. */
    String words() {
        return this == DEFAULT ? "default" : key.substring(0, key.length() - "-secret".length());
    }
}
