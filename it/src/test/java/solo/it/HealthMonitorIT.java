package solo.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Event;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import solo.app.Role;
import solo.app.options.ControllerChoice;
import solo.app.options.SoloOptions;

/** The health monitor with a real API server: what it has told it reads from the cluster's own events. */
@ExtendWith(RealCluster.class)
class HealthMonitorIT {

    @Test
    void the_owner_of_a_claim_hears_that_its_volume_is_gone_and_that_it_is_back(Bench bench) throws IOException {
        Path state = Bench.freshState();
        SoloOptions options = SoloUnderTest.options(bench, state);
        options.controllers.choice = ControllerChoice.parse("*,healthmonitor");
        options.healthMonitor.listInterval = Duration.ofSeconds(1);
        options.healthMonitor.nodes = true;
        try (SoloUnderTest solo = SoloUnderTest.start(Set.of(Role.CONTROLLER, Role.NODE), options);
                Sandbox sandbox = bench.sandbox("health")) {
            sandbox.claim("data", "solo-local-immediate");
            sandbox.awaitBound("data");
            Path volume = folder(state, solo.volumes().getFirst());
            Path aside = state.resolve("aside");

            Files.move(volume, aside);
            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(told(bench, sandbox, "VolumeConditionAbnormal"))
                            .isNotEmpty()
                            .allSatisfy(event -> {
                                assertThat(event.getType()).isEqualTo("Warning");
                                assertThat(event.getMessage()).startsWith("DataLoss");
                                assertThat(event.getSource().getComponent())
                                        .isEqualTo("csi-pv-monitor-controller-local.csi.solo");
                            }));
            assertThat(told(bench, sandbox, "VolumeConditionNormal")).isEmpty();

            Files.move(aside, volume);
            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(told(bench, sandbox, "VolumeConditionNormal"))
                            .hasSize(1));
        }
    }

    private static Path folder(Path state, String handle) throws IOException {
        try (Stream<Path> files = Files.walk(state)) {
            return files.filter(file -> Files.isDirectory(file)
                            && file.getFileName().toString().equals(handle))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static List<Event> told(Bench bench, Sandbox sandbox, String reason) {
        return bench.client().v1().events().inNamespace(sandbox.namespace()).list().getItems().stream()
                .filter(event -> event.getReason().equals(reason)
                        && event.getInvolvedObject().getName().equals("data"))
                .toList();
    }
}
