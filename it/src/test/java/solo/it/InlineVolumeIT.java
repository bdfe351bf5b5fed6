package solo.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import solo.driver.LocalDriver;

/** A {@code csi:} volume in a pod: no claim, no PersistentVolume, and no longer there than the pod. */
@ExtendWith(RealCluster.class)
class InlineVolumeIT {

    private static final String WRITE = "cd /data && head -c 3000000 /dev/urandom > noise && sha256sum noise > list"
            + " && sync && sha256sum -c list";

    @ParameterizedTest
    @ValueSource(strings = {"dir", "image"})
    void a_pod_writes_into_a_volume_of_its_own_which_goes_with_it(String backend, Bench bench) throws IOException {
        try (SoloUnderTest solo = SoloUnderTest.all(bench).registered();
                Sandbox sandbox = bench.sandbox("inline")) {
            String mounted = backend.equals("image") ? "grep -q ' /data ext4 ' /proc/mounts && " : "";
            sandbox.podWithItsOwnVolume(
                    "user",
                    LocalDriver.NAME,
                    Map.of("backend", backend, "size", "300Mi"),
                    mounted + WRITE + " && sleep 3600");
            sandbox.awaitWords("user", "noise: OK");
            assertThat(left(solo.state()))
                    .as("while the pod runs")
                    .hasSize(2)
                    .anyMatch(path -> path.contains("/" + backend + "/"));
            assertThat(solo.volumes()).as("it is the pod's alone").isEmpty();

            sandbox.deletePod("user");

            await().atMost(Duration.ofMinutes(1))
                    .untilAsserted(() -> assertThat(left(solo.state())).isEmpty());
            await().untilAsserted(() -> assertThat(
                            Files.readString(Path.of("/proc/self/mountinfo")) + LoopFiles.ofThisMachine())
                    .doesNotContain(solo.state().toString()));
        }
    }

    /** Records and bytes of volumes. */
    private static List<String> left(Path state) throws IOException {
        var left = new ArrayList<String>();
        for (String folder : List.of("volumes", "dir", "image")) {
            try (Stream<Path> files = Files.list(state.resolve(folder))) {
                files.map(Path::toString).forEach(left::add);
            }
        }
        return left;
    }
}
