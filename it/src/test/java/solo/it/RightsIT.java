package solo.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import solo.app.Role;
import solo.app.options.ControllerChoice;
import solo.app.options.SoloOptions;
import solo.csi.InProcessCalls;
import solo.csi.RpcDriver;
import solo.driver.LocalDriver;
import solo.driver.LocalDriverOptions;
import solo.driver.LocalDriverOptions.Feature;

/**
 * The chart's rights are those that a life with everything in it uses, as the API server's audit log tells. What holds the
 * same without a cluster is {@code solo.app.simulation.RightsTest}.
 */
@ExtendWith(RealCluster.class)
class RightsIT {

    /** What a real cluster cannot be made to need when one wants it to, and the test that needs it. */
    private static final Map<String, String> SHOWN_BY = Map.of(
            // Read only when a cache still shows a claim whose volume is deleted already (#1469).
            "/persistentvolumeclaims get", "UnfinishedVolumeTest",
            // Read only when a group goes whose content the cache does not show.
            "groupsnapshot.storage.k8s.io/volumegroupsnapshotcontents get", "GroupTrapsTest");

    private static final Map<String, String> LABELS = Map.of("app", "rights");

    private static final String NOW = "rights-now";
    private static final String LATE = "rights-late";

    private final Bench bench;
    private final Path state = Bench.freshState();
    private RightsStage stage;

    RightsIT(Bench bench) {
        this.bench = bench;
    }

    @BeforeEach
    void classes_and_a_driver_that_attaches() {
        boolean audited = bench.cluster().auditLog().isPresent();
        if (!audited) {
            System.out.println("RightsIT: left out: this cluster's audit log cannot be read from here");
        }
        Assumptions.assumeTrue(audited);
        stage = RightsStage.set(bench);
    }

    @AfterEach
    void all_of_it_is_gone() {
        if (stage != null) {
            stage.close();
        }
    }

    @Test
    void a_life_with_everything_in_it_uses_every_right_of_the_chart_and_misses_none() {
        try (Account account = Account.of(bench, "rights");
                Sandbox sandbox = bench.sandbox("rights")) {
            AuditLog log = log(account);
            Story story = new Story(log);
            Snapshots snapshots = new Snapshots(bench, sandbox);
            GroupSnapshots groups = new GroupSnapshots(bench, sandbox);
            try (SoloUnderTest solo = start(account)) {
                story.step("a claim whose secret is missing is told so twice, then gets its volume", () -> {
                    sandbox.claim("now", NOW);
                    await().atMost(Duration.ofMinutes(1)).until(() -> toldTwice(sandbox, "now"));
                    secret();
                    sandbox.awaitBound("now");
                });
                story.step("a pod's volume of a class of attributes is made late, attached and written to", () -> {
                    stage.claimOf(sandbox, "late", LATE, "rights-gold");
                    sandbox.pod("writer", "late", "head -c 9000000 /dev/urandom > /data/noise && sync && sleep 3600");
                    sandbox.awaitRunning("writer");
                });
                story.step("it gets other attributes", () -> stage.modify(sandbox, "late", "rights-silver"));
                story.step("it grows", () -> {
                    sandbox.request("late", "32Mi");
                    sandbox.awaitCapacity("late", "32Mi");
                });
                story.step("a claim is cloned", () -> {
                    sandbox.clone("copy", NOW, "16Mi", "now");
                    sandbox.awaitBound("copy");
                });
                story.step("a snapshot is taken and restored", () -> {
                    snapshots.take("snap", "now", "solo-local");
                    snapshots.awaitReady("snap");
                    snapshots.restore("restored", "snap", NOW, "16Mi");
                    sandbox.awaitBound("restored");
                });
                story.step("a group of snapshots is taken", () -> {
                    groups.groupClass("rights-together");
                    sandbox.label("now", LABELS);
                    groups.take("group", "rights-together", LABELS);
                    groups.awaitReady("group");
                });
                story.step("its owner hears that a volume is gone", () -> {
                    Path gone =
                            folder(sandbox.volumeOf("copy").getSpec().getCsi().getVolumeHandle());
                    move(gone, state.resolve("aside"));
                    await().atMost(Duration.ofMinutes(1))
                            .until(() -> sandbox.events("copy").stream()
                                    .anyMatch(event -> event.getReason().equals("VolumeConditionAbnormal")));
                    move(state.resolve("aside"), gone);
                });
                story.step(
                        "how much room there is, is said and said anew",
                        () -> await().atMost(Duration.ofMinutes(1))
                                .until(() -> log.used().contains("storage.k8s.io/csistoragecapacities patch")));
                assertThat(solo.volumes()).hasSize(4);
            }
            story.step("another process takes over and makes what was asked for meanwhile", () -> {
                sandbox.claim("meanwhile", NOW);
                try (SoloUnderTest _ = start(account)) {
                    sandbox.awaitBound("meanwhile");
                    sandbox.deletePod("writer");
                    snapshots.delete("snap");
                    groups.delete("group");
                    groups.awaitGone("group");
                    await().atMost(Duration.ofMinutes(1))
                            .until(() -> groups.contents(sandbox.namespace()).isEmpty());
                    List<String> volumes = sandbox.claims().stream()
                            .map(claim -> claim.getSpec().getVolumeName())
                            .toList();
                    sandbox.claims()
                            .forEach(claim ->
                                    sandbox.deleteClaim(claim.getMetadata().getName()));
                    volumes.forEach(sandbox::awaitVolumeGone);
                    snapshots.awaitGone("snap");
                    bench.client()
                            .storage()
                            .v1()
                            .storageClasses()
                            .withName(LATE)
                            .delete();
                    await().atMost(Duration.ofMinutes(1))
                            .until(() -> log.used().contains("storage.k8s.io/csistoragecapacities delete"));
                }
            });

            Set<String> used = new TreeSet<>(log.used());
            System.out.println("rights used: " + used.size() + ", granted: "
                    + account.granted().size());
            assertThat(log.missing()).as("asked for, but not granted").isEmpty();
            used.addAll(SHOWN_BY.keySet());
            Set<String> unused = new TreeSet<>(account.granted());
            unused.removeAll(used);
            assertThat(unused).as("granted, but never used").isEmpty();
        }
    }

    @Test
    void without_one_of_them_something_fails_and_says_which_one_is_missing() {
        secret();
        try (Account account = Account.of(bench, "less");
                Sandbox sandbox = bench.sandbox("less");
                SoloUnderTest _ = start(account)) {
            Snapshots snapshots = new Snapshots(bench, sandbox);
            without(account, "persistentvolumes", "create", () -> {
                sandbox.claim("unsaved", NOW);
                awaitTold(sandbox, "unsaved", "cannot create resource \"persistentvolumes\"");
            });
            without(account, "secrets", "get", () -> {
                sandbox.claim("secretless", NOW);
                awaitTold(sandbox, "secretless", "cannot get resource \"secrets\"");
            });
            List.of("unsaved", "secretless").forEach(sandbox::awaitBound);
            without(account, "volumesnapshotcontents", "create", () -> {
                snapshots.take("contentless", "unsaved", "solo-local");
                awaitTold(sandbox, "contentless", "cannot create resource \"volumesnapshotcontents\"");
            });
            snapshots.awaitReady("contentless");

            snapshots.delete("contentless");
            snapshots.awaitGone("contentless");
            List<String> volumes = sandbox.claims().stream()
                    .map(claim -> claim.getSpec().getVolumeName())
                    .toList();
            sandbox.claims()
                    .forEach(claim -> sandbox.deleteClaim(claim.getMetadata().getName()));
            volumes.forEach(sandbox::awaitVolumeGone);
            assertThat(log(account).missing())
                    .containsExactlyInAnyOrder(
                            "/persistentvolumes create",
                            "/secrets get",
                            "snapshot.storage.k8s.io/volumesnapshotcontents create");
        }
    }

    /** Steps that say what they were when they fail, and what the API server had refused by then. */
    private record Story(AuditLog log) {
        void step(String what, Runnable step) {
            try {
                step.run();
            } catch (RuntimeException | AssertionError failed) {
                throw new AssertionError("it failed that " + what + "; missing rights: " + log.missing(), failed);
            }
        }
    }

    private void without(Account account, String resource, String verb, Runnable step) {
        account.takeAway(resource, verb);
        // The authorizer sees the role by a watch of its own.
        await().atMost(Duration.ofSeconds(30)).until(() -> !stage.may(account.user(), resource, verb));
        step.run();
        account.giveBack();
    }

    private static void awaitTold(Sandbox sandbox, String object, String sentence) {
        await().atMost(Duration.ofMinutes(1))
                .untilAsserted(() -> assertThat(sandbox.events(object))
                        .anySatisfy(event -> assertThat(event.getMessage()).contains(sentence)));
    }

    private static boolean toldTwice(Sandbox sandbox, String claim) {
        return sandbox.events(claim).stream()
                .anyMatch(event -> event.getReason().equals("ProvisioningFailed")
                        && event.getCount() != null
                        && event.getCount() > 1);
    }

    private AuditLog log(Account account) {
        return new AuditLog(bench.cluster().auditLog().orElseThrow(), account.user());
    }

    private SoloUnderTest start(Account account) {
        SoloOptions options = SoloUnderTest.options(bench, state);
        options.kubernetes.kubeconfig = ServiceAccountKubeconfig.of(bench, account.name());
        options.inProcess = (driver, node) -> new RpcDriver(new Modifying(new InProcessCalls(LocalDriver.open(
                LocalDriverOptions.of(node, driver.stateDir).with(Set.of(Feature.TOPOLOGY, Feature.ATTACH))))));
        options.controllers.choice = ControllerChoice.parse("*,snapshot-controller,healthmonitor");
        options.healthMonitor.listInterval = Duration.ofSeconds(1);
        options.healthMonitor.nodes = true;
        options.election.enabled = true;
        options.election.namespace = Account.NAMESPACE;
        options.shared.featureGates = List.of("CrossNamespaceVolumeDataSource=true");
        options.capacity.enabled = true;
        options.capacity.ownerRefLevel = 2;
        options.capacity.pollInterval = Duration.ofSeconds(1);
        options.environment = Map.of("NAMESPACE", Account.NAMESPACE, "POD_NAME", stage.pod());
        return SoloUnderTest.start(Set.of(Role.CONTROLLER, Role.NODE), options).registered();
    }

    private void secret() {
        bench.client()
                .resource(new SecretBuilder()
                        .withNewMetadata()
                        .withNamespace("default")
                        .withName("rights")
                        .endMetadata()
                        .withStringData(Map.of("token", "t"))
                        .build())
                .serverSideApply();
    }

    private Path folder(String handle) {
        try (Stream<Path> files = Files.walk(state)) {
            return files.filter(file -> file.endsWith(handle) && Files.isDirectory(file))
                    .findFirst()
                    .orElseThrow();
        } catch (IOException unreadable) {
            throw new AssertionError(unreadable);
        }
    }

    private static void move(Path from, Path to) {
        try {
            Files.move(from, to);
        } catch (IOException failed) {
            throw new AssertionError(failed);
        }
    }
}
