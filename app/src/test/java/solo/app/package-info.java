/** Tests of the command, and of the arrows between all rooms. */
@org.jspecify.annotations.NullMarked
package solo.app;
