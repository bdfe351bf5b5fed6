/**
 * The ports of {@code solo.kube} on a real API server: connection, requests, informers, events and lease.
 * The only package of this module that knows fabric8; what leaves it are records and JSON trees of JDK maps.
 */
@org.jspecify.annotations.NullMarked
package solo.kube.fabric8;
