package solo.it;

import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.DaemonSetStatus;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import solo.it.chart.Helm;
import solo.it.up.Checkout;

/** The chart, installed by Helm as a release of its own namespace; closing uninstalls it. */
final class Installed implements AutoCloseable {

    static final String NAMESPACE = "solo-chart";
    private static final String RELEASE = "chart";
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Bench bench;
    private final Helm helm;
    private final Path chart;
    private final Path state;

    private Installed(Bench bench, Helm helm, Path chart) {
        this.bench = bench;
        this.helm = helm;
        this.chart = chart;
        this.state = Bench.freshState();
    }

    /**
     * Installs it and waits until its pods are ready.
     *
     * @param values YAML on top of what this cluster needs; {@code STATE}, {@code KUBELET} and {@code NODE} in it are
     *     replaced by this cluster's
     */
    static Installed with(Bench bench, Helm helm, String values) {
        return with(bench, helm, Checkout.folder().resolve("charts/solo"), values);
    }

    /** The same with another chart, a folder or a packed one. */
    static Installed with(Bench bench, Helm helm, Path chart, String values) {
        Installed installed = new Installed(bench, helm, chart);
        try {
            installed.helm("install", chart, values);
            installed.awaitReady();
        } catch (RuntimeException failed) {
            System.out.println(installed.whatIsWrong());
            installed.close();
            throw failed;
        }
        return installed;
    }

    /** {@code helm upgrade} to other values. */
    void upgrade(String values) {
        upgrade(chart, values);
    }

    /** The same to another chart. */
    void upgrade(Path other, String values) {
        helm("upgrade", other, values);
        awaitReady();
    }

    void rollback() {
        run("rollback", RELEASE, "--wait", "--timeout=180s");
        awaitReady();
    }

    /** Helm is content while as many pods are missing as an update may take away, here the only one of a DaemonSet. */
    private void awaitReady() {
        await().atMost(PATIENCE).until(() -> {
            DaemonSetStatus now = bench.client()
                    .apps()
                    .daemonSets()
                    .inNamespace(NAMESPACE)
                    .withName(RELEASE + "-solo-node")
                    .require()
                    .getStatus();
            return Integer.valueOf(1).equals(now.getNumberReady())
                    && Integer.valueOf(1).equals(now.getUpdatedNumberScheduled());
        });
    }

    private void helm(String command, Path chart, String values) {
        run(
                command,
                RELEASE,
                chart.toString(),
                "--create-namespace",
                "--values=" + file(clusterValues()),
                "--values=" + file(values),
                "--wait",
                "--timeout=180s");
    }

    private void run(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.add("--namespace=" + NAMESPACE);
        all.add("--kubeconfig=" + bench.cluster().kubeconfig());
        helm.run(all);
    }

    /** Without kube-proxy there is no Service of the API server: pods share the node's network and are told where it is. */
    private String clusterValues() {
        if (bench.cluster().hasServices()) {
            return "node: {kubeletPath: KUBELET}\ndriver: {stateDir: STATE}\n";
        }
        URI server = URI.create(bench.client().getConfiguration().getMasterUrl());
        String network = """
                  hostNetwork: true
                  httpPort: %d
                  extraEnv:
                    - {name: KUBERNETES_SERVICE_HOST, value: "%s"}
                    - {name: KUBERNETES_SERVICE_PORT, value: "%d"}
                """;
        return "driver: {stateDir: STATE}\ncontroller:\n"
                // Two replicas on one node's network cannot have the same port.
                + network.formatted(0, server.getHost(), server.getPort())
                + "node:\n  kubeletPath: KUBELET\n"
                + network.formatted(Ports.free(), server.getHost(), server.getPort());
    }

    private Path file(String yaml) {
        try {
            return Files.writeString(
                    Files.createTempFile("solo-it-", ".yaml"),
                    yaml.replace("KUBELET", bench.cluster().kubeletDirectory().toString())
                            .replace("STATE", state.toString())
                            .replace("NODE", bench.cluster().nodeName()));
        } catch (IOException full) {
            throw new UncheckedIOException(full);
        }
    }

    List<Pod> pods(String component) {
        return bench.client()
                .pods()
                .inNamespace(NAMESPACE)
                .withLabel("app.kubernetes.io/component", component)
                .list()
                .getItems();
    }

    /** The images that Solo's containers run now, of pods that are to stay. */
    Set<String> images() {
        return Stream.of("controller", "node")
                .flatMap(component -> pods(component).stream())
                .filter(pod -> pod.getMetadata().getDeletionTimestamp() == null)
                .flatMap(pod -> pod.getSpec().getContainers().stream())
                .filter(container -> container.getName().equals("solo"))
                .map(Container::getImage)
                .collect(Collectors.toSet());
    }

    /** Who holds the lease, once somebody does: a pod's name and eight digits that tell its runs apart. */
    String holder() {
        return await().atMost(PATIENCE)
                .until(
                        () -> {
                            String holder = bench.client()
                                    .leases()
                                    .inNamespace(NAMESPACE)
                                    .withName("local-csi-solo")
                                    .require()
                                    .getSpec()
                                    .getHolderIdentity();
                            return holder == null ? "" : holder;
                        },
                        holder -> !holder.isEmpty());
    }

    /** Where the bundled driver keeps its volumes, for pods and for this machine. */
    Path state() {
        return state;
    }

    private String whatIsWrong() {
        StringBuilder text = new StringBuilder();
        var client = bench.client();
        client.v1().events().inNamespace(NAMESPACE).list().getItems().stream()
                .filter(event -> "Warning".equals(event.getType()))
                .forEach(event -> text.append(event.getReason())
                        .append(": ")
                        .append(event.getMessage())
                        .append('\n'));
        for (Pod pod : client.pods().inNamespace(NAMESPACE).list().getItems()) {
            String name = pod.getMetadata().getName();
            text.append(name).append(' ').append(pod.getStatus().getPhase()).append('\n');
            pod.getSpec().getContainers().forEach(container -> text.append(log(name, container.getName())));
        }
        return text.toString();
    }

    private String log(String pod, String container) {
        try {
            return bench.client()
                    .pods()
                    .inNamespace(NAMESPACE)
                    .withName(pod)
                    .inContainer(container)
                    .tailingLines(30)
                    .getLog();
        } catch (RuntimeException none) {
            return "no log of " + container + ": " + none.getMessage() + "\n";
        }
    }

    @Override
    public void close() {
        run("uninstall", RELEASE, "--wait", "--ignore-not-found");
    }
}
