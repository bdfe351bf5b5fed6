/** The {@code solo} command: flags, wiring, HTTP endpoints. Constructs everything in order, decides nothing. */
@org.jspecify.annotations.NullMarked
package solo.app;
