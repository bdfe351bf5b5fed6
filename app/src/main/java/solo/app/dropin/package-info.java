/**
 * The command lines of the Go sidecars: same flags, defaults and exit codes, so that a manifest changes its image and
 * nothing else.
 */
@NullMarked
package solo.app.dropin;

import org.jspecify.annotations.NullMarked;
