/**
 * The real provisioner in the simulated world: its controllers over simulated ports, under faults, crashes and a second
 * leader. What must never happen is an invariant here, and each hazard that is known from the Go provisioner has a test.
 */
@org.jspecify.annotations.NullMarked
package solo.provisioner.simulation;
