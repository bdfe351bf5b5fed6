/** The driver as the snapshotter uses it. */
@NullMarked
package solo.snapshotter.csi;

import org.jspecify.annotations.NullMarked;
