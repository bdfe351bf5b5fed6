/**
 * k3s in a Docker container, by Testcontainers: for machines whose engine may run privileged containers. The kubelet's
 * folder is shared with the host at the same path, so that a driver in this JVM can serve it.
 */
@org.jspecify.annotations.NullMarked
package solo.it.cluster.k3s;
