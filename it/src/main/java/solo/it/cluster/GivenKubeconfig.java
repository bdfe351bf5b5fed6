package solo.it.cluster;

import java.nio.file.Files;
import java.nio.file.Path;
import solo.it.cluster.ClusterProvider.Availability.Available;
import solo.it.cluster.ClusterProvider.Availability.Unavailable;

/** The cluster that KUBECONFIG names: somebody else's, so it is neither prepared nor ended. */
final class GivenKubeconfig implements ClusterProvider {
    @Override
    public String name() {
        return "the cluster of KUBECONFIG";
    }

    @Override
    public Availability check(ClusterOptions options) {
        var value = System.getenv("KUBECONFIG");
        if (value == null || value.isBlank()) {
            return new Unavailable("KUBECONFIG is not set");
        }
        if (!Files.isReadable(Path.of(value))) {
            throw new ClusterException("KUBECONFIG names " + value + ", which cannot be read: correct or unset it");
        }
        return new Available();
    }

    @Override
    public LocalCluster start(ClusterOptions options, Progress progress) {
        return new Given(Path.of(System.getenv("KUBECONFIG")));
    }

    private record Given(Path kubeconfig) implements LocalCluster {
        @Override
        public String description() {
            return "the cluster of " + kubeconfig;
        }

        @Override
        public String nodeName() {
            return environment("SOLO_NODE", System.getenv().getOrDefault("HOSTNAME", "localhost"));
        }

        @Override
        public Path kubeletDirectory() {
            return Path.of(environment("SOLO_KUBELET_DIR", "/var/lib/kubelet"));
        }

        /** True when the one who gave the cluster says which of its nodes this machine is. */
        @Override
        public boolean nodeHalfOnHost() {
            return System.getenv("SOLO_NODE") != null;
        }

        @Override
        public void loadImage(Path archive) {
            throw new ClusterException(
                    description() + " takes no images from here: load " + archive + " into its nodes yourself");
        }

        @Override
        public String shellImage() {
            return environment("SOLO_SHELL_IMAGE", "docker.io/library/busybox:1");
        }

        @Override
        public boolean isRunning() {
            return true;
        }

        @Override
        public void close() {
            // Not ours to end.
        }

        private static String environment(String name, String fallback) {
            return System.getenv().getOrDefault(name, fallback);
        }
    }
}
