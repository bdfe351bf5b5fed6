package solo.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Quantity;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import solo.app.Role;
import solo.app.options.SoloOptions;
import solo.csi.DriverServer;
import solo.csi.InProcessCalls;
import solo.csi.SocketAccess;
import solo.csi.UnixSocket;
import solo.driver.LocalDriver;
import solo.driver.LocalDriverOptions;
import solo.driver.LocalDriverOptions.Feature;

/** A volume grows while no pod uses it: the controller now, the node when the next pod mounts it. */
@ExtendWith(RealCluster.class)
class OfflineExpansionIT {

    private static final long THIRTY_TWO_MIB = 32L << 20;

    @Test
    void a_volume_that_nobody_uses_grows_at_once_and_its_node_does_its_part_at_the_next_mount(Bench bench)
            throws Exception {
        Path kubelet = bench.cluster().kubeletDirectory();
        Path socket = kubelet.resolve("plugins").resolve(LocalDriver.NAME).resolve("csi.sock");
        NodeGrowing driver = new NodeGrowing(new InProcessCalls(
                LocalDriver.open(LocalDriverOptions.of(bench.cluster().nodeName(), Bench.freshState())
                        .with(Set.of(Feature.TOPOLOGY)))));
        SoloOptions options = SoloUnderTest.options(bench, Bench.freshState());
        options.driver.csiAddress = socket.toString();
        try (DriverServer _ = DriverServer.start(new UnixSocket(socket), SocketAccess.OWNER, driver);
                SoloUnderTest _ = SoloUnderTest.start(Set.of(Role.CONTROLLER, Role.NODE), options);
                Sandbox sandbox = bench.sandbox("offline")) {
            sandbox.claim("data", "solo-local-immediate");
            sandbox.awaitBound("data");

            sandbox.request("data", "32Mi");

            await().atMost(Duration.ofMinutes(1))
                    .untilAsserted(() -> assertThat(status(sandbox).getAllocatedResourceStatuses())
                            .isEqualTo(Map.of("storage", "NodeResizePending")));
            assertThat(sandbox.volumeOf("data").getSpec().getCapacity().get("storage"))
                    .isEqualTo(new Quantity("32Mi"));
            assertThat(status(sandbox).getCapacity().get("storage")).isEqualTo(new Quantity("16Mi"));
            assertThat(driver.grown()).isEmpty();

            sandbox.pod("reader", "data", "sleep 3600");
            sandbox.awaitCapacity("data", "32Mi");
            assertThat(driver.grown()).contains(THIRTY_TWO_MIB);
            assertThat(status(sandbox).getConditions()).isEmpty();
            assertThat(sandbox.volumeOf("data").getMetadata().getAnnotations())
                    .containsEntry("volume.alpha.kubernetes.io/pre-resize-capacity", "16Mi");
        }
    }

    private static io.fabric8.kubernetes.api.model.PersistentVolumeClaimStatus status(Sandbox sandbox) {
        return sandbox.claims().stream()
                .map(PersistentVolumeClaim::getStatus)
                .findFirst()
                .orElseThrow();
    }
}
