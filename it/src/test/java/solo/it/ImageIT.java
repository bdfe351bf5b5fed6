package solo.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.storage.StorageClass;
import io.fabric8.kubernetes.api.model.storage.StorageClassBuilder;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import solo.app.Role;
import solo.app.options.SoloOptions;
import solo.driver.LocalDriver;

/** Pods and volumes of the backend image: filesystems of their own, and raw block volumes. */
@ExtendWith(RealCluster.class)
class ImageIT {

    private static final String WRITE =
            "head -c 3000000 /dev/urandom > /data/noise && cd /data" + " && sha256sum noise > list && sync";
    private static final String CHECK = "cd /data && sha256sum -c list";

    private static SoloUnderTest solo;

    private final Bench bench;
    private final Sandbox sandbox;

    ImageIT(Bench bench) {
        this.bench = bench;
        sandbox = bench.sandbox("image");
    }

    @BeforeAll
    static void start(Bench bench) {
        SoloOptions options = SoloUnderTest.withSnapshots(bench);
        solo = SoloUnderTest.start(Set.of(Role.CONTROLLER, Role.NODE), options).registered();
    }

    @AfterAll
    static void stop() {
        solo.close();
    }

    @AfterEach
    void nothingIsLeft() {
        sandbox.deleteClaims(solo);
        await().untilAsserted(() -> assertThat(LoopFiles.ofThisMachine())
                .doesNotContain(solo.state().toString()));
        sandbox.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ext4", "xfs", "btrfs"})
    void pods_get_the_filesystem_that_the_class_names_and_a_full_one_says_so(String fsType) {
        sandbox.claim("data", classFor(fsType), "300Mi", "Filesystem");

        run("writer", "data", "grep -q ' /data " + fsType + " ' /proc/mounts && " + WRITE);
        run("reader", "data", CHECK);
        run("filler", "data", "dd if=/dev/zero of=/data/full bs=1M 2>&1 | grep -q 'No space left'");
        run("later-reader", "data", CHECK);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ext4", "xfs", "btrfs"})
    void the_kubelet_tells_of_a_full_volume_what_its_pod_sees(String fsType) {
        sandbox.claim("data", classFor(fsType), "300Mi", "Filesystem");
        sandbox.pod(
                "filler",
                "data",
                "dd if=/dev/zero of=/data/full bs=1M 2>/dev/null; sync; df -k /data; df -i /data; echo told; sleep 1000");
        List<List<String>> seen = sandbox.awaitWords("filler", "told")
                .lines()
                .filter(line -> line.endsWith("/data"))
                .map(line -> List.of(line.split("\\s+")))
                .toList();
        List<Long> kibibytes = numbers(seen.getFirst());
        List<Long> inodes = numbers(seen.getLast());

        try (KubeletStats kubelet = new KubeletStats(bench)) {
            await().atMost(Duration.ofMinutes(2))
                    .untilAsserted(() -> assertThat(kubelet.of(sandbox.namespace(), "data"))
                            .get()
                            .satisfies(stats -> {
                                assertThat(stats.available()).isLessThan(8 << 20);
                                assertThat(List.of(stats.capacity() >> 10, stats.used() >> 10, stats.available() >> 10))
                                        .isEqualTo(kibibytes);
                                assertThat(List.of(
                                                stats.inodes(),
                                                stats.inodesUsed(),
                                                stats.inodes() - stats.inodesUsed()))
                                        .isEqualTo(inodes);
                            }));
        }
        sandbox.deletePod("filler");
    }

    /** Total, used and free of a line of df. */
    private static List<Long> numbers(List<String> fields) {
        return fields.subList(1, 4).stream().map(Long::valueOf).toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"xfs", "btrfs"})
    void a_volume_grows_while_a_pod_writes(String fsType) {
        sandbox.claim("data", classFor(fsType), "300Mi", "Filesystem");
        sandbox.pod(
                "writer",
                "data",
                "while true; do date >> /data/log; sleep 0.1; "
                        + "[ $(df -k /data | tail -1 | awk '{print $2}') -gt 450000 ] && exit 0; done");
        sandbox.awaitRunning("writer");

        sandbox.request("data", "600Mi");

        sandbox.awaitCapacity("data", "600Mi");
        assertThat(sandbox.awaitEnd("writer")).isEqualTo("Succeeded");
        sandbox.deletePod("writer");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ext4", "xfs", "btrfs"})
    void a_clone_of_a_volume_in_use_has_its_data_and_its_own_size(String fsType) {
        String storageClass = classFor(fsType);
        sandbox.claim("source", storageClass, "300Mi", "Filesystem");
        run("writer", "source", WRITE);
        sandbox.pod("user", "source", "while true; do date > /data/date; sleep 0.1; done");
        sandbox.awaitRunning("user");

        sandbox.clone("copy", storageClass, "600Mi", "source");

        run("reader", "copy", CHECK + " && [ $(df -k /data | tail -1 | awk '{print $2}') -gt 450000 ]");
        sandbox.deletePod("user");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ext4", "xfs", "btrfs"})
    void a_snapshot_of_a_volume_that_is_written_is_restored_whole(String fsType) {
        String storageClass = classFor(fsType);
        Snapshots snapshots = new Snapshots(bench, sandbox);
        sandbox.claim("source", storageClass, "300Mi", "Filesystem");
        run("writer", "source", WRITE);
        sandbox.pod("user", "source", "while true; do date >> /data/log; done");
        sandbox.awaitRunning("user");

        snapshots.take("snap", "source", "solo-local");
        snapshots.awaitReady("snap");
        run("remover", "source", "rm /data/noise");
        snapshots.restore("restored", "snap", storageClass, "300Mi");

        run("reader", "restored", CHECK);
        sandbox.deletePod("user");
        snapshots.delete("snap");
        snapshots.awaitGone("snap");
    }

    @Test
    void a_raw_block_volume_is_a_device_in_the_pod() {
        sandbox.claim("data", classFor("ext4"), "64Mi", "Block");

        runWithDevice("writer", "[ -b /dev/data ] && echo precious | dd of=/dev/data bs=512 seek=1000 conv=sync,fsync");
        runWithDevice(
                "reader",
                "dd if=/dev/data bs=512 skip=1000 count=1 | grep -q precious"
                        + " && [ $(dd if=/dev/data bs=1M 2>/dev/null | wc -c) = 67108864 ]");
    }

    @Test
    void a_restored_and_a_cloned_raw_block_volume_hold_what_the_source_held() {
        String storageClass = classFor("ext4");
        Snapshots snapshots = new Snapshots(bench, sandbox);
        sandbox.claim("data", storageClass, "64Mi", "Block");
        String before = digest("data", "dd if=/dev/urandom of=/dev/data bs=1M count=8 seek=3 conv=fsync && ");

        snapshots.take("snap", "data", "solo-local");
        snapshots.awaitReady("snap");
        String after = digest("data", "dd if=/dev/urandom of=/dev/data bs=1M count=8 seek=5 conv=fsync && ");
        snapshots.restore("restored", "snap", storageClass, "64Mi", "Block");
        sandbox.clone("clone", storageClass, "64Mi", "data", "Block");

        assertThat(after).isNotEqualTo(before);
        assertThat(digest("restored", "")).isEqualTo(before);
        assertThat(digest("clone", "")).isEqualTo(after);
        snapshots.delete("snap");
        snapshots.awaitGone("snap");
    }

    /** Of the whole device, after what the script does first. */
    private String digest(String claim, String first) {
        sandbox.podWithDevice("digest", claim, first + "sha256sum /dev/data");
        assertThat(sandbox.awaitEnd("digest")).as(claim).isEqualTo("Succeeded");
        String digest = sandbox.words("digest")
                .lines()
                .filter(line -> line.endsWith("/dev/data"))
                .findFirst()
                .orElseThrow();
        sandbox.deletePod("digest");
        return digest;
    }

    private String classFor(String fsType) {
        StorageClass storageClass = new StorageClassBuilder()
                .withNewMetadata()
                .withName("solo-image-" + fsType)
                .endMetadata()
                .withProvisioner(LocalDriver.NAME)
                .withParameters(Map.of("backend", "image", "csi.storage.k8s.io/fstype", fsType))
                .withAllowVolumeExpansion(true)
                .withVolumeBindingMode("WaitForFirstConsumer")
                .build();
        bench.client().resource(storageClass).serverSideApply();
        return storageClass.getMetadata().getName();
    }

    private void run(String pod, String claim, String script) {
        sandbox.pod(pod, claim, script);
        end(pod);
    }

    private void runWithDevice(String pod, String script) {
        sandbox.podWithDevice(pod, "data", script);
        end(pod);
    }

    private void end(String pod) {
        assertThat(sandbox.awaitEnd(pod)).as(pod).isEqualTo("Succeeded");
        sandbox.deletePod(pod);
    }
}
