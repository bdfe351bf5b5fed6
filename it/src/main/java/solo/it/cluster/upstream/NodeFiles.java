package solo.it.cluster.upstream;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The configuration files of containerd, CNI and the kubelet. */
final class NodeFiles {
    private final Layout layout;
    private final StateFolder folder;

    NodeFiles(Layout layout) {
        this.layout = layout;
        this.folder = layout.folder();
    }

    void write() throws IOException {
        Files.createDirectories(folder.config("cni"));
        Files.writeString(folder.config("containerd.toml"), containerd());
        Files.writeString(folder.config("cni/solo.conflist"), network());
        Files.writeString(folder.config("kubelet.yaml"), kubelet());
    }

    private String containerd() {
        return """
                version = 2
                root = "%1$s/containerd/root"
                state = "%1$s/containerd/state"
                oom_score = 0
                # Each of these wants a filesystem, a folder or a daemon of its own.
                disabled_plugins = ["io.containerd.snapshotter.v1.aufs", "io.containerd.snapshotter.v1.btrfs",
                  "io.containerd.snapshotter.v1.devmapper", "io.containerd.snapshotter.v1.zfs",
                  "io.containerd.internal.v1.opt"]
                [grpc]
                  address = "%2$s"
                [plugins."io.containerd.grpc.v1.cri"]
                  sandbox_image = "%3$s"
                  stream_server_address = "127.0.0.1"
                  stream_server_port = "0"
                  # Below the folder, where they are found when a run was killed.
                  netns_mounts_under_state_dir = true
                  # Without CAP_SYS_RESOURCE runc may not lower a score, and dies of it.
                  restrict_oom_score_adj = true
                  disable_apparmor = true
                  [plugins."io.containerd.grpc.v1.cri".cni]
                    bin_dir = "%4$s"
                    conf_dir = "%1$s/config/cni"
                  [plugins."io.containerd.grpc.v1.cri".containerd]
                    snapshotter = "%5$s"
                    default_runtime_name = "runc"
                    [plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc]
                      runtime_type = "io.containerd.runc.v2"
                      [plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc.options]
                        BinaryName = "%6$s"
                        Root = "%1$s/run/runc"
                        SystemdCgroup = false
                """.formatted(
                        folder.root(),
                        Node.socket(folder),
                        Layout.PAUSE_IMAGE,
                        UpstreamKubernetes.CNI_PLUGINS,
                        snapshotter(folder.root()),
                        layout.programs().runc());
    }

    /** Overlays do not stack: inside a container, plain copies. */
    private static String snapshotter(Path folder) {
        try {
            return Files.getFileStore(folder).type().equals("overlay") ? "native" : "overlayfs";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Pods reach each other and this machine, nothing else: no forwarding, no iptables rules. */
    private String network() {
        return """
                {"cniVersion": "0.4.0", "name": "%1$s", "plugins": [
                  {"type": "bridge", "bridge": "%1$s", "isGateway": false, "ipMasq": false,
                   "ipam": {"type": "host-local", "dataDir": "%2$s",
                            "ranges": [[{"subnet": "%3$s", "gateway": "%4$s"}]],
                            "routes": [{"dst": "0.0.0.0/0"}]}}]}
                """.formatted(
                        folder.name(),
                        folder.run("cni"),
                        layout.addresses().pods(),
                        layout.addresses().bridge());
    }

    private String kubelet() {
        return """
                apiVersion: kubelet.config.k8s.io/v1beta1
                kind: KubeletConfiguration
                address: 127.0.0.1
                port: %1$d
                healthzPort: 0
                tlsCertFile: %2$s
                tlsPrivateKeyFile: %3$s
                authentication:
                  x509:
                    clientCAFile: %4$s
                containerRuntimeEndpoint: unix://%5$s
                podLogsDir: %6$s/pods
                volumePluginDir: %6$s/run/volumeplugins
                # runc alone makes cgroups, of either version; machines differ in what else they allow.
                cgroupDriver: cgroupfs
                cgroupsPerQOS: false
                enforceNodeAllocatable: []
                failCgroupV1: false
                failSwapOn: false
                # The machine is somebody's: its packet filter stays as it is, and a full disk is no reason to evict.
                makeIPTablesUtilChains: false
                evictionHard:
                  memory.available: 1Mi
                  nodefs.available: 1Mi
                  nodefs.inodesFree: "1"
                  imagefs.available: 1Mi
                  imagefs.inodesFree: "1"
                # How full volumes are, for tests that wait for it.
                volumeStatsAggPeriod: 10s
                imageGCHighThresholdPercent: 100
                imageGCLowThresholdPercent: 99
                """.formatted(
                        layout.addresses().kubelet(),
                        folder.key("kubelet.crt"),
                        folder.key("kubelet.key"),
                        folder.key("ca.crt"),
                        Node.socket(folder),
                        folder.root());
    }
}
