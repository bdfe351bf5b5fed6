package solo.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import solo.it.chart.Helm;
import solo.it.image.SoloImage;
import solo.it.up.Checkout;
import solo.it.up.Manifests;
import solo.it.up.Terminal;

/** The image in containerd and the chart installed by Helm: Solo as pods, with nothing pulled. */
@ExtendWith(RealCluster.class)
class ChartIT {

    private static final String BUNDLED = """
            storageClasses:
              - {name: chart-late, parameters: {backend: dir}}
            """;

    private static final String SINGLE_NODE = """
            driver: {singleNode: true}
            snapshotController: {enabled: true}
            volumeSnapshotClasses:
              - {name: chart-snapshots}
            storageClasses:
              - {name: chart-growing, volumeBindingMode: Immediate, parameters: {backend: dir}}
            """;

    private static Bench bench;
    private static Helm helm;
    private static SoloImage image;

    @BeforeAll
    static void the_image_is_in_the_cluster_and_the_plain_manifests_are_not(Bench shared) {
        bench = shared;
        helm = Helm.buildOrFind(Checkout.folder(), Terminal.standard());
        image = ImageInCluster.load(bench);
        bench.client().storage().v1().csiDrivers().withName("local.csi.solo").delete();
    }

    @AfterAll
    static void the_plain_manifests_are_back() {
        new Manifests(Checkout.folder()).apply(bench.client());
    }

    @Test
    void the_image_runs_as_nobody_without_a_shell_on_a_file_system_that_it_cannot_write_to() {
        try (Sandbox sandbox = bench.sandbox("image")) {
            Pod pod = new PodBuilder()
                    .withNewMetadata()
                    .withNamespace(sandbox.namespace())
                    .withName("version")
                    .endMetadata()
                    .withNewSpec()
                    .withRestartPolicy("Never")
                    .addNewContainer()
                    .withName("solo")
                    .withImage(image.name())
                    .withImagePullPolicy("Never")
                    .withArgs("--version")
                    .withNewSecurityContext()
                    .withRunAsNonRoot(true)
                    .withReadOnlyRootFilesystem(true)
                    .withAllowPrivilegeEscalation(false)
                    .withNewCapabilities()
                    .withDrop("ALL")
                    .endCapabilities()
                    .endSecurityContext()
                    .endContainer()
                    .endSpec()
                    .build();
            bench.client().resource(pod).create();
            assertThat(sandbox.awaitEnd("version")).isEqualTo("Succeeded");
            assertThat(bench.client()
                            .pods()
                            .inNamespace(sandbox.namespace())
                            .withName("version")
                            .getLog())
                    .startsWith("solo ");
        }
    }

    @Test
    void as_it_comes_each_node_provisions_and_pods_keep_their_volumes_through_upgrade_and_rollback()
            throws IOException {
        try (Installed solo = Installed.with(bench, helm, BUNDLED);
                Sandbox sandbox = bench.sandbox("chart")) {
            System.out.println("idle, node with provisioner: " + memory());
            sandbox.claim("data", "chart-late");
            sandbox.pod("writer", "data", "echo words > /data/words && sync && sleep 3600");
            sandbox.awaitRunning("writer");

            solo.upgrade(BUNDLED + "node: {logLevel: 4}\n");
            assertThat(sandbox.phase("writer")).isEqualTo("Running");
            sandbox.claim("while-upgraded", "chart-late");
            sandbox.pod("other", "while-upgraded", "echo more > /data/words");
            assertThat(sandbox.awaitEnd("other")).isEqualTo("Succeeded");
            solo.rollback();
            assertThat(sandbox.phase("writer")).isEqualTo("Running");

            String volume = sandbox.volumeOf("data").getMetadata().getName();
            sandbox.deletePod("writer");
            sandbox.pod("reader", "data", "grep -q words /data/words");
            assertThat(sandbox.awaitEnd("reader")).isEqualTo("Succeeded");
            sandbox.deletePod("reader");
            sandbox.deletePod("other");
            String other = sandbox.volumeOf("while-upgraded").getMetadata().getName();
            List.of("data", "while-upgraded").forEach(sandbox::deleteClaim);
            List.of(volume, other).forEach(sandbox::awaitVolumeGone);
        }
    }

    @Test
    void on_a_single_node_volumes_grow_and_have_snapshots() throws IOException {
        try (Installed _ = Installed.with(bench, helm, SINGLE_NODE);
                Sandbox sandbox = bench.sandbox("single")) {
            System.out.println("idle, both halves: " + memory());
            sandbox.claim("data", "chart-growing");
            String volume = sandbox.volumeOf("data").getMetadata().getName();
            sandbox.request("data", "32Mi");
            sandbox.awaitCapacity("data", "32Mi");
            Snapshots snapshots = new Snapshots(bench, sandbox);
            snapshots.take("of-data", "data", "chart-snapshots");
            snapshots.awaitReady("of-data");
            snapshots.delete("of-data");
            snapshots.awaitGone("of-data");
            sandbox.deleteClaim("data");
            sandbox.awaitVolumeGone(volume);
        }
    }

    @Test
    void beside_an_external_driver_the_leaders_pod_dies_and_the_other_replica_takes_over() throws IOException {
        try (Installed solo = Installed.with(bench, helm, ExternalDriver.values(image.name()));
                Sandbox sandbox = bench.sandbox("external")) {
            System.out.println("idle, two controllers and a node, each with a driver: " + memory());
            sandbox.claim("before", ExternalDriver.STORAGE_CLASS);
            sandbox.awaitBound("before");
            sandbox.pod("writer", "before", "echo words > /data/words");
            assertThat(sandbox.awaitEnd("writer")).isEqualTo("Succeeded");

            String leader = leader(solo);
            long start = System.nanoTime();
            bench.client()
                    .pods()
                    .inNamespace(Installed.NAMESPACE)
                    .withName(leader)
                    .withGracePeriod(0)
                    .delete();
            sandbox.claim("after", ExternalDriver.STORAGE_CLASS);
            sandbox.awaitBound("after");
            System.out.println("a claim made when the leader's pod was killed was bound after "
                    + Duration.ofNanos(System.nanoTime() - start).toMillis() + " ms");
            assertThat(leader(solo)).isNotEqualTo(leader);
            assertThat(sandbox.awaitBound("before").getStatus().getPhase()).isEqualTo("Bound");
            await().atMost(Duration.ofMinutes(1))
                    .until(() -> solo.pods("controller").stream()
                                    .filter(pod ->
                                            "Running".equals(pod.getStatus().getPhase()))
                                    .count()
                            == 2);

            sandbox.deletePod("writer");
            for (String claim : List.of("before", "after")) {
                String volume = sandbox.volumeOf(claim).getMetadata().getName();
                sandbox.deleteClaim(claim);
                sandbox.awaitVolumeGone(volume);
            }
        }
    }

    /** The pod that holds the lease. */
    private static String leader(Installed solo) {
        return solo.holder().replaceFirst("-[0-9a-f]{8}$", "");
    }

    /** Of each of Solo's processes on this machine that is one of a container. */
    private static List<String> memory() throws IOException {
        try (var processes = Files.list(Path.of("/proc"))) {
            return processes
                    .filter(process -> commandLine(process).startsWith("/opt/solo/runtime/"))
                    .map(process -> resident(process.resolve("status")))
                    .toList();
        }
    }

    private static String commandLine(Path process) {
        try {
            return Files.readString(process.resolve("cmdline"));
        } catch (IOException noProcess) {
            return "";
        }
    }

    private static String resident(Path status) {
        try (var lines = Files.lines(status)) {
            return String.join(
                    ", ",
                    lines.filter(line -> line.startsWith("VmRSS") || line.startsWith("RssAnon"))
                            .map(line -> line.replaceAll("\\s+", " "))
                            .toList());
        } catch (IOException ended) {
            return "ended";
        }
    }
}
