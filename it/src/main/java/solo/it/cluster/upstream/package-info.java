/**
 * Upstream Kubernetes compiled from its Go modules, with Debian's containerd as the runtime: for machines without a
 * container engine or a registry. The Go side is it/kubernetes; this side builds it, writes its files and watches it.
 */
@org.jspecify.annotations.NullMarked
package solo.it.cluster.upstream;
