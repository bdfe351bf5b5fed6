package solo.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.storage.StorageClass;
import io.fabric8.kubernetes.api.model.storage.StorageClassBuilder;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import solo.app.Role;
import solo.app.explain.ExplainCommand;
import solo.app.options.SoloOptions;
import solo.driver.LocalDriver;

/** {@code solo explain} on a real cluster, beside the controller that acts. What else it names: BrokenSetUpsTest. */
@ExtendWith(RealCluster.class)
class ExplainIT {

    private static final String DAY = "sleep 86400";

    private static String controller = "";
    private static SoloUnderTest solo;

    private final Bench bench;
    private final Sandbox sandbox;

    ExplainIT(Bench bench) {
        this.bench = bench;
        sandbox = bench.sandbox("explain");
    }

    @BeforeAll
    static void start(Bench bench) {
        SoloOptions options = SoloUnderTest.withSnapshots(bench);
        String address = "127.0.0.1:" + Ports.free();
        options.endpoint.httpEndpoint = address;
        controller = "http://" + address;
        solo = SoloUnderTest.start(Set.of(Role.CONTROLLER, Role.NODE), options).registered();
    }

    @AfterAll
    static void stop() {
        solo.close();
    }

    @AfterEach
    void nothingIsLeft() {
        sandbox.deleteClaims(solo);
        sandbox.close();
    }

    @Test
    void a_claim_whose_class_is_not_there_waits_for_whoever_runs_the_cluster() {
        sandbox.claim("data", "solo-missing");

        assertThat(explained("pvc", "data"))
                .contains(
                        "waits for a storage class",
                        "StorageClass solo-missing does not",
                        "whoever runs the cluster must act");
    }

    @Test
    void a_claim_waits_for_its_pod_is_mounted_with_it_and_bound_after_it_and_explaining_changes_nothing() {
        String before =
                versionOf(sandbox.claim("data", "solo-local").getMetadata().getName());
        assertThat(explained("pvc", "data")).contains("waits for a node", "no pod uses the claim");
        assertThat(versionOf("data")).isEqualTo(before);

        sandbox.pod("user", "data", DAY);
        sandbox.awaitRunning("user");
        String volume = sandbox.volumeOf("data").getMetadata().getName();
        assertThat(explained("pvc", "data")).contains("is bound and mounted", "nobody has to act");
        assertThat(explained("pv", volume)).contains("is bound and mounted");

        sandbox.deletePod("user");
        await().untilAsserted(() ->
                assertThat(explained("pvc", "data")).contains("is bound").doesNotContain("mounted"));
    }

    @Test
    void what_the_driver_refuses_is_told_with_its_words_and_the_time_of_the_next_attempt() {
        sandbox.claim("data", classWith(Map.of("backend", "tape")));

        await().atMost(Duration.ofMinutes(1))
                .untilAsserted(() -> assertThat(explained("pvc", "data", "--controller=" + controller))
                        .contains(
                                "waits for the driver to make its volume",
                                "whoever runs the cluster must act",
                                "last ProvisioningFailed",
                                "backend",
                                "tape")
                        .containsPattern("next .*in \\d+")
                        .contains("then "));
    }

    @Test
    void a_snapshot_of_a_claim_that_is_not_there_waits_for_its_owner() {
        Snapshots snapshots = new Snapshots(bench, sandbox);
        snapshots.take("snap", "nothing", "solo-local");

        assertThat(explained("snapshot", "snap"))
                .contains("waits for what is needed to take it", "nothing", "the owner of the claim");
        snapshots.delete("snap");
        snapshots.awaitGone("snap");
    }

    @Test
    void a_claim_in_a_file_shows_the_request_that_the_driver_would_get(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("claim.yaml"), """
                apiVersion: v1
                kind: PersistentVolumeClaim
                metadata: {name: planned}
                spec:
                  storageClassName: solo-local-immediate
                  accessModes: [ReadWriteOnce]
                  resources: {requests: {storage: 3Mi}}
                """);

        assertThat(run("pvc", "-f", file.toString()))
                .contains("CreateVolume", "\"required_bytes\":3145728", "\"backend\":\"dir\"");
        assertThat(sandbox.claims()).isEmpty();
    }

    private String versionOf(String claim) {
        return sandbox.claims().stream()
                .filter(one -> one.getMetadata().getName().equals(claim))
                .findFirst()
                .orElseThrow()
                .getMetadata()
                .getResourceVersion();
    }

    private String classWith(Map<String, String> parameters) {
        StorageClass storageClass = new StorageClassBuilder()
                .withNewMetadata()
                .withName("solo-explained")
                .endMetadata()
                .withProvisioner(LocalDriver.NAME)
                .withParameters(parameters)
                .build();
        bench.client().resource(storageClass).serverSideApply();
        return storageClass.getMetadata().getName();
    }

    private String explained(String kind, String name, String... more) {
        var arguments = new ArrayList<>(List.of(kind, name));
        arguments.addAll(List.of(more));
        return run(arguments.toArray(String[]::new));
    }

    private String run(String... arguments) {
        StringWriter said = new StringWriter();
        CommandLine command = new CommandLine(new ExplainCommand())
                .setOut(new PrintWriter(said))
                .setErr(new PrintWriter(said));
        var all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of(
                "--namespace=" + sandbox.namespace(),
                "--kubeconfig=" + bench.cluster().kubeconfig()));
        int code = command.execute(all.toArray(String[]::new));
        assertThat(code).as(said.toString()).isZero();
        return said.toString();
    }
}
