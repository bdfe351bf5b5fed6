/** Rules of the snapshotter, read as a specification. */
@NullMarked
package solo.snapshotter.rules;

import org.jspecify.annotations.NullMarked;
