package solo.it.up;

import csi.v1.ListVolumesRequest;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
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
import solo.csi.CsiException;
import solo.it.cluster.ClusterException;
import solo.it.cluster.ClusterOptions;
import solo.it.cluster.ClusterOptions.Packages;
import solo.it.cluster.Clusters;
import solo.it.cluster.LocalCluster;

/** {@code solo up}: from nothing to a claim that became a mounted volume, with everything in this JVM. */
@Command(
        name = "up",
        customSynopsis = "solo up [OPTIONS]",
        mixinStandardHelpOptions = true,
        versionProvider = SoloVersion.class,
        sortOptions = false,
        description = {
            "A local Kubernetes, Solo in this JVM against it, and a tour: claim, pod, data, deletion.",
            "The first run builds Kubernetes from its Go modules (about 4 minutes); later ones take seconds."
        })
public final class UpCommand implements Callable<Integer> {

    @Option(names = "--once", description = "End after the tour: exit code 0 only if every step held.")
    private boolean once;

    @Option(names = "--no-solo", description = "Leave Solo out, so that you can start 'solo all' from your IDE.")
    private boolean noSolo;

    @Option(names = "--no-install", description = "Name missing Debian packages instead of installing them.")
    private boolean noInstall;

    @Option(
            names = "--debug",
            description = "Open a debugger port on loopback, $SOLO_DEBUG_PORT or 5005 (done by the launcher).")
    @SuppressWarnings("UnusedVariable") // the launcher has acted on it before this JVM began
    private boolean debug;

    @Option(
            names = "--cluster-dir",
            paramLabel = "DIR",
            description =
                    "Where the cluster lives. Default: ~/.local/state/solo/cluster; may be deleted when it is down.")
    private @Nullable Path clusterDirectory;

    @Mixin
    private final SoloOptions options = new SoloOptions();

    private final Terminal terminal = Terminal.standard();
    private final CountDownLatch stop = new CountDownLatch(1);
    private final CountDownLatch closed = new CountDownLatch(1);

    @Override
    public Integer call() throws StartupProblem, InterruptedException {
        long start = System.nanoTime();
        ClusterOptions cluster = ClusterOptions.standard().withPackages(noInstall ? Packages.REFUSE : Packages.INSTALL);
        if (clusterDirectory != null) {
            cluster = cluster.withState(clusterDirectory);
        }
        try (LocalCluster running = startCluster(cluster)) {
            return visit(running, start);
        } catch (ClusterException problem) {
            throw new StartupProblem(String.valueOf(problem.getMessage()), problem);
        } finally {
            closed.countDown();
        }
    }

    private LocalCluster startCluster(ClusterOptions cluster) {
        return Clusters.choose(cluster, terminal::say).start(cluster, terminal);
    }

    private int visit(LocalCluster cluster, long start) throws StartupProblem, InterruptedException {
        try (KubernetesClient client = Checkout.client(cluster.kubeconfig())) {
            terminal.step(
                    "CSIDriver, StorageClasses and roles are applied",
                    () -> new Manifests(Checkout.folder()).apply(client));
            if (noSolo) {
                sayHowToStart(cluster);
                stay(cluster);
                return 0;
            }
            try (SoloProcess solo = startSolo(cluster)) {
                boolean held = tour(client, cluster, solo);
                terminal.say(String.format(
                        Locale.ROOT,
                        "%s in %.1f s",
                        held ? "every step held," : "the tour failed,",
                        (System.nanoTime() - start) / 1e9));
                if (!once && held) {
                    terminal.say("Solo is running; Ctrl-C ends it and the cluster");
                    terminal.say("  export KUBECONFIG=" + cluster.kubeconfig());
                    stay(cluster);
                }
                return held ? 0 : 1;
            }
        }
    }

    private SoloProcess startSolo(LocalCluster cluster) throws StartupProblem, InterruptedException {
        if (options.controllers.choice.equals(ControllerChoice.DEFAULT)) {
            // A cluster of our own has no other.
            options.controllers.choice = ControllerChoice.parse("*,snapshot-controller");
        }
        options.kubernetes.kubeconfig = cluster.kubeconfig();
        options.driver.nodeId = cluster.nodeName();
        options.node.kubeletDir = cluster.kubeletDirectory();
        options.driver.stateDir = volumes(cluster);
        Path log = ClusterOptions.standard().state().resolveSibling("solo.log");
        Verbosity.toFile(log);
        terminal.say("  Solo logs to " + log);
        long start = System.nanoTime();
        terminal.started("Solo starts in this JVM");
        SoloProcess solo = SoloProcess.start(Set.of(Role.CONTROLLER, Role.NODE), options);
        terminal.finished("Solo starts in this JVM", Duration.ofNanos(System.nanoTime() - start));
        return solo;
    }

    private boolean tour(KubernetesClient client, LocalCluster cluster, SoloProcess solo) {
        Supplier<Integer> volumes = () -> {
            try {
                return solo.driver()
                        .controller()
                        .listVolumes(ListVolumesRequest.getDefaultInstance())
                        .getEntriesCount();
            } catch (CsiException refused) {
                throw new TourFailure("the driver does not list its volumes: " + refused.goText(), refused);
            }
        };
        try {
            new Tour(client, cluster.shellImage(), volumes).run(terminal);
            return true;
        } catch (TourFailure failure) {
            terminal.failed("the tour", String.valueOf(failure.getMessage()));
            return false;
        }
    }

    private void sayHowToStart(LocalCluster cluster) {
        terminal.say("the cluster is up; start Solo yourself (main class solo.app.Main), for example with");
        terminal.say("  ./solo all --kubeconfig " + cluster.kubeconfig() + " --node-id " + cluster.nodeName()
                + " --kubelet-dir " + cluster.kubeletDirectory() + " --state-dir "
                + volumes(cluster));
        terminal.say("Ctrl-C ends the cluster");
    }

    /** Inside the kubelet's folder, which each start of a cluster empties: volumes must not outlive their objects. */
    private static Path volumes(LocalCluster cluster) {
        return cluster.kubeletDirectory().resolve("solo");
    }

    /** Until Ctrl-C, or until the cluster ends by itself. */
    private void stay(LocalCluster cluster) throws InterruptedException {
        Runtime.getRuntime().addShutdownHook(new Thread(this::endInOrder, "ctrl-c"));
        while (!stop.await(1, TimeUnit.SECONDS)) {
            if (!cluster.isRunning()) {
                terminal.say("the cluster has ended");
                return;
            }
        }
    }

    /** Holds the JVM until Solo and then the cluster are closed; were it late, the supervisor ends the cluster. */
    private void endInOrder() {
        stop.countDown();
        try {
            if (!closed.await(30, TimeUnit.SECONDS)) {
                terminal.say("the cluster did not end within 30 s; its supervisor ends it now");
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }
}
