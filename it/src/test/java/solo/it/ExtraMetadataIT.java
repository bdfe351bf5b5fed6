package solo.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** --extra-create-metadata, as the driver sees it in the log of its calls. */
@ExtendWith(RealCluster.class)
class ExtraMetadataIT {

    private final Bench bench;

    ExtraMetadataIT(Bench bench) {
        this.bench = bench;
    }

    @Test
    void the_driver_is_told_who_asks() throws InterruptedException {
        List<String> command = List.of(
                "all",
                "--kubeconfig=" + bench.cluster().kubeconfig(),
                "--state-dir=" + Bench.freshState(),
                "--node-id=" + bench.cluster().nodeName(),
                "--kubelet-dir=" + bench.cluster().kubeletDirectory(),
                "--extra-create-metadata",
                "-v=5");
        try (SoloChild solo = SoloChild.run(command);
                Sandbox sandbox = bench.sandbox("metadata")) {
            sandbox.claim("data", "solo-local-immediate");
            String volume = sandbox.volumeOf("data").getMetadata().getName();
            assertThat(solo.output().lines())
                    .anySatisfy(line -> assertThat(line)
                            .contains(
                                    "/csi.v1.Controller/CreateVolume request=",
                                    "csi.storage.k8s.io/pvc/name",
                                    "csi.storage.k8s.io/pvc/namespace",
                                    "\"" + sandbox.namespace() + "\"",
                                    "csi.storage.k8s.io/pv/name",
                                    volume));
            sandbox.deleteClaim("data");
            sandbox.awaitVolumeGone(volume);
            solo.terminate();
            assertThat(solo.awaitExit()).isZero();
        }
    }
}
