package solo.it.bench;

import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import solo.app.Role;
import solo.app.SoloProcess;
import solo.app.SoloVersion;
import solo.app.StartupProblem;
import solo.app.Verbosity;
import solo.app.options.ControllerChoice;
import solo.app.options.SoloOptions;
import solo.it.cluster.ClusterException;
import solo.it.cluster.ClusterOptions;
import solo.it.cluster.Clusters;
import solo.it.cluster.LocalCluster;
import solo.it.up.Checkout;
import solo.it.up.Manifests;
import solo.it.up.Terminal;

/** {@code solo bench}: how fast a claim becomes a volume here, and how many API calls it costs. */
@Command(
        name = "bench",
        customSynopsis = "solo bench [OPTIONS]",
        mixinStandardHelpOptions = true,
        versionProvider = SoloVersion.class,
        sortOptions = false,
        description = "Claims at once on a local cluster whose controller-manager may make 2000 requests a second.")
public final class BenchCommand implements Callable<Integer> {

    @Option(names = "--claims", paramLabel = "N", defaultValue = "500", description = "Default: ${DEFAULT-VALUE}.")
    private int claims;

    @Option(
            names = "--attachments",
            paramLabel = "N",
            defaultValue = "0",
            description = "Attach and detach so many volumes instead, without pods.")
    private int attachments;

    @Option(
            names = "--expansions",
            paramLabel = "N",
            defaultValue = "0",
            description = "Expand so many claims instead, or after that.")
    private int expansions;

    @Option(
            names = "--snapshots",
            paramLabel = "N",
            defaultValue = "0",
            description = "Take and delete so many snapshots of one claim instead, or after that.")
    private int snapshots;

    @Option(
            names = "--controller-manager-qps",
            paramLabel = "N",
            defaultValue = "2000",
            description =
                    "What the controller-manager may ask a second; 20 is its own default. Default: ${DEFAULT-VALUE}.")
    private int controllerManager;

    @Option(names = "--rounds", paramLabel = "N", defaultValue = "2", description = "Default: ${DEFAULT-VALUE}.")
    private int rounds;

    @Option(
            names = "--instead",
            paramLabel = "COMMAND",
            description = "A Go sidecar to compare with, and its flags: it works in Solo's place after each of Solo's"
                    + " rounds; only claims are left to Solo's provisioner where they are not what is measured. Added"
                    + " are --kubeconfig, --csi-address and request limits that do not bind. Can be repeated.")
    private List<String> instead = List.of();

    @Mixin
    private final SoloOptions options = new SoloOptions();

    @Override
    public Integer call() throws StartupProblem, InterruptedException {
        Terminal terminal = Terminal.standard();
        ClusterOptions cluster = ClusterOptions.standard()
                .withState(ClusterOptions.standard().state().resolveSibling("bench"))
                .withControllerRequests(controllerManager);
        try (LocalCluster running = Clusters.choose(cluster, terminal::say).start(cluster, terminal);
                KubernetesClient client = Checkout.client(running.kubeconfig())) {
            new Manifests(Checkout.folder()).apply(client);
            options.kubernetes.kubeconfig = running.kubeconfig();
            options.driver.nodeId = running.nodeName();
            options.node.kubeletDir = running.kubeletDirectory();
            options.driver.stateDir = running.kubeletDirectory().resolve("solo");
            // Only the bench's own attachments: pods of this driver wait for none.
            options.driver.attach |= attachments > 0;
            if (snapshots > 0) {
                options.controllers.choice = ControllerChoice.parse("*,snapshot-controller");
            }
            Verbosity.toFile(cluster.state().resolveSibling("bench.log"));
            if (instead.isEmpty()) {
                solo(client, running.nodeName(), terminal, rounds);
            } else {
                for (int round = 1; round <= rounds; round++) {
                    terminal.say("Solo, round " + round + " of " + rounds);
                    solo(client, running.nodeName(), terminal, 1);
                    terminal.say("instead of Solo, round " + round + " of " + rounds);
                    others(client, running.nodeName(), terminal, cluster.state().resolveSibling("bench-others.log"));
                }
            }
            return 0;
        } catch (ClusterException problem) {
            throw new StartupProblem(String.valueOf(problem.getMessage()), problem);
        }
    }

    private void solo(KubernetesClient client, String node, Terminal terminal, int rounds)
            throws StartupProblem, InterruptedException {
        try (SoloProcess solo = SoloProcess.start(Set.of(Role.CONTROLLER, Role.NODE), options)) {
            solo.awaitReady();
            for (int round = 1; round <= rounds; round++) {
                terminal.say("round " + round + " of " + rounds);
                round(client, node, terminal);
            }
        }
    }

    /** The same with the controllers of others on the socket of Solo's driver. */
    private void others(KubernetesClient client, String node, Terminal terminal, Path log)
            throws StartupProblem, InterruptedException {
        ControllerChoice chosen = options.controllers.choice;
        boolean volumesFirst = attachments + expansions + snapshots > 0;
        if (volumesFirst) {
            options.controllers.choice = ControllerChoice.parse("provisioner");
        }
        try (SoloProcess solo = SoloProcess.start(
                        volumesFirst ? Set.of(Role.CONTROLLER, Role.NODE) : Set.of(Role.NODE), options);
                OtherSidecars _ = OtherSidecars.start(instead, options, log)) {
            solo.awaitReady();
            round(client, node, terminal);
        } finally {
            options.controllers.choice = chosen;
        }
    }

    private void round(KubernetesClient client, String node, Terminal terminal) throws InterruptedException {
        if (attachments > 0) {
            new AttachingBench(client, node, terminal::say).run(attachments);
        }
        if (expansions > 0) {
            new ExpandingBench(client, terminal::say).run(expansions);
        }
        if (snapshots > 0) {
            new SnapshottingBench(client, terminal::say).run(snapshots);
        }
        if (attachments + expansions + snapshots == 0) {
            new ProvisioningBench(client, claims, terminal::say).run();
        }
    }
}
