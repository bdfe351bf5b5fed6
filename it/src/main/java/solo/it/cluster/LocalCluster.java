package solo.it.cluster;

import java.nio.file.Path;
import java.util.Optional;

/** A running cluster with one ready node. Closing it ends its processes; whatever a test made in it goes too. */
public interface LocalCluster extends AutoCloseable {
    /** What it is, for people: "upstream Kubernetes v1.36.3 on this machine". */
    String description();

    /** A kubeconfig file of a cluster administrator. */
    Path kubeconfig();

    /** The node's name, as in Node and CSINode. */
    String nodeName();

    /** The kubelet's root folder, the same path on this machine and for the kubelet when {@link #nodeHalfOnHost}. */
    Path kubeletDirectory();

    /** Whether a driver in this JVM can serve the kubelet: its sockets and its mounts are seen by the node. */
    boolean nodeHalfOnHost();

    /**
     * Makes the images of a docker-archive or OCI tar available to pods.
     *
     * @throws ClusterException where the cluster takes no images from here
     */
    void loadImage(Path archive);

    /** Where this machine reaches the node's containerd; empty where it cannot. */
    default Optional<Path> containerd() {
        return Optional.empty();
    }

    /** What the API server wrote of the audited group, one event of JSON a line; empty where it cannot be had. */
    default Optional<Path> auditLog() {
        return Optional.empty();
    }

    /** An image with a shell and the usual small commands; use it with imagePullPolicy IfNotPresent. */
    String shellImage();

    /** Whether a pod reaches the API server through its Service. Without kube-proxy it needs its node's network. */
    default boolean hasServices() {
        return true;
    }

    /** False once it ended or broke; the reason is in the log. */
    boolean isRunning();

    @Override
    void close();
}
