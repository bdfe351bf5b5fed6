package solo.it.cluster.upstream;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import solo.it.cluster.ClusterOptions;
import solo.it.cluster.Command;
import solo.it.cluster.LocalCluster;
import solo.it.cluster.Progress;

/** The processes of one upstream cluster and how to speak to them. */
final class UpstreamCluster implements LocalCluster {
    private static final List<String> START_EMPTY = List.of("etcd", "containerd", "run", "kubelet", "pods");

    private final Layout layout;
    private final Audit audit;
    private final Supervisor supervisor;

    private UpstreamCluster(Layout layout, Audit audit, Supervisor supervisor) {
        this.layout = layout;
        this.audit = audit;
        this.supervisor = supervisor;
    }

    static UpstreamCluster start(StateFolder folder, GoPrograms programs, ClusterOptions options, Progress progress) {
        var layout = new Layout(folder, programs, Addresses.choose(folder));
        var audit = new Audit(folder, options.audited());
        progress.step("keys, configuration, images", () -> prepare(layout, audit));
        var processes = Stream.concat(
                        new ControlPlane(layout, audit.flags()).processes(options.controllerRequests()).stream(),
                        new Node(layout).processes().stream())
                .toList();
        var spec = new ClusterSpec(
                folder.name(),
                folder.root().toString(),
                folder.kubelet().toString(),
                START_EMPTY,
                layout.addresses().bridge() + "/24",
                processes);
        return new UpstreamCluster(layout, audit, Supervisor.start(layout, spec, progress));
    }

    private static void prepare(Layout layout, Audit audit) {
        var folder = layout.folder();
        try {
            Files.createDirectories(folder.root().resolve("logs"));
            var url = layout.addresses().url();
            new Command(
                            "making the cluster's keys",
                            layout.programs().cluster().toString(),
                            "pki",
                            folder.root().resolve("pki").toString(),
                            Layout.NODE,
                            url)
                    .output();
            new NodeFiles(layout).write();
            audit.write();
            TestImages.write(layout.programs(), folder.root().resolve("images"));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write the cluster's files below " + folder.root(), e);
        }
    }

    @Override
    public String description() {
        return "upstream Kubernetes " + layout.programs().version() + " in "
                + layout.folder().root();
    }

    @Override
    public Path kubeconfig() {
        return layout.folder().kubeconfig();
    }

    @Override
    public String nodeName() {
        return Layout.NODE;
    }

    @Override
    public Path kubeletDirectory() {
        return layout.folder().kubelet();
    }

    @Override
    public boolean nodeHalfOnHost() {
        return true;
    }

    @Override
    public void loadImage(Path archive) {
        var argv = Node.importing(layout.folder(), archive.toAbsolutePath());
        new Command("loading " + archive, argv, Path.of("/"), Map.of()).output();
    }

    @Override
    public Optional<Path> containerd() {
        return Optional.of(Node.socket(layout.folder()));
    }

    @Override
    public Optional<Path> auditLog() {
        return audit.log();
    }

    @Override
    public String shellImage() {
        return Layout.SHELL_IMAGE;
    }

    @Override
    public boolean hasServices() {
        return false;
    }

    @Override
    public boolean isRunning() {
        return supervisor.isRunning();
    }

    @Override
    public void close() {
        supervisor.end();
        layout.folder().release();
    }
}
