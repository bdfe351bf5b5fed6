/**
 * A real Kubernetes cluster for tests and for {@code solo up}: one interface, three providers, the first that can is
 * used and says so. Everything that belongs to a cluster ends when this JVM does.
 */
@org.jspecify.annotations.NullMarked
package solo.it.cluster;
