/**
 * The two calls that the resizer makes, from our records to CSI messages.
 * The only place of the resizer that sees generated protobuf.
 */
@NullMarked
package solo.resizer.csi;

import org.jspecify.annotations.NullMarked;
