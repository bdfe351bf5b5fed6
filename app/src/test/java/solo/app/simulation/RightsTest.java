package solo.app.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import solo.kube.fabric8.Manifest;
import solo.kube.model.Json;
import solo.simulation.Scenario;
import solo.simulation.Simulation;

/**
 * The roles of charts/manifests are what the controllers ask of a simulated API server, verb by verb; ChartTest holds the
 * chart to the same, and RightsIT asks a real API server.
 */
class RightsTest {
    private static final Path MANIFESTS = Path.of("../charts/manifests");
    private static final int SEEDS = 20;

    /** What does not go through the controllers' ports, or needs more luck than these seeds have: who shows it. */
    private static final Map<String, String> SHOWN_BY = Map.of(
            "/events create", "EventRecorderTest",
            "/events patch", "EventRecorderTest",
            "coordination.k8s.io/leases get", "LeaseElectionTest",
            "coordination.k8s.io/leases create", "LeaseElectionTest",
            "coordination.k8s.io/leases update", "LeaseElectionTest",
            "coordination.k8s.io/leases watch", "LeaseElectionTest",
            // Read only when a cache shows a claim whose volume this process has deleted (#1469).
            "/persistentvolumeclaims get", "UnfinishedVolumeTest",
            // Read only when a group goes whose content the cache does not show.
            "groupsnapshot.storage.k8s.io/volumegroupsnapshotcontents get", "GroupTrapsTest");

    @TempDir
    private Path folder = Path.of("");

    @Test
    void the_controllers_role_is_what_the_controllers_ask_for() throws IOException {
        Set<String> asked = new TreeSet<>(SHOWN_BY.keySet());
        asked.addAll(asked(() -> AllControllers.scenario().users(() -> new LivingUsers(12))));
        asked.addAll(asked(() -> AllControllers.withSnapshots().users(() -> new RestoringUsers(16))));
        asked.addAll(asked(EverythingOn::inOnePlace));

        assertSame(asked, granted("30-rbac.yaml"));
    }

    /** There is no lease on nodes, and no snapshot-controller. */
    @Test
    void the_role_of_nodes_is_what_provisioner_and_snapshotter_ask_for_there() throws IOException {
        Set<String> asked = new TreeSet<>(asked(EverythingOn::onANode));
        SHOWN_BY.keySet().stream().filter(right -> right.startsWith("/")).forEach(asked::add);

        assertSame(asked, granted("node-deployment/30-rbac.yaml"));
    }

    @Test
    void the_role_of_a_snapshot_controller_alone_is_what_it_asks_for() throws IOException {
        Set<String> asked = new TreeSet<>();
        var _ = asked(
                () -> AllControllers.withSnapshotControllerElsewhere(asked).users(() -> new RestoringUsers(16)));
        SHOWN_BY.keySet().stream()
                .filter(right -> !right.equals("/persistentvolumeclaims get"))
                .forEach(asked::add);

        assertSame(asked, granted("node-deployment/40-snapshot-controller.yaml"));
    }

    @Test
    void who_shows_the_rest_is_there() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of(".."))) {
            assertThat(files.map(file -> file.getFileName().toString()).filter(name -> name.endsWith("Test.java")))
                    .containsAll(SHOWN_BY.values().stream()
                            .map(test -> test + ".java")
                            .toList());
        }
    }

    private static void assertSame(Set<String> asked, Set<String> granted) {
        assertThat(without(asked, granted)).as("asked for, but not granted").isEmpty();
        assertThat(without(granted, asked)).as("granted, but never asked for").isEmpty();
    }

    private static Set<String> without(Set<String> all, Set<String> these) {
        Set<String> left = new TreeSet<>(all);
        left.removeAll(these);
        return left;
    }

    private static Set<String> asked(Supplier<Scenario> scenario) {
        Set<String> asked = new TreeSet<>();
        for (long seed = 1; seed <= SEEDS; seed++) {
            Simulation simulation = new Simulation(scenario.get(), seed);
            var _ = simulation.run();
            asked.addAll(simulation.world().server().requests().rights());
        }
        return asked;
    }

    /** With the rules that are there to be uncommented. */
    private Set<String> granted(String file) throws IOException {
        String yaml =
                Files.readString(MANIFESTS.resolve(file)).replaceAll("(?m)^  # (?=- api|  (resources|verbs):)", "  ");
        Set<String> granted = new TreeSet<>();
        for (Map<String, Object> object : Manifest.read(Files.writeString(folder.resolve("rbac.yaml"), yaml))) {
            for (Json rule : new Json(object).at("rules").items()) {
                for (String group : rule.at("apiGroups").texts()) {
                    for (String resource : rule.at("resources").texts()) {
                        rule.at("verbs").texts().forEach(verb -> granted.add(group + "/" + resource + " " + verb));
                    }
                }
            }
        }
        return granted;
    }
}
