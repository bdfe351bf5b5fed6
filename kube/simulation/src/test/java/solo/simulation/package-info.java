/** The simulated world held to its own promises. Tests of controllers live with the controllers. */
@org.jspecify.annotations.NullMarked
package solo.simulation;
