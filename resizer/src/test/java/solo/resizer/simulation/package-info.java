/**
 * The resizer under every order of things that a seed can name.
 * Crashes, lost answers, watches that lag, users who change their minds and nodes that fail.
 */
@NullMarked
package solo.resizer.simulation;

import org.jspecify.annotations.NullMarked;
