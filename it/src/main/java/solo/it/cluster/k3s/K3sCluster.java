package solo.it.cluster.k3s;

import com.github.dockerjava.api.command.CreateContainerCmd;
import com.github.dockerjava.api.model.AccessMode;
import com.github.dockerjava.api.model.Bind;
import com.github.dockerjava.api.model.ExposedPort;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.PortBinding;
import com.github.dockerjava.api.model.Ports;
import com.github.dockerjava.api.model.PropagationMode;
import com.github.dockerjava.api.model.SELContext;
import com.github.dockerjava.api.model.Volume;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.testcontainers.containers.Container.ExecResult;
import org.testcontainers.k3s.K3sContainer;
import org.testcontainers.utility.DockerImageName;
import org.testcontainers.utility.MountableFile;
import solo.it.cluster.ClusterException;
import solo.it.cluster.ClusterOptions;
import solo.it.cluster.Command;
import solo.it.cluster.DebianPackages;
import solo.it.cluster.LocalCluster;
import solo.it.cluster.Progress;
import solo.it.cluster.Ticker;

/** One running k3s container, its kubelet folder shared with the host where we are root there. */
final class K3sCluster implements LocalCluster {
    private static final String NODE = "solo-k3s";

    private final K3sContainer container;
    private final Path kubeconfig;
    private final Path kubelet;
    private final boolean shared;
    private final Process mourner;

    private K3sCluster(K3sContainer container, Path kubeconfig, Path kubelet, boolean shared) throws IOException {
        this.container = container;
        this.kubeconfig = kubeconfig;
        this.kubelet = kubelet;
        this.shared = shared;
        this.mourner = removeWhenWeDie(container.getContainerId(), kubelet);
    }

    static K3sCluster start(String image, ClusterOptions options, Progress progress) {
        var kubelet = options.state().resolve("k3s/kubelet");
        var shared = DebianPackages.isRoot();
        var container = new K3sContainer(DockerImageName.parse(image));
        try {
            Files.createDirectories(kubelet);
            if (shared) {
                unmount(kubelet);
                mount("--bind", kubelet.toString(), kubelet.toString());
                mount("--make-private", kubelet.toString());
                mount("--make-shared", kubelet.toString());
                // At the same path inside, since the kubelet tells the driver paths.
                container.withCreateContainerCmdModifier(command -> share(command, kubelet));
            }
            container.withCreateContainerCmdModifier(K3sCluster::publishOnLoopback);
            container.withCommand(flags(container.getHost(), shared ? kubelet : Path.of("/var/lib/kubelet")));
            ticking("start k3s", progress, container::start);
            ticking(
                    "node ready",
                    progress,
                    () -> run(container, "kubectl", "wait", "--for=condition=Ready", "node/" + NODE, "--timeout=60s"));
            return new K3sCluster(container, writeKubeconfig(container, options.state()), kubelet, shared);
        } catch (IOException e) {
            container.stop();
            throw new UncheckedIOException("cannot use " + options.state(), e);
        } catch (RuntimeException e) {
            container.stop();
            throw e;
        }
    }

    private static String[] flags(String host, Path kubelet) {
        return Stream.of(
                        "server",
                        // Each would pull an image.
                        "--disable=traefik,metrics-server,servicelb,local-storage",
                        "--node-name=" + NODE,
                        "--tls-san=" + host,
                        "--kubelet-arg=root-dir=" + kubelet)
                .toArray(String[]::new);
    }

    private static void share(CreateContainerCmd command, Path kubelet) {
        var host = hostConfig(command);
        var binds = new ArrayList<>(host.getBinds() == null ? List.of() : Arrays.asList(host.getBinds()));
        binds.add(new Bind(
                kubelet.toString(),
                new Volume(kubelet.toString()),
                AccessMode.rw,
                SELContext.none,
                false,
                PropagationMode.RSHARED));
        host.withBinds(binds);
    }

    private static void publishOnLoopback(CreateContainerCmd command) {
        var ports = Stream.of(K3sContainer.KUBE_SECURE_PORT, K3sContainer.RANCHER_WEBHOOK_PORT)
                .map(port -> new PortBinding(Ports.Binding.bindIp("127.0.0.1"), ExposedPort.tcp(port)))
                .toList();
        hostConfig(command).withPortBindings(ports);
    }

    private static HostConfig hostConfig(CreateContainerCmd command) {
        var host = command.getHostConfig();
        if (host == null) {
            throw new IllegalStateException("Testcontainers sets a host configuration first");
        }
        return host;
    }

    private static Path writeKubeconfig(K3sContainer container, Path folder) throws IOException {
        var file = folder.resolve("k3s/kubeconfig");
        Files.deleteIfExists(file);
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        return Files.writeString(file, container.getKubeConfigYaml());
    }

    /** Testcontainers' reaper is an image more to pull, so a shell waits for the end of our stdin, that is of us. */
    private static Process removeWhenWeDie(String id, Path kubelet) throws IOException {
        var script = "trap '' INT HUP; cat; docker rm --force --volumes \"$0\"; umount --recursive --lazy \"$1\"";
        return new ProcessBuilder("/bin/sh", "-c", script, id, kubelet.toString())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private static void ticking(String step, Progress progress, Runnable action) {
        progress.step(step, () -> {
            try (var _ = new Ticker(() -> progress.fraction(step, OptionalDouble.empty()))) {
                action.run();
            }
        });
    }

    private static void mount(String... arguments) {
        new Command(
                        "mounting",
                        Stream.concat(Stream.of("mount"), Stream.of(arguments)).toArray(String[]::new))
                .output();
    }

    private static void unmount(Path folder) throws IOException {
        while (Files.readString(Path.of("/proc/self/mountinfo")).contains(" " + folder + " ")) {
            new Command("unmounting", "umount", "--recursive", "--lazy", folder.toString()).output();
        }
    }

    private static void run(K3sContainer container, String... argv) {
        try {
            ExecResult result = container.execInContainer(argv);
            if (result.getExitCode() != 0) {
                throw new ClusterException(String.join(" ", argv) + " failed in the k3s container: "
                        + result.getStderr().strip());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ClusterException("interrupted", e);
        }
    }

    @Override
    public String description() {
        return container.getDockerImageName() + " in the container "
                + container.getContainerId().substring(0, 12);
    }

    @Override
    public Path kubeconfig() {
        return kubeconfig;
    }

    @Override
    public String nodeName() {
        return NODE;
    }

    @Override
    public Path kubeletDirectory() {
        return shared ? kubelet : Path.of("/var/lib/kubelet");
    }

    @Override
    public boolean nodeHalfOnHost() {
        return shared;
    }

    @Override
    public void loadImage(Path archive) {
        container.copyFileToContainer(MountableFile.forHostPath(archive), "/image.tar");
        run(container, "ctr", "--namespace=k8s.io", "images", "import", "/image.tar");
    }

    @Override
    public String shellImage() {
        return "docker.io/library/busybox:1";
    }

    @Override
    public boolean isRunning() {
        return container.isRunning();
    }

    @Override
    public void close() {
        container.stop();
        try {
            mourner.outputWriter().close();
            mourner.waitFor();
            if (shared) {
                unmount(kubelet);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
