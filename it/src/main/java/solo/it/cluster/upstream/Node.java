package solo.it.cluster.upstream;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import solo.it.cluster.upstream.ClusterSpec.Child;
import solo.it.cluster.upstream.ClusterSpec.Probe;

/** containerd, the images that nothing can be pulled for, and the kubelet. */
final class Node {
    private final Layout layout;
    private final StateFolder folder;

    Node(Layout layout) {
        this.layout = layout;
        this.folder = layout.folder();
    }

    List<Child> processes() {
        return List.of(
                containerd(),
                image("pause image", folder.root().resolve("images/pause.tar")),
                image("shell image", folder.root().resolve("images/shell.tar")),
                kubelet());
    }

    static Path socket(StateFolder folder) {
        return folder.run("containerd.sock");
    }

    /** For containerd's command line, from us or as a child. */
    static List<String> importing(StateFolder folder, Path archive) {
        return List.of(
                UpstreamKubernetes.CTR.toString(),
                "--address=" + socket(folder),
                "--namespace=k8s.io",
                "images",
                "import",
                archive.toString());
    }

    /** Nothing of ours: no proxies, no KUBECONFIG, no tokens. */
    static List<String> environment(StateFolder folder) {
        return List.of("PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "HOME=" + folder.root());
    }

    private Child containerd() {
        var environment = new ArrayList<>(environment(folder));
        environment.add("SOLO_RUNC=" + UpstreamKubernetes.RUNC);
        var argv = List.of(UpstreamKubernetes.CONTAINERD.toString(), "--config=" + folder.config("containerd.toml"));
        return new Child(
                "containerd",
                argv,
                environment,
                folder.log("containerd").toString(),
                List.of(),
                Probe.unix(socket(folder)),
                false,
                true,
                2000);
    }

    private Child image(String name, Path archive) {
        return new Child(
                name,
                importing(folder, archive),
                environment(folder),
                folder.log(name.replace(' ', '-')).toString(),
                List.of("containerd"),
                Probe.once(),
                false,
                false,
                100);
    }

    private Child kubelet() {
        var argv = List.of(
                layout.programs().cluster().toString(),
                "mounts",
                folder.kubelet().toString(),
                "--",
                layout.programs().kubernetes().toString(),
                "kubelet",
                "--config=" + folder.config("kubelet.yaml"),
                "--kubeconfig=" + folder.key("kubelet.kubeconfig"),
                "--hostname-override=" + Layout.NODE,
                "--node-ip=" + layout.addresses().bridge(),
                "--root-dir=" + folder.kubelet(),
                "--cert-dir=" + folder.root().resolve("pki"));
        var node = layout.addresses().url() + "/api/v1/nodes/" + Layout.NODE;
        return new Child(
                "kubelet",
                argv,
                environment(folder),
                folder.log("kubelet").toString(),
                List.of("kube-apiserver", "containerd"),
                Probe.node(node, folder.kubeconfig()),
                true,
                false,
                2000);
    }
}
