/** Capacity objects on the simulated cluster. Each test's name is a rule. */
@org.jspecify.annotations.NullMarked
package solo.provisioner.capacity;
