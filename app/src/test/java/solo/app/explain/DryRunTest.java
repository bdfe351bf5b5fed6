package solo.app.explain;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import solo.app.options.SoloOptions;
import solo.kube.Kinds;
import solo.resizer.ResizerOptions.AttributesClasses;
import solo.simulation.ModelDriver;
import solo.simulation.ObjectBuilder;
import solo.simulation.Objects;
import solo.simulation.SimulatedApiServer;
import solo.simulation.SimulatedCluster;
import solo.simulation.StorageClassBuilder;
import solo.simulation.VirtualClock;

/** {@code solo explain pvc -f claim.yaml}: what a claim that is not there would ask the driver for. */
class DryRunTest {

    private static final String CLAIM = """
            apiVersion: v1
            kind: PersistentVolumeClaim
            metadata: {name: data}
            spec:
              storageClassName: fast
              accessModes: [ReadWriteOnce]
              resources: {requests: {storage: 5Gi}}
            """;

    @TempDir
    Path folder;

    private final SimulatedApiServer server = new SimulatedApiServer(new VirtualClock());
    private final SimulatedCluster cluster = new SimulatedCluster(server);

    @Test
    void the_request_is_printed_with_its_secrets_blanked() throws Exception {
        String said = dryRun(
                CLAIM,
                null,
                fast().parameter("tier", "gold")
                        .parameter("csi.storage.k8s.io/provisioner-secret-name", "keys")
                        .parameter("csi.storage.k8s.io/provisioner-secret-namespace", "default"),
                Objects.secret("default/keys", Map.of("password", "hunter2")),
                Objects.csiNode("node"));
        assertThat(said.lines()).first().isEqualTo("claim default/data waits for the driver to make its volume");
        assertThat(said.lines()).last().asString().startsWith("  then call CreateVolume {");
        assertThat(said)
                .contains("\"required_bytes\":5368709120", "\"tier\":\"gold\"", "***stripped***")
                .doesNotContain("hunter2");
    }

    @Test
    void nothing_is_written() throws Exception {
        dryRun(CLAIM, null, fast(), Objects.csiNode("node"));
        assertThat(server.objects(Kinds.CLAIM)).isEmpty();
        assertThat(server.objects(Kinds.VOLUME)).isEmpty();
    }

    @Test
    void a_claim_of_the_same_name_in_the_cluster_does_not_count() throws Exception {
        String said = dryRun(
                CLAIM,
                null,
                fast(),
                Objects.csiNode("node"),
                Objects.claim("default/data").storageClass("fast").boundTo("pv").phase("Bound"));
        assertThat(said).contains("call CreateVolume", "\"required_bytes\":5368709120");
    }

    @Test
    void without_a_class_the_newest_default_one_is_taken() throws Exception {
        String said = dryRun(
                CLAIM.replace("  storageClassName: fast\n", ""),
                null,
                fast().parameter("tier", "gold").annotation("storageclass.kubernetes.io/is-default-class", "true"),
                Objects.csiNode("node"));
        assertThat(said).contains("\"tier\":\"gold\"");
    }

    @Test
    void a_class_that_waits_for_a_consumer_wants_to_know_the_node() throws Exception {
        StorageClassBuilder late = fast().bindingMode("WaitForFirstConsumer");
        assertThat(dryRun(CLAIM, null, late, Objects.csiNode("node")))
                .contains("waits for a node")
                .doesNotContain("CreateVolume");
        assertThat(dryRun(CLAIM, "node", late, Objects.csiNode("node"), Objects.node("node")))
                .contains("call CreateVolume");
    }

    @Test
    void what_is_missing_is_said_instead_of_a_request() throws Exception {
        assertThat(dryRun(CLAIM, null))
                .contains("StorageClass fast does not exist")
                .doesNotContain("CreateVolume");
    }

    private String dryRun(String yaml, @Nullable String node, ObjectBuilder<?>... objects) throws Exception {
        List.of(objects).forEach(server::put);
        Path file = Files.writeString(folder.resolve("claim.yaml"), yaml);
        Setup setup = new Setup(new SoloOptions(), AttributesClasses.SERVED);
        Explainer explainer = new Explainer(cluster, new VirtualClock(), setup);
        var answer = explainer.dryRun(ClaimFile.read(file).handedOver(cluster, "default", node));
        return ExplanationText.of(answer, null, null);
    }

    private static StorageClassBuilder fast() {
        return Objects.storageClass("fast").provisioner(ModelDriver.NAME);
    }
}
