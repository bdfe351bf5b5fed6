package solo.app.explain;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import solo.kube.ApiException;
import solo.resizer.ResizerOptions.AttributesClasses;
import solo.simulation.ClaimBuilder;
import solo.simulation.ModelDriver;
import solo.simulation.ObjectBuilder;
import solo.simulation.Objects;
import solo.simulation.SimulatedApiServer;
import solo.simulation.SimulatedCluster;
import solo.simulation.StorageClassBuilder;
import solo.simulation.VirtualClock;

/** What is explained is what a controller with these flags would do. */
class ExplainFlagsTest {

    private static final String ZONE = "topology.example.org/zone";

    @Command
    private static final class Flags {
        @Mixin
        private final ControllerFlags controller = new ControllerFlags();
    }

    @Test
    void the_volumes_name() throws Exception {
        assertThat(createVolume()).contains("\"name\":\"pvc-0123-abcd\"");
        assertThat(createVolume("--volume-name-prefix=vol", "--volume-name-uuid-length=6"))
                .contains("\"name\":\"vol-0123ab\"");
    }

    @Test
    void names_as_parameters() throws Exception {
        assertThat(createVolume()).doesNotContain("csi.storage.k8s.io/pvc/name");
        assertThat(createVolume("--extra-create-metadata")).contains("\"csi.storage.k8s.io/pvc/name\":\"data\"");
    }

    @Test
    void the_filesystem() throws Exception {
        assertThat(createVolume()).doesNotContain("xfs");
        assertThat(createVolume("--default-fstype=xfs")).contains("\"fs_type\":\"xfs\"");
    }

    @Test
    void the_places() throws Exception {
        assertThat(createVolume()).contains("\"" + ZONE + "\":\"a\"", "\"" + ZONE + "\":\"b\"");
        assertThat(createVolume("--immediate-topology=false")).doesNotContain(ZONE);
        assertThat(createVolume("--feature-gates=Topology=false")).doesNotContain(ZONE);
    }

    @Test
    void the_places_of_a_chosen_node() throws Exception {
        ClaimBuilder claim = claim().selectedNode("b");
        StorageClassBuilder late = storageClass().bindingMode("WaitForFirstConsumer");
        assertThat(told(List.of(claim, late)).effects().getLast()).contains("\"" + ZONE + "\":\"a\"");
        assertThat(told(List.of(claim, late), "--strict-topology").effects().getLast())
                .contains("\"" + ZONE + "\":\"b\"")
                .doesNotContain("\"" + ZONE + "\":\"a\"");
    }

    @Test
    void gates() throws Exception {
        ClaimBuilder claim = claim().with("PersistentVolumeClaim", "spec", "dataSourceRef", "kind")
                .with("source", "spec", "dataSourceRef", "name")
                .with("other", "spec", "dataSourceRef", "namespace");
        String off = told(List.of(claim, storageClass())).why();
        String on = told(List.of(claim, storageClass()), "--feature-gates=CrossNamespaceVolumeDataSource=true")
                .why();
        assertThat(off).contains("CrossNamespaceVolumeDataSource");
        assertThat(on).contains("ReferenceGrant").isNotEqualTo(off);
    }

    private static String createVolume(String... flags) throws ApiException, InterruptedException {
        return told(List.of(claim(), storageClass()), flags).effects().getLast();
    }

    private static Explanation told(List<ObjectBuilder<?>> objects, String... flags)
            throws ApiException, InterruptedException {
        Flags parsed = new Flags();
        new CommandLine(parsed).parseArgs(flags);
        VirtualClock clock = new VirtualClock();
        SimulatedApiServer server = new SimulatedApiServer(clock);
        objects.forEach(server::put);
        for (String zone : List.of("a", "b")) {
            server.put(Objects.csiNode(zone, ZONE));
            server.put(Objects.node(zone).label(ZONE, zone));
        }
        Setup setup = new Setup(parsed.controller.options(), AttributesClasses.SERVED);
        Explainer explainer = new Explainer(new SimulatedCluster(server), clock, setup);
        return requireNonNull(explainer.claim(Objects.key("default/data"))).explanation();
    }

    private static ClaimBuilder claim() {
        return Objects.claim("default/data")
                .uid("0123-abcd")
                .storageClass("fast")
                .provisioner();
    }

    private static StorageClassBuilder storageClass() {
        return Objects.storageClass("fast").provisioner(ModelDriver.NAME);
    }
}
