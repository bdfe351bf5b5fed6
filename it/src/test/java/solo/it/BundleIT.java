package solo.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import solo.app.SoloVersion;
import solo.it.chart.Helm;
import solo.it.cluster.ClusterOptions;
import solo.it.cluster.Command;
import solo.it.cluster.DebianPackages;
import solo.it.cluster.DebianPackages.Program;
import solo.it.up.Checkout;
import solo.it.up.Manifests;
import solo.it.up.Terminal;

/** docs/air-gapped.md from the bundle's file to a pod that reads its data, with no registry but one of our own. */
@ExtendWith(RealCluster.class)
class BundleIT {

    private static final String IMAGE = "solo.local/solo:" + SoloVersion.text();
    private static final Program SKOPEO = new Program("skopeo", Path.of("/usr/bin/skopeo"));

    private static final String VALUES = """
            driver: {singleNode: true}
            storageClasses:
              - {name: bundle-local, volumeBindingMode: Immediate, parameters: {backend: dir}}
            """;

    @TempDir
    private static Path folder;

    private static Bench bench;
    private static Path unpacked;

    @BeforeAll
    static void solo_bundle_made_a_file_that_was_carried_over_and_unpacked(Bench shared) {
        bench = shared;
        Path bundle = folder.resolve("bundle.tar.gz");
        assertThat(Main.run("bundle", "--output=" + bundle)).isZero();
        new Command("unpacking", "tar", "-xzf", bundle.toString(), "-C", folder.toString()).output();
        unpacked = folder.resolve("solo-" + SoloVersion.text());
        bench.client().storage().v1().csiDrivers().withName("local.csi.solo").delete();
    }

    @AfterAll
    static void the_plain_manifests_are_back() {
        new Manifests(Checkout.folder()).apply(bench.client());
    }

    @Test
    void its_script_and_its_chart_bring_a_node_without_the_image_to_pods_that_keep_their_data() {
        Containerd containerd = Containerd.of(bench.cluster());
        containerd.removeImage(IMAGE);
        assertThat(containerd.images()).doesNotContain(IMAGE);

        install(Map.of(), "check");
        install(Map.of("CONTAINERD_ADDRESS", containerd.socket().toString()), "ctr");
        assertThat(containerd.images()).contains(IMAGE);

        Helm helm = Helm.buildOrFind(Checkout.folder(), Terminal.standard());
        Path chart = unpacked.resolve("charts/solo-" + SoloVersion.text() + ".tgz");
        try (Installed solo = Installed.with(bench, helm, chart, VALUES);
                Sandbox sandbox = bench.sandbox("bundle")) {
            assertThat(solo.pods("node"))
                    .allSatisfy(pod -> assertThat(pod.getSpec().getContainers())
                            .allSatisfy(container ->
                                    assertThat(container.getImage()).isEqualTo(IMAGE)));
            sandbox.claim("data", "bundle-local");
            sandbox.pod("writer", "data", "echo carried over > /data/words && sync");
            assertThat(sandbox.awaitEnd("writer")).isEqualTo("Succeeded");
            sandbox.pod("reader", "data", "grep -q 'carried over' /data/words");
            assertThat(sandbox.awaitEnd("reader")).isEqualTo("Succeeded");

            List.of("writer", "reader").forEach(sandbox::deletePod);
            String volume = sandbox.volumeOf("data").getMetadata().getName();
            sandbox.deleteClaim("data");
            sandbox.awaitVolumeGone(volume);
        }
        assertThat(left()).isEmpty();
    }

    @Test
    void a_registry_gets_the_very_image_that_was_carried_over() throws IOException, InterruptedException {
        assume(
                DebianPackages.missing(List.of(SKOPEO)).isEmpty() || DebianPackages.canInstall(),
                "skopeo is missing and cannot be installed");
        DebianPackages.install(DebianPackages.missing(List.of(SKOPEO)), ClusterOptions.standard(), Terminal.standard());
        try (Registry registry = Registry.start()) {
            // A registry in earnest has a certificate.
            Path plain = folder.resolve(".config/containers/registries.conf");
            Files.createDirectories(plain.getParent());
            Files.writeString(plain, """
                    [[registry]]
                    location = "%s"
                    insecure = true
                    """.formatted(registry.address()));
            install(Map.of("HOME", folder.toString()), "push", registry.address() + "/mirror/solo:7");

            assertThat(registry.digest("mirror/solo", "7")).isEqualTo(carriedOver());
        }
    }

    /** What the index of the bundle's image names. */
    private static String carriedOver() throws IOException {
        Path image;
        try (var images = Files.list(unpacked.resolve("images"))) {
            image = images.findFirst().orElseThrow();
        }
        String index = new Command("reading the index", "tar", "-xOf", image.toString(), "index.json").output();
        return index.replaceFirst("(?s).*\"digest\"\\s*:\\s*\"([^\"]+)\".*", "$1")
                .strip();
    }

    /** Objects that Helm has made and not taken away. The definitions of snapshots stay on purpose. */
    private static List<String> left() {
        List<String> left = new ArrayList<>();
        var client = bench.client();
        String release = "app.kubernetes.io/instance";
        client.pods().inNamespace(Installed.NAMESPACE).list().getItems().stream()
                .filter(pod -> pod.getMetadata().getDeletionTimestamp() == null)
                .forEach(pod -> left.add(
                        pod.getFullResourceName() + " " + pod.getMetadata().getName()));
        client.rbac()
                .clusterRoles()
                .withLabel(release)
                .list()
                .getItems()
                .forEach(role -> left.add("clusterrole " + role.getMetadata().getName()));
        client.rbac()
                .clusterRoleBindings()
                .withLabel(release)
                .list()
                .getItems()
                .forEach(binding ->
                        left.add("clusterrolebinding " + binding.getMetadata().getName()));
        client.storage()
                .v1()
                .storageClasses()
                .withLabel(release)
                .list()
                .getItems()
                .forEach(one -> left.add("storageclass " + one.getMetadata().getName()));
        client.storage()
                .v1()
                .csiDrivers()
                .withLabel(release)
                .list()
                .getItems()
                .forEach(driver -> left.add("csidriver " + driver.getMetadata().getName()));
        return left;
    }

    private static void install(Map<String, String> environment, String... arguments) {
        List<String> argv =
                new ArrayList<>(List.of(unpacked.resolve("install.sh").toString()));
        argv.addAll(List.of(arguments));
        new Command("install.sh " + arguments[0], argv, Path.of("/"), environment)
                .run(line -> System.out.println("install.sh: " + line), () -> {});
    }

    private static void assume(boolean possible, String reason) {
        if (!possible) {
            System.out.println("BundleIT: left out: " + reason);
        }
        Assumptions.assumeTrue(possible, reason);
    }
}
