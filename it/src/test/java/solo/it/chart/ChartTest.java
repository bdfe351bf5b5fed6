package solo.it.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import solo.app.Solo;
import solo.it.cluster.ClusterException;
import solo.it.up.Checkout;
import solo.it.up.Terminal;
import solo.kube.model.Json;

/** What the chart makes of its values, without a cluster. */
class ChartTest {

    private static final Path CHART = Checkout.folder().resolve("charts/solo");
    private static final Path MANIFESTS = Checkout.folder().resolve("charts/manifests");

    private static Helm helm = Helm.buildOrFind(Checkout.folder(), Terminal.standard());

    @BeforeAll
    static void the_values_of_the_examples_are_all_that_helm_sees() {
        assertThat(helm.run("version", "--short")).startsWith("v3.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"bundled", "single-node", "several-nodes", "external", "conversion-webhook"})
    void helm_lints_it_without_a_warning(String example) {
        assertThat(helm.run("lint", "--strict", CHART.toString(), "-f", values(example)))
                .contains("1 chart(s) linted, 0 chart(s) failed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"bundled", "single-node", "several-nodes", "external", "conversion-webhook"})
    void every_flag_is_one_that_the_command_knows(String example) {
        List<Json> workloads = new ArrayList<>();
        Rendered rendered = render(example);
        rendered.all("Deployment").forEach(workloads::add);
        rendered.all("DaemonSet").forEach(workloads::add);
        for (Json workload : workloads) {
            List<String> arguments = Rendered.solo(workload).at("args").texts();
            String help = help(arguments.getFirst());
            assertThat(arguments.subList(1, arguments.size()))
                    .allSatisfy(argument ->
                            assertThat(help).containsPattern("[ ,]" + argument.replaceFirst("=.*", "") + "\\b"));
        }
    }

    @Test
    void the_bundled_driver_is_a_daemon_set_that_provisions_for_its_own_node() {
        Rendered rendered = render("bundled");
        assertThat(rendered.has("Deployment")).isFalse();
        assertThat(arguments(rendered.the("DaemonSet"))).startsWith("node", "--node-deployment");
        assertThat(rendered.all("StorageClass")
                        .map(object -> object.at("allowVolumeExpansion").value()))
                .as("nobody could grow a volume of another node")
                .containsOnly(false);
    }

    @Test
    void on_a_single_node_both_halves_are_one_process_and_volumes_grow() {
        Rendered rendered = render("single-node");
        assertThat(rendered.has("Deployment")).isFalse();
        assertThat(arguments(rendered.the("DaemonSet"))).startsWith("all").contains("--leader-election");
        Json storageClass = rendered.the("StorageClass");
        assertThat(storageClass.at("allowVolumeExpansion").value()).isEqualTo(true);
        assertThat(storageClass
                        .at("metadata", "annotations", "storageclass.kubernetes.io/is-default-class")
                        .text())
                .isEqualTo("true");
    }

    @Test
    void on_several_nodes_snapshot_controller_is_a_deployment_of_its_own_that_knows_no_driver() {
        Rendered rendered = render("several-nodes");
        assertThat(arguments(rendered.the("DaemonSet"))).startsWith("node", "--node-deployment");
        Json controller = rendered.the("Deployment");
        assertThat(arguments(controller))
                .startsWith("controller", "--controllers=snapshot-controller", "--enable-distributed-snapshotting")
                .contains("--leader-election")
                .noneMatch(argument -> argument.startsWith("--csi-address"));
        Json pod = controller.at("spec", "template", "spec");
        assertThat(pod.at("containers").items()).hasSize(1);
        assertThat(pod.at("serviceAccountName").text())
                .isNotEqualTo(rendered.the("DaemonSet")
                        .at("spec", "template", "spec", "serviceAccountName")
                        .text());
    }

    @Test
    void its_rights_are_those_of_its_plain_manifest_and_not_the_nodes() throws IOException {
        Rendered manifest = Rendered.of(MANIFESTS.resolve("node-deployment/40-snapshot-controller.yaml"));
        Rendered its = roles(render("several-nodes"), "solo-snapshot-controller");
        assertThat(its.rights("ClusterRole")).isEqualTo(manifest.rights("ClusterRole"));
        assertThat(its.rights("Role")).isEqualTo(manifest.rights("Role"));

        Rendered nodes = roles(render("several-nodes"), "solo-node-provisioner");
        assertThat(nodes.rights("ClusterRole")).isEqualTo(render("bundled").rights("ClusterRole"));
    }

    private static Rendered roles(Rendered rendered, String name) {
        return new Rendered(rendered.objects().stream()
                .filter(object -> name.equals(object.at("metadata", "name").text()))
                .toList());
    }

    @Test
    void beside_an_external_driver_two_controllers_share_a_lease_and_nodes_have_no_rights() {
        Rendered rendered = render("external");
        Json controller = rendered.the("Deployment");
        assertThat(controller.at("spec", "replicas").value()).isEqualTo(2);
        assertThat(arguments(controller)).startsWith("controller").contains("--leader-election");
        assertThat(rendered.has("PodDisruptionBudget")).isTrue();
        assertThat(rendered.has("ServiceMonitor")).isTrue();

        Json pod = rendered.the("DaemonSet").at("spec", "template", "spec");
        assertThat(pod.at("automountServiceAccountToken").value()).isEqualTo(false);
        assertThat(rendered.all("ClusterRoleBinding")
                        .flatMap(binding -> binding.at("subjects").items().stream())
                        .map(subject -> subject.at("name").text()))
                .doesNotContain(pod.at("serviceAccountName").text());
    }

    /** The bundled driver's answers would leave another one's pods waiting for ever. */
    @ParameterizedTest
    @ValueSource(strings = {"attachRequired", "storageCapacity"})
    void what_an_external_driver_needs_is_asked_for_and_never_guessed(String value) {
        String other = value.equals("attachRequired") ? "storageCapacity" : "attachRequired";
        assertThatThrownBy(() -> helm.run(
                        "template",
                        "solo",
                        CHART.toString(),
                        "--set=driver.bundled=false,driver.name=csi.example.com,csiDriver." + other + "=false"))
                .isInstanceOf(ClusterException.class)
                .hasMessageContaining("csiDriver." + value + ": say true")
                .hasMessageContaining("csi.example.com");
    }

    @Test
    void a_controller_runs_as_nobody_with_a_read_only_file_system_and_no_capability() {
        Json pod = render("external").the("Deployment").at("spec", "template", "spec");
        assertThat(pod.at("securityContext", "runAsNonRoot").value()).isEqualTo(true);
        assertThat(pod.at("securityContext", "seccompProfile", "type").text()).isEqualTo("RuntimeDefault");
        Json container = Rendered.solo(render("external").the("Deployment")).at("securityContext");
        assertThat(container.at("readOnlyRootFilesystem").value()).isEqualTo(true);
        assertThat(container.at("allowPrivilegeEscalation").value()).isEqualTo(false);
        assertThat(container.at("capabilities", "drop").texts()).containsExactly("ALL");
    }

    @Test
    void the_conversion_webhook_runs_as_nobody_with_a_read_only_file_system_and_no_account_at_the_api_server() {
        Json webhook = render("conversion-webhook").the("Deployment");
        Json pod = webhook.at("spec", "template", "spec");
        assertThat(pod.at("automountServiceAccountToken").value()).isEqualTo(false);
        assertThat(pod.at("serviceAccountName").present()).isFalse();
        assertThat(pod.at("securityContext", "runAsNonRoot").value()).isEqualTo(true);
        Json container = Rendered.solo(webhook).at("securityContext");
        assertThat(container.at("readOnlyRootFilesystem").value()).isEqualTo(true);
        assertThat(container.at("allowPrivilegeEscalation").value()).isEqualTo(false);
        assertThat(container.at("capabilities", "drop").texts()).containsExactly("ALL");
    }

    @Test
    void the_conversion_webhook_serves_the_certificate_of_the_secret_that_is_named() {
        Json webhook = render("conversion-webhook").the("Deployment");
        Json volume = webhook.at("spec", "template", "spec", "volumes").items().getFirst();
        assertThat(volume.at("secret", "secretName").text()).isEqualTo("conversion-tls");
        Json mount = Rendered.solo(webhook).at("volumeMounts").items().getFirst();
        assertThat(mount.at("name").text()).isEqualTo(volume.at("name").text());
        String folder = mount.at("mountPath").text();
        assertThat(arguments(webhook))
                .startsWith("snapshot-conversion-webhook")
                .contains("--tls-cert-file=" + folder + "/tls.crt", "--tls-private-key-file=" + folder + "/tls.key");
    }

    @Test
    void the_service_of_the_conversion_webhook_is_the_one_that_the_documentation_puts_into_the_crd()
            throws IOException {
        Rendered rendered = render("conversion-webhook");
        Json service = rendered.the("Service");
        Json port = service.at("spec", "ports").items().getFirst();
        assertThat(Files.readString(Checkout.folder().resolve("docs/install.md")))
                .contains("\"service\": {\"namespace\": \"solo-system\", \"name\": \""
                        + service.at("metadata", "name").text() + "\", \"path\": \"/convert\", \"port\": "
                        + port.at("port").number() + "}");
        Json webhook = rendered.the("Deployment");
        assertThat(webhook.at("spec", "template", "metadata", "labels").textMap())
                .containsAllEntriesOf(service.at("spec", "selector").textMap());
        assertThat(rendered.the("DaemonSet")
                        .at("spec", "template", "metadata", "labels")
                        .textMap()
                        .entrySet())
                .as("no other pod answers there")
                .doesNotContainAnyElementsOf(
                        Map.of("app.kubernetes.io/component", "conversion").entrySet());
        Json listening = Rendered.solo(webhook).at("ports").items().getFirst();
        assertThat(listening.at("name").text()).isEqualTo(port.at("targetPort").text());
        assertThat(arguments(webhook))
                .contains("--port=" + listening.at("containerPort").number());
    }

    @Test
    void cert_manager_is_asked_for_the_certificate_where_an_issuer_is_named() {
        Rendered rendered = Rendered.of(helm.run(
                "template",
                "solo",
                CHART.toString(),
                "-n",
                "solo-system",
                "--set=snapshotConversionWebhook.enabled=true",
                "--set=snapshotConversionWebhook.certManager.issuerRef.name=ours"));
        Json certificate = rendered.the("Certificate").at("spec");
        assertThat(certificate.at("issuerRef").textMap()).containsEntry("name", "ours");
        assertThat(certificate.at("dnsNames").texts())
                .containsExactly(rendered.the("Service").at("metadata", "name").text() + ".solo-system.svc");
        assertThat(rendered.the("Deployment").at("spec", "template", "spec", "volumes").items().stream()
                        .map(volume -> volume.at("secret", "secretName").text()))
                .contains(certificate.at("secretName").text());
        assertThat(render("conversion-webhook").has("Certificate")).isFalse();
    }

    @Test
    void a_conversion_webhook_without_a_certificate_is_refused_with_the_names_of_both_values() {
        assertThatThrownBy(() ->
                        helm.run("template", "solo", CHART.toString(), "--set=snapshotConversionWebhook.enabled=true"))
                .isInstanceOf(ClusterException.class)
                .hasMessageContaining("snapshotConversionWebhook.tlsSecretName: name a Secret")
                .hasMessageContaining("snapshotConversionWebhook.certManager.issuerRef.name");
    }

    @Test
    void only_the_container_that_mounts_is_privileged() {
        Json beside = Rendered.solo(render("external").the("DaemonSet")).at("securityContext");
        assertThat(beside.at("privileged").value()).isNull();
        assertThat(beside.at("allowPrivilegeEscalation").value()).isEqualTo(false);
        Json bundled = Rendered.solo(render("bundled").the("DaemonSet")).at("securityContext");
        assertThat(bundled.at("privileged").value()).isEqualTo(true);
    }

    @Test
    void the_controllers_rights_are_those_of_the_plain_manifest() throws IOException {
        Rendered manifest = Rendered.of(MANIFESTS.resolve("30-rbac.yaml"));
        Rendered chart = render("external");
        assertThat(chart.rights("ClusterRole")).isEqualTo(manifest.rights("ClusterRole"));
        assertThat(chart.rights("Role")).isEqualTo(manifest.rights("Role"));
    }

    @Test
    void the_nodes_rights_are_those_of_the_plain_manifest_without_what_the_bundled_driver_never_needs()
            throws IOException {
        Rendered manifest = Rendered.of(MANIFESTS.resolve("node-deployment/30-rbac.yaml"));
        Set<String> rights = new TreeSet<>(manifest.rights("ClusterRole"));
        rights.removeAll(Set.of(
                "/secrets get",
                "storage.k8s.io/volumeattachments list",
                "storage.k8s.io/volumeattachments watch",
                "storage.k8s.io/volumeattributesclasses get"));
        Rendered chart = render("bundled");
        assertThat(chart.rights("ClusterRole")).isEqualTo(rights);
        assertThat(chart.rights("Role")).isEqualTo(manifest.rights("Role"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"bundled", "single-node", "several-nodes", "external"})
    void every_process_of_solo_is_probed_limited_and_more_important_than_what_it_serves(String example) {
        Rendered rendered = render(example);
        for (Json workload : Stream.concat(rendered.all("Deployment"), rendered.all("DaemonSet"))
                .toList()) {
            Json solo = Rendered.solo(workload);
            for (String probe : List.of("startupProbe", "livenessProbe", "readinessProbe")) {
                assertThat(solo.at(probe, "httpGet", "port").text()).as(probe).isEqualTo("http");
            }
            assertThat(solo.at("resources", "limits", "memory").text()).isNotBlank();
            assertThat(solo.at("resources", "requests", "cpu").text()).isNotBlank();
            assertThat(workload.at("spec", "template", "spec", "priorityClassName")
                            .text())
                    .startsWith("system-");
        }
    }

    @Test
    void classes_for_snapshots_of_one_volume_and_of_several_are_made_from_lists() {
        Rendered rendered = render("external");
        assertThat(rendered.the("VolumeSnapshotClass").at("driver").text()).isEqualTo("csi.example.com");
        Json group = rendered.the("VolumeGroupSnapshotClass");
        assertThat(group.at("driver").text()).isEqualTo("csi.example.com");
        assertThat(group.at("deletionPolicy").text()).isEqualTo("Delete");
        assertThat(group.at("metadata", "annotations", "groupsnapshot.storage.kubernetes.io/is-default-class")
                        .text())
                .isEqualTo("true");
    }

    @Test
    void the_kinds_of_snapshots_come_with_the_chart_but_belong_to_no_release_so_uninstalling_keeps_them() {
        assertThat(render("single-node").has("CustomResourceDefinition")).isFalse();
        Rendered whole = Rendered.of(
                helm.run("template", "solo", CHART.toString(), "--include-crds", "-f", values("single-node")));
        assertThat(whole.all("CustomResourceDefinition")
                        .map(kind -> kind.at("spec", "names", "kind").text()))
                .containsExactlyInAnyOrder(
                        "VolumeSnapshot",
                        "VolumeSnapshotContent",
                        "VolumeSnapshotClass",
                        "VolumeGroupSnapshot",
                        "VolumeGroupSnapshotContent",
                        "VolumeGroupSnapshotClass");
    }

    @Test
    void monitoring_objects_are_there_only_where_somebody_asks_for_them() {
        Rendered bare = render("bundled");
        for (String kind : List.of("ServiceMonitor", "PrometheusRule", "ConfigMap", "Service")) {
            assertThat(bare.has(kind)).as(kind).isFalse();
        }
    }

    @Test
    void alerts_and_dashboard_reach_their_objects_as_the_files_have_them() throws IOException {
        Rendered rendered = render("external");
        String alerts = Files.readString(CHART.resolve("monitoring/alerts.yaml"));
        Json groups = rendered.the("PrometheusRule").at("spec", "groups");
        assertThat(groups.value()).isEqualTo(yaml(alerts));

        Json dashboard = rendered.the("ConfigMap");
        assertThat(dashboard.at("metadata", "labels", "grafana_dashboard").text())
                .isEqualTo("1");
        assertThat(dashboard.at("data", "solo.json").text())
                .isEqualToIgnoringWhitespace(Files.readString(CHART.resolve("monitoring/dashboard.json")));
    }

    @Test
    void whatever_the_schema_allows_has_its_default_and_comment_in_the_values() throws IOException {
        Json schema = new Json(yaml(Files.readString(CHART.resolve("values.schema.json"))));
        Json values = new Json(yaml(Files.readString(CHART.resolve("values.yaml"))));
        // Helm's own, for charts of charts.
        assertThat(unset(schema, values, "")).containsExactly(".global");
    }

    private static List<String> unset(Json schema, Json values, String path) {
        List<String> unset = new ArrayList<>();
        if (schema.at("properties").value() instanceof Map<?, ?> properties) {
            for (Object name : properties.keySet()) {
                Json value = values.at(name.toString());
                // Null is a default that has its comment, too.
                if (!(values.value() instanceof Map<?, ?> given && given.containsKey(name))) {
                    unset.add(path + "." + name);
                } else {
                    unset.addAll(unset(schema.at("properties", name.toString()), value, path + "." + name));
                }
            }
        }
        return unset;
    }

    private static Object yaml(String text) {
        return new Load(LoadSettings.builder().build()).loadFromString(text);
    }

    @Test
    void the_bundled_driver_is_told_its_limits_only_where_there_are_some() {
        assertThat(arguments(render("bundled").the("DaemonSet")))
                .noneMatch(flag -> flag.startsWith("--max-volumes-per-node") || flag.startsWith("--pool-size"));
        String limits = "driver.maxVolumesPerNode=20,driver.poolSize=500Gi";
        Rendered limited = Rendered.of(helm.run("template", "solo", CHART.toString(), "--set", limits));
        assertThat(arguments(limited.the("DaemonSet"))).contains("--max-volumes-per-node=20", "--pool-size=500Gi");
        for (String bad : List.of("driver.maxVolumesPerNode=-1", "driver.poolSize=plenty", "driver.poolSize=10GB")) {
            assertThatThrownBy(() -> helm.run("template", "solo", CHART.toString(), "--set", bad))
                    .hasMessageContaining(bad.replaceFirst("=.*", "").replaceFirst(".*[.]", ""));
        }
    }

    @Test
    void it_is_for_the_image_of_this_version() throws IOException {
        String pom = Files.readString(Checkout.folder().resolve("pom.xml"));
        String version = pom.replaceFirst("(?s).*?<version>(.*?)</version>.*", "$1");
        assertThat(Files.readString(CHART.resolve("Chart.yaml"))).contains("\nappVersion: " + version + "\n");
    }

    @Test
    void a_value_that_is_not_there_is_refused_by_name() {
        assertThatThrownBy(() -> helm.run("template", "solo", CHART.toString(), "--set", "image.tga=1"))
                .isInstanceOf(ClusterException.class)
                .hasMessageContaining("additional properties 'tga' not allowed");
    }

    @Test
    void the_image_may_come_from_a_mirror_and_be_named_by_digest() {
        String digest = "sha256:" + "0".repeat(64);
        String yaml = helm.run(
                "template",
                "solo",
                CHART.toString(),
                "--set",
                "image.repository=mirror.local/solo,image.digest=" + digest);
        assertThat(Rendered.solo(Rendered.of(yaml).the("DaemonSet")).at("image").text())
                .isEqualTo("mirror.local/solo@" + digest);
    }

    private static Rendered render(String example) {
        return Rendered.of(helm.run("template", "solo", CHART.toString(), "-n", "solo-system", "-f", values(example)));
    }

    private static String values(String example) {
        return CHART.resolve("ci/" + example + "-values.yaml").toString();
    }

    private static List<String> arguments(Json workload) {
        return Rendered.solo(workload).at("args").texts();
    }

    private static String help(String command) {
        PrintStream standard = System.out;
        ByteArrayOutputStream help = new ByteArrayOutputStream();
        try {
            System.setOut(new PrintStream(help, true, StandardCharsets.UTF_8));
            assertThat(Solo.run(List.of(), command, "--help")).isZero();
        } finally {
            System.setOut(standard);
        }
        return help.toString(StandardCharsets.UTF_8);
    }
}
