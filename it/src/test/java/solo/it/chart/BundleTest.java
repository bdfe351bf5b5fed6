package solo.it.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
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
                        "manifests/crds/volumesnapshots.snapshot.storage.k8s.io.yaml",
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

    @ParameterizedTest
    @ValueSource(strings = {"solo.yaml", "solo-single-node.yaml"})
    void its_manifests_bring_no_crds_that_would_write_over_those_of_a_cluster(String manifest) throws IOException {
        assertThat(unpacked.resolve("manifests/" + manifest))
                .content()
                .contains("kind: DaemonSet")
                .doesNotContain("CustomResourceDefinition");
    }

    @Test
    void every_crd_is_a_file_named_after_it() throws IOException {
        for (Path file : crds()) {
            assertThat(file).content().contains("\n  name: " + name(file) + "\n");
        }
    }

    @Test
    void crds_that_a_cluster_lacks_are_made_and_those_it_has_are_left_alone() throws IOException, InterruptedException {
        cluster("""
                certificates.cert-manager.io v1
                volumesnapshotclasses.snapshot.storage.k8s.io v1beta1 v1
                volumesnapshotcontents.snapshot.storage.k8s.io v1
                volumesnapshots.snapshot.storage.k8s.io v1
                """);
        assertThat(install("crds")).isZero();
        assertThat(created())
                .containsExactly(
                        "volumegroupsnapshotclasses.groupsnapshot.storage.k8s.io",
                        "volumegroupsnapshotcontents.groupsnapshot.storage.k8s.io",
                        "volumegroupsnapshots.groupsnapshot.storage.k8s.io");
        assertThat(said())
                .isEqualTo("CRDs made: volumegroupsnapshotclasses.groupsnapshot.storage.k8s.io"
                        + " volumegroupsnapshotcontents.groupsnapshot.storage.k8s.io"
                        + " volumegroupsnapshots.groupsnapshot.storage.k8s.io; there already and left alone:"
                        + " volumesnapshotclasses.snapshot.storage.k8s.io"
                        + " volumesnapshotcontents.snapshot.storage.k8s.io volumesnapshots.snapshot.storage.k8s.io\n");
    }

    @Test
    void a_crd_without_v1_is_left_alone_too_and_named() throws IOException, InterruptedException {
        cluster("volumesnapshots.snapshot.storage.k8s.io v1beta1\n");
        assertThat(install("crds")).isZero();
        assertThat(created()).hasSize(5).doesNotContain("volumesnapshots.snapshot.storage.k8s.io");
        assertThat(said())
                .endsWith("; left alone too, but they lack v1, which Solo needs, so update them from where they came:"
                        + " volumesnapshots.snapshot.storage.k8s.io\n");
    }

    @Test
    void crds_of_a_cluster_that_does_not_answer_are_refused_with_kubectls_words()
            throws IOException, InterruptedException {
        assertThat(install("crds")).isEqualTo(1);
        assertThat(said()).isEqualTo(unpacked.resolve("install.sh") + ": the CRDs were not made: connection refused\n");
    }

    @Test
    void a_k3s_that_runs_is_asked_and_nothing_of_crds_is_laid_down() throws IOException, InterruptedException {
        cluster("volumesnapshots.snapshot.storage.k8s.io v1\n");
        assertThat(install("k3s", "with-crds")).isZero();
        assertThat(created()).hasSize(5).doesNotContain("volumesnapshots.snapshot.storage.k8s.io");
        assertThat(said()).contains("left alone: volumesnapshots.snapshot.storage.k8s.io\n");
        assertThat(k3s("server/manifests")).isDirectoryNotContaining("glob:**crds*");
    }

    @Test
    void where_no_k3s_answers_crds_are_left_out_and_that_is_said() throws IOException, InterruptedException {
        assertThat(install("k3s")).isZero();
        assertThat(said()).contains("CRDs: none, as no API server says which the cluster has; run '");
        assertThat(k3s("server/manifests")).isDirectoryNotContaining("glob:**crds*");
    }

    @Test
    void a_single_node_which_serves_snapshots_is_not_installed_without_their_crds()
            throws IOException, InterruptedException {
        assertThat(install("k3s", "single-node")).isEqualTo(1);
        assertThat(said())
                .contains(": nothing was done: single-node serves snapshots and needs their CRDs, and no API server")
                .endsWith("start k3s first, or say with-crds for a new cluster\n");
        assertThat(k3s("")).doesNotExist();
    }

    @Test
    void for_a_new_cluster_crds_are_laid_down_if_asked_for_and_a_newer_bundle_renews_them()
            throws IOException, InterruptedException {
        Path laid = k3s("server/manifests/solo-crds.yaml");
        assertThat(install("k3s", "single-node", "with-crds")).isZero();
        assertThat(said()).contains("CRDs: laid down in solo-crds.yaml, which k3s applies at every start\n");
        for (Path crd : crds()) {
            assertThat(laid).content().contains(Files.readString(crd));
        }
        String first = Files.readString(laid);
        Files.writeString(laid, "older");
        cluster("volumesnapshots.snapshot.storage.k8s.io v1\n");
        assertThat(install("k3s", "single-node")).isZero();
        assertThat(laid).hasContent(first);
    }

    @Test
    void another_root_is_not_asked_about_the_k3s_that_runs_here() throws IOException, InterruptedException {
        cluster("volumesnapshots.snapshot.storage.k8s.io v1\n");
        assertThat(install(Map.of("DESTDIR", folder.resolve("root").toString()), "k3s"))
                .isZero();
        assertThat(said()).contains("CRDs: none");
        assertThat(created()).isEmpty();
    }

    @Test
    void crds_in_the_manifest_of_an_older_bundle_stay_there_as_k3s_deletes_what_a_file_no_longer_has()
            throws IOException, InterruptedException {
        Path manifest = k3s("server/manifests/solo.yaml");
        Files.createDirectories(k3s("server/manifests"));
        Files.writeString(manifest, "apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\n");
        assertThat(install("k3s")).isZero();
        assertThat(said()).contains("CRDs: they stay in solo.yaml");
        assertThat(Rendered.of(manifest).the("DaemonSet").at("metadata", "name").text())
                .isEqualTo("solo-node");
        for (Path crd : crds()) {
            assertThat(manifest).content().contains(Files.readString(crd));
        }
    }

    @Test
    void the_same_inputs_give_the_same_bundle() throws IOException {
        assertThat(FileTree.sha256(write("again.tar.gz"))).isEqualTo(FileTree.sha256(folder.resolve("bundle.tar.gz")));
    }

    @Test
    void for_k3s_image_and_manifest_go_into_its_folders() throws IOException, InterruptedException {
        assertThat(install("k3s", "single-node", "with-crds")).isZero();
        assertThat(k3s("agent/images/solo.oci.tar")).hasContent("image");
        assertThat(k3s("server/manifests/solo.yaml"))
                .hasSameTextualContentAs(unpacked.resolve("manifests/solo-single-node.yaml"));
    }

    @Test
    void another_node_of_k3s_gets_the_image_alone() throws IOException, InterruptedException {
        assertThat(install("k3s-agent")).isZero();
        assertThat(k3s("agent/images/solo.oci.tar")).hasContent("image");
        assertThat(k3s("server")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"k3s", "k3s-agent", "ctr", "crds", "push here.local/solo:1", "check"})
    void a_damaged_bundle_installs_nothing_and_one_sentence_names_the_file(String command)
            throws IOException, InterruptedException {
        Files.writeString(unpacked.resolve("images/solo.oci.tar"), "imagf");
        assertThat(install(command.split(" "))).isEqualTo(1);
        assertThat(k3s("")).doesNotExist();
        assertThat(created()).isEmpty();
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
        return install(Map.of(), arguments);
    }

    private int install(Map<String, String> environment, String... arguments) throws IOException, InterruptedException {
        ProcessBuilder script = new ProcessBuilder(
                        unpacked.resolve("install.sh").toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("said").toFile());
        script.command().addAll(List.of(arguments));
        kubectl();
        script.environment().merge("PATH", programs().toString(), (path, ours) -> ours + ":" + path);
        script.environment().put("CLUSTER", folder.resolve("cluster").toString());
        script.environment().put("K3S_DATA_DIR", k3s("").toString());
        script.environment().putAll(environment);
        return script.start().waitFor();
    }

    private Path k3s(String file) {
        return folder.resolve("k3s").resolve(file);
    }

    private Path programs() {
        return folder.resolve("programs");
    }

    /** What a kubectl answers that is asked for CRDs and the versions they serve; without it no API server answers. */
    private void cluster(String served) throws IOException {
        Files.writeString(folder.resolve("cluster"), served);
    }

    /** In kubectl's place and k3s': knows get and create, and notes what it was given to create. */
    private void kubectl() throws IOException {
        Files.createDirectories(programs());
        Path kubectl = Files.writeString(programs().resolve("kubectl"), """
                #!/bin/sh
                case "$1 $2" in
                  'get crd') cat "$CLUSTER" 2>/dev/null || { echo 'connection refused' >&2; exit 1; } ;;
                  'create -f') echo "$3" >>"$CLUSTER-created" ;;
                  *) exit 1 ;;
                esac
                """);
        Path k3s = Files.writeString(programs().resolve("k3s"), "#!/bin/sh\nexec \"$@\"\n");
        for (Path program : List.of(kubectl, k3s)) {
            Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
    }

    private List<String> created() throws IOException {
        Path created = folder.resolve("cluster-created");
        return Files.exists(created)
                ? Files.readAllLines(created).stream()
                        .map(file -> name(Path.of(file)))
                        .toList()
                : List.of();
    }

    private List<Path> crds() throws IOException {
        try (Stream<Path> files = Files.list(unpacked.resolve("manifests/crds"))) {
            List<Path> crds = files.toList();
            assertThat(crds).hasSize(6);
            return crds;
        }
    }

    private static String name(Path crd) {
        return crd.getFileName().toString().replace(".yaml", "");
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
