/** Words of both halves of the snapshotter: what is seen, what is decided, why something waits. */
@NullMarked
package solo.snapshotter.model;

import org.jspecify.annotations.NullMarked;
