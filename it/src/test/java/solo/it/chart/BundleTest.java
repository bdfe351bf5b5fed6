package solo.it.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import solo.it.cluster.Command;
import solo.it.image.FileTree;
import solo.it.up.Checkout;
import solo.it.up.Terminal;

/** The bundle and its install script, with a few bytes in the image's place. */
class BundleTest {

    @TempDir
    private Path folder = Path.of("");

    private Path unpacked = Path.of("");

    @BeforeEach
    void a_bundle_is_carried_over_and_unpacked() throws IOException {
        write("bundle.tar.gz");
        new Command("unpacking", "tar", "-xzf", folder.resolve("bundle.tar.gz").toString(), "-C", folder.toString())
                .output();
        unpacked = folder.resolve("solo-1.2.3");
    }

    @Test
    void it_holds_image_chart_manifests_checksums_and_a_script() {
        assertThat(List.of(
                        "images/solo.oci.tar",
                        "sbom/solo.cdx.json",
                        "charts/solo-1.2.3.tgz",
                        "manifests/solo.yaml",
                        "manifests/solo-single-node.yaml",
                        "SHA256SUMS",
                        "README.txt",
                        "install.sh"))
                .allSatisfy(file -> assertThat(unpacked.resolve(file)).exists());
    }

    @Test
    void its_manifests_run_the_image_of_this_very_version_in_a_namespace_of_their_own() throws IOException {
        Rendered manifest = Rendered.of(unpacked.resolve("manifests/solo.yaml"));
        assertThat(manifest.the("Namespace").at("metadata", "name").text()).isEqualTo("solo-system");
        assertThat(Rendered.solo(manifest.the("DaemonSet")).at("image").text()).isEqualTo("solo.local/solo:1.2.3");
        assertThat(manifest.the("DaemonSet").at("metadata", "namespace").text()).isEqualTo("solo-system");
    }

    @Test
    void the_same_inputs_give_the_same_bundle() throws IOException {
        assertThat(FileTree.sha256(write("again.tar.gz"))).isEqualTo(FileTree.sha256(folder.resolve("bundle.tar.gz")));
    }

    @Test
    void for_k3s_image_and_manifest_go_into_its_folders() throws IOException, InterruptedException {
        assertThat(install("k3s", "single-node")).isZero();
        Path k3s = folder.resolve("root/var/lib/rancher/k3s");
        assertThat(k3s.resolve("agent/images/solo.oci.tar")).hasContent("image");
        assertThat(k3s.resolve("server/manifests/solo.yaml"))
                .hasSameTextualContentAs(unpacked.resolve("manifests/solo-single-node.yaml"));
    }

    @Test
    void another_node_of_k3s_gets_the_image_alone() throws IOException, InterruptedException {
        assertThat(install("k3s-agent")).isZero();
        Path k3s = folder.resolve("root/var/lib/rancher/k3s");
        assertThat(k3s.resolve("agent/images/solo.oci.tar")).hasContent("image");
        assertThat(k3s.resolve("server")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"k3s", "k3s-agent", "ctr", "push here.local/solo:1", "check"})
    void a_damaged_bundle_installs_nothing_and_one_sentence_names_the_file(String command)
            throws IOException, InterruptedException {
        Files.writeString(unpacked.resolve("images/solo.oci.tar"), "imagf");
        assertThat(install(command.split(" "))).isEqualTo(1);
        assertThat(folder.resolve("root")).doesNotExist();
        assertThat(said())
                .isEqualTo(unpacked.resolve("install.sh")
                        + ": the bundle is damaged and nothing was done, not as it was made: images/solo.oci.tar \n");
    }

    @Test
    void a_bundle_without_its_checksums_installs_nothing() throws IOException, InterruptedException {
        Files.delete(unpacked.resolve("SHA256SUMS"));
        assertThat(install("k3s")).isEqualTo(1);
        assertThat(said()).endsWith("not as it was made: SHA256SUMS\n");
    }

    private String said() throws IOException {
        return Files.readString(folder.resolve("said"));
    }

    private int install(String... arguments) throws IOException, InterruptedException {
        ProcessBuilder script = new ProcessBuilder(
                        unpacked.resolve("install.sh").toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("said").toFile());
        script.command().addAll(List.of(arguments));
        script.environment().put("DESTDIR", folder.resolve("root").toString());
        return script.start().waitFor();
    }

    private Path write(String name) throws IOException {
        Path checkout = Checkout.folder();
        Path image = Files.writeString(folder.resolve("solo.oci.tar"), "image");
        Path bill = Files.writeString(folder.resolve("solo.cdx.json"), "{}");
        Path archive = folder.resolve(name);
        new Bundle(image, bill, "1.2.3")
                .write(
                        checkout,
                        Helm.buildOrFind(checkout, Terminal.standard()),
                        folder.resolve(name + "-work"),
                        archive);
        return archive;
    }
}
