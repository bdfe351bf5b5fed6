package solo.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import csi.v1.ListVolumesRequest;
import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.Pod;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import solo.csi.CsiException;
import solo.driver.LocalDriver;
import solo.driver.LocalDriverOptions;
import solo.it.chart.Helm;
import solo.it.cluster.Command;
import solo.it.image.SoloImage;
import solo.it.up.Checkout;
import solo.it.up.Manifests;
import solo.it.up.Terminal;

/** Pods of the chart that die, are replaced by those of another version, and come back: nobody's volume suffers. */
@ExtendWith(RealCluster.class)
class FailOverIT {

    private static final Duration LEASE = Duration.ofSeconds(15);
    private static final String NEXT = "99.0.0";

    private static final String SINGLE_NODE = """
            driver: {singleNode: true}
            storageClasses:
              - {name: %s, volumeBindingMode: Immediate, parameters: {backend: dir}}
            """.formatted(ExternalDriver.STORAGE_CLASS);

    @TempDir
    private static Path folder;

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

    /** Its container comes back under the same name and need not wait for its own lease (ext-provisioner #1147). */
    @Test
    void the_leaders_process_is_killed_and_a_claim_made_meanwhile_is_bound_before_the_lease_would_have_ended() {
        withLeader((solo, sandbox, leader) -> {
            long start = System.nanoTime();
            assertThat(leader.destroyForcibly()).isTrue();
            sandbox.claim("after", ExternalDriver.STORAGE_CLASS);
            sandbox.awaitBound("after");
            Duration taken = Duration.ofNanos(System.nanoTime() - start);
            System.out.println("kill -9 of the leader: a claim made at that moment was bound after " + taken.toMillis()
                    + " ms; a lease lasts " + LEASE.toMillis() + " ms");
            assertThat(taken).isLessThan(LEASE);
        });
    }

    @Test
    void a_leader_that_hangs_is_relieved_by_the_other_replica_when_its_lease_has_ended() {
        withLeader((solo, sandbox, leader) -> {
            String before = solo.holder();
            long start = System.nanoTime();
            new Command("freezing the leader", "kill", "-STOP", String.valueOf(leader.pid())).output();
            try {
                sandbox.claim("after", ExternalDriver.STORAGE_CLASS);
                String next =
                        await().atMost(LEASE.multipliedBy(2)).until(solo::holder, holder -> !holder.equals(before));
                long led = System.nanoTime();
                sandbox.awaitBound("after");
                System.out.println("leader frozen: " + next + " led after "
                        + Duration.ofNanos(led - start).toMillis() + " ms, a claim made meanwhile was bound after "
                        + Duration.ofNanos(System.nanoTime() - start).toMillis() + " ms");
            } finally {
                leader.destroyForcibly();
            }
        });
    }

    private interface Leading {
        void run(Installed solo, Sandbox sandbox, ProcessHandle leader);
    }

    /** Two replicas, one of which has made a volume; the claims "before" and "after" are given back. */
    private static void withLeader(Leading test) {
        Containerd containerd = Containerd.of(bench.cluster());
        try (Installed solo = Installed.with(bench, helm, ExternalDriver.values(image.name()));
                Sandbox sandbox = bench.sandbox("killed")) {
            sandbox.claim("before", ExternalDriver.STORAGE_CLASS);
            sandbox.awaitBound("before");
            String leader = solo.holder();
            Pod pod = solo.pods("controller").stream()
                    .filter(each -> leader.startsWith(each.getMetadata().getName()))
                    .findFirst()
                    .orElseThrow();
            test.run(
                    solo,
                    sandbox,
                    ProcessHandle.of(containerd.pid(containerOf(pod))).orElseThrow());
            giveBack(sandbox, List.of("before", "after"));
            assertThat(volumes(solo)).isEmpty();
        }
    }

    @Test
    void two_replicas_are_upgraded_and_rolled_back_under_load_and_no_claim_is_lost_and_no_volume_leaks()
            throws IOException {
        underLoad(ExternalDriver.values(image.name()));
    }

    @Test
    void a_single_node_is_upgraded_and_rolled_back_under_load_and_no_claim_is_lost_and_no_volume_leaks()
            throws IOException {
        underLoad(SINGLE_NODE);
    }

    private static void underLoad(String values) throws IOException {
        Path next = nextVersion(Containerd.of(bench.cluster()));
        try (Installed solo = Installed.with(bench, helm, values);
                Sandbox sandbox = bench.sandbox("load");
                ClaimLoad load = ClaimLoad.begin(sandbox, ExternalDriver.STORAGE_CLASS)) {
            solo.upgrade(next, values);
            awaitOnly(solo, SoloImage.REPOSITORY + ":" + NEXT);
            solo.rollback();
            awaitOnly(solo, image.name());
            List<String> claims = load.stop();

            List<String> handles = bench.client().persistentVolumes().list().getItems().stream()
                    .filter(volume ->
                            ExternalDriver.STORAGE_CLASS.equals(volume.getSpec().getStorageClassName()))
                    .map(FailOverIT::handle)
                    .toList();
            assertThat(handles).as("a volume for each claim").hasSize(claims.size());
            assertThat(volumes(solo)).as("on the backend").containsExactlyInAnyOrderElementsOf(handles);
            giveBack(sandbox, claims);
            assertThat(volumes(solo)).isEmpty();
        }
    }

    /** Helm is content before the last old pod is on its way out. */
    private static void awaitOnly(Installed solo, String image) {
        await().atMost(Duration.ofMinutes(1))
                .untilAsserted(() -> assertThat(solo.images()).containsExactly(image));
    }

    /** The same chart and image under another version. */
    private static Path nextVersion(Containerd containerd) throws IOException {
        containerd.tagImage(image.name(), SoloImage.REPOSITORY + ":" + NEXT);
        Path chart = Checkout.folder().resolve("charts/solo");
        Path copy = Files.createTempDirectory(folder, "chart-");
        try (Stream<Path> files = Files.walk(chart)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path to = copy.resolve(chart.relativize(file));
                Files.createDirectories(to.getParent());
                String text = Files.readString(file);
                Files.writeString(
                        to,
                        file.endsWith("Chart.yaml")
                                ? text.replaceAll("(?m)^(version|appVersion): .*", "$1: " + NEXT)
                                : text);
            }
        }
        return copy;
    }

    private static void giveBack(Sandbox sandbox, List<String> claims) {
        List<String> volumes = claims.stream()
                .map(claim -> sandbox.awaitBound(claim).getSpec().getVolumeName())
                .toList();
        claims.forEach(sandbox::deleteClaim);
        volumes.forEach(sandbox::awaitVolumeGone);
    }

    private static String containerOf(Pod pod) {
        return pod.getStatus().getContainerStatuses().stream()
                .filter(container -> container.getName().equals("solo"))
                .map(container -> container.getContainerID().replaceFirst("^containerd://", ""))
                .findFirst()
                .orElseThrow();
    }

    private static String handle(PersistentVolume volume) {
        return volume.getSpec().getCsi().getVolumeHandle();
    }

    /** What is in the state folder that the pods share with this machine. */
    private static List<String> volumes(Installed solo) {
        try {
            return LocalDriver.open(LocalDriverOptions.of(bench.cluster().nodeName(), solo.state()))
                    .controller()
                    .listVolumes(ListVolumesRequest.getDefaultInstance())
                    .getEntriesList()
                    .stream()
                    .map(entry -> entry.getVolume().getVolumeId())
                    .toList();
        } catch (IOException | CsiException refused) {
            throw new AssertionError(refused);
        }
    }
}
