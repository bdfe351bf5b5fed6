/**
 * The ports every reconciler stands on (cluster, writes, events, clock) and the runtime that drives reconcilers.
 * Knows Kubernetes, knows nothing of CSI; fabric8 stays in {@code solo.kube.fabric8}.
 */
@org.jspecify.annotations.NullMarked
package solo.kube;
