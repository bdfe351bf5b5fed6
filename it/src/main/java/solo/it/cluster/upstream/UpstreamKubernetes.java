package solo.it.cluster.upstream;

import java.nio.file.Path;
import java.util.List;
import solo.it.cluster.ClusterException;
import solo.it.cluster.ClusterOptions;
import solo.it.cluster.ClusterOptions.Packages;
import solo.it.cluster.ClusterProvider;
import solo.it.cluster.ClusterProvider.Availability.Available;
import solo.it.cluster.ClusterProvider.Availability.Unavailable;
import solo.it.cluster.DebianPackages;
import solo.it.cluster.DebianPackages.Program;
import solo.it.cluster.LocalCluster;
import solo.it.cluster.Progress;

/** A one-node cluster as plain child processes of this machine, with nothing pulled. */
public final class UpstreamKubernetes implements ClusterProvider {
    static final Path CONTAINERD = Path.of("/usr/bin/containerd");
    static final Path CTR = Path.of("/usr/bin/ctr");
    static final Path RUNC = Path.of("/usr/sbin/runc");
    static final Path CNI_PLUGINS = Path.of("/usr/lib/cni");
    static final Path BUSYBOX = Path.of("/bin/busybox");

    private static final List<Program> PROGRAMS = List.of(
            new Program("containerd", CONTAINERD),
            new Program("runc", RUNC),
            new Program("containernetworking-plugins", CNI_PLUGINS.resolve("bridge")),
            new Program("containernetworking-plugins", CNI_PLUGINS.resolve("host-local")),
            new Program("containernetworking-plugins", CNI_PLUGINS.resolve("loopback")),
            new Program("busybox-static", BUSYBOX),
            // What image volumes are made with.
            new Program("e2fsprogs", Path.of("/usr/sbin/mkfs.ext4")),
            new Program("xfsprogs", Path.of("/usr/sbin/mkfs.xfs")),
            new Program("btrfs-progs", Path.of("/usr/bin/btrfs")));

    @Override
    public String name() {
        return "upstream Kubernetes on this machine";
    }

    @Override
    public Availability check(ClusterOptions options) {
        if (!System.getProperty("os.name").equals("Linux")) {
            return new Unavailable("it needs Linux");
        }
        if (!DebianPackages.isRoot()) {
            return new Unavailable("it needs root, because a kubelet mounts: run it with sudo");
        }
        var missing = DebianPackages.missing(PROGRAMS);
        if (!missing.isEmpty() && options.packages() == Packages.INSTALL && !DebianPackages.canInstall()) {
            return new Unavailable("programs are missing that Debian has in the packages " + String.join(" ", missing));
        }
        if (!GoPrograms.canBeHad()) {
            return new Unavailable("Go is not on the PATH, and it is built with Go 1.26 once");
        }
        return new Available();
    }

    @Override
    public LocalCluster start(ClusterOptions options, Progress progress) {
        var folder = StateFolder.claim(options.state());
        try {
            DebianPackages.install(DebianPackages.missing(PROGRAMS), options, progress);
            if (!DebianPackages.isStatic(BUSYBOX)) {
                throw new ClusterException(BUSYBOX + " needs libraries, so it cannot be an image alone: "
                        + "install the Debian package busybox-static");
            }
            var programs = GoPrograms.buildOrFind(progress);
            return UpstreamCluster.start(folder, programs, options, progress);
        } catch (RuntimeException e) {
            folder.release();
            throw e;
        }
    }
}
