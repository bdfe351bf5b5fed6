/**
 * The three calls that attaching costs, from our records to CSI messages.
 * The only place of the attacher that sees generated protobuf.
 */
@NullMarked
package solo.attacher.csi;

import org.jspecify.annotations.NullMarked;
