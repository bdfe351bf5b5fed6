/** The health calls themselves; everything else in the health monitor works without protobuf. */
@NullMarked
package solo.healthmonitor.csi;

import org.jspecify.annotations.NullMarked;
