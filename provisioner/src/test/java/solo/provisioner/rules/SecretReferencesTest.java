package solo.provisioner.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import solo.kube.model.ObjectKey;
import solo.kube.model.SecretReference;
import solo.provisioner.rules.SecretReferences.Context;

/** Which secret a class names for which call. */
class SecretReferencesTest {

    private static final String P = "csi.storage.k8s.io/";
    private static final Context CONTEXT =
            new Context("pv-1", new ObjectKey("ns", "data"), Map.of("team", "red", "none", ""));

    @Test
    void a_class_without_parameters_names_no_secret() {
        assertThat(of(SecretKind.PROVISIONER)).isEqualTo(new SecretReference.None());
    }

    @ParameterizedTest
    @EnumSource
    void every_kind_has_its_own_pair_of_keys(SecretKind kind) {
        assertThat(of(kind, kind.nameKey(), "s", kind.namespaceKey(), "n")).isEqualTo(secret("n", "s"));
    }

    @ParameterizedTest
    @CsvSource({
        "PROVISIONER, csi.storage.k8s.io/provisioner-secret-name, csi.storage.k8s.io/provisioner-secret-namespace",
        "PROVISIONER, csiProvisionerSecretName, csiProvisionerSecretNamespace",
        "PROVISIONER, csiProvisionerSecretName, csi.storage.k8s.io/provisioner-secret-namespace",
        "CONTROLLER_PUBLISH, csi.storage.k8s.io/controller-publish-secret-name, csiControllerPublishSecretNamespace",
        "NODE_STAGE, csiNodeStageSecretName, csiNodeStageSecretNamespace",
        "NODE_PUBLISH, csiNodePublishSecretName, csiNodePublishSecretNamespace",
        "CONTROLLER_EXPAND, csi.storage.k8s.io/controller-expand-secret-name, csi.storage.k8s.io/controller-expand-secret-namespace",
        "NODE_EXPAND, csi.storage.k8s.io/node-expand-secret-name, csi.storage.k8s.io/node-expand-secret-namespace",
        "CONTROLLER_MODIFY, csi.storage.k8s.io/controller-modify-secret-name, csi.storage.k8s.io/controller-modify-secret-namespace",
    })
    void the_keys_are_spelt_so(SecretKind kind, String name, String namespace) {
        assertThat(of(kind, name, "s", namespace, "n")).isEqualTo(secret("n", "s"));
    }

    @ParameterizedTest
    @EnumSource
    void the_default_pair_fills_every_kind(SecretKind kind) {
        assertThat(of(kind, P + "secret-name", "s", P + "secret-namespace", "n"))
                .isEqualTo(secret("n", "s"));
    }

    @Test
    void the_own_pair_wins_over_the_default_one() {
        assertThat(of(
                        SecretKind.PROVISIONER,
                        P + "secret-name",
                        "s",
                        P + "secret-namespace",
                        "n",
                        P + "provisioner-secret-name",
                        "own",
                        P + "provisioner-secret-namespace",
                        "n"))
                .isEqualTo(secret("n", "own"));
    }

    @ParameterizedTest
    @CsvSource({
        "new and old name, 'csi.storage.k8s.io/provisioner-secret-name=s csiProvisionerSecretName=s csi.storage.k8s.io/provisioner-secret-namespace=n'",
        "new and old namespace, 'csi.storage.k8s.io/provisioner-secret-name=s csiProvisionerSecretNamespace=n csi.storage.k8s.io/provisioner-secret-namespace=n'",
        "only a name, 'csi.storage.k8s.io/provisioner-secret-name=s'",
        "only a namespace, 'csi.storage.k8s.io/provisioner-secret-namespace=n'",
        "an empty name, 'csi.storage.k8s.io/provisioner-secret-name= csi.storage.k8s.io/provisioner-secret-namespace=n'",
        "an empty namespace, 'csi.storage.k8s.io/provisioner-secret-name=s csi.storage.k8s.io/provisioner-secret-namespace='",
        "half a default, 'csi.storage.k8s.io/secret-name=s'",
    })
    void these_are_mistakes(String what, String parameters) {
        assertThat(of(SecretKind.PROVISIONER, parameters.split("[ =]", -1)))
                .as(what)
                .isInstanceOf(SecretReference.Bad.class);
    }

    @ParameterizedTest
    @CsvSource({
        "${pv.name}, pv-1",
        "${pvc.namespace}-${pvc.name}, ns-data",
        "${pvc.annotations['team']}, red",
        "a.b-c, a.b-c",
    })
    void a_name_may_speak_of_claim_volume_and_annotations(String template, String name) {
        assertThat(provisioner(template, "n")).isEqualTo(secret("n", name));
    }

    @ParameterizedTest
    @CsvSource({"${pv.name}, pv-1", "${pvc.namespace}, ns"})
    void a_namespace_may_speak_of_what_users_cannot_choose(String template, String namespace) {
        assertThat(provisioner("s", template)).isEqualTo(secret(namespace, "s"));
    }

    @ParameterizedTest
    @CsvSource({
        "${pvc.name}, s", // users choose it
        "${pvc.annotations['team']}, s",
        "Upper, s",
        "a.b, s", // a namespace is a label
        "n, ${pvc.annotations['missing']}",
        "n, ${pvc.annotations['none']}", // exists, is empty, and no name is empty
        "n, UPPER",
        "n, -s",
    })
    void these_lead_nowhere(String namespace, String name) {
        assertThat(provisioner(name, namespace)).isInstanceOf(SecretReference.Bad.class);
    }

    private static SecretReference provisioner(String name, String namespace) {
        return of(
                SecretKind.PROVISIONER,
                P + "provisioner-secret-name",
                name,
                P + "provisioner-secret-namespace",
                namespace);
    }

    private static SecretReference of(SecretKind kind, String... keysAndValues) {
        Map<String, String> parameters = new LinkedHashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            parameters.put(keysAndValues[i], keysAndValues[i + 1]);
        }
        return SecretReferences.of(kind, parameters, CONTEXT);
    }

    private static SecretReference secret(String namespace, String name) {
        return new SecretReference.Named(new ObjectKey(namespace, name));
    }
}
