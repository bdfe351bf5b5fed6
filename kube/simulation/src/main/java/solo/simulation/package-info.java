/**
 * Kubernetes, a storage driver and time itself, in memory and under a test's control: the ports' simulated side.
 * Used with test scope only; nothing here runs in production.
 */
@org.jspecify.annotations.NullMarked
package solo.simulation;
