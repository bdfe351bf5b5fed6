/** What makes snapshots and their contents act, wait or refuse. Pure functions, one question a file. */
@NullMarked
package solo.snapshotter.rules;

import org.jspecify.annotations.NullMarked;
