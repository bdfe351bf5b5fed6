/**
 * The attacher under every order of things that a seed can name.
 * Crashes, lost answers, watches that lag, and administrators who remove what is not theirs.
 */
@NullMarked
package solo.attacher.simulation;

import org.jspecify.annotations.NullMarked;
