/** The snapshotter under every order of things that a seed can name. */
@NullMarked
package solo.snapshotter.simulation;

import org.jspecify.annotations.NullMarked;
