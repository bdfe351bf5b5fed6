/**
 * The Probe request itself, to a driver in this process or behind a socket. Everything else in livenessprobe works
 * without protobuf.
 */
@NullMarked
package solo.livenessprobe.csi;

import org.jspecify.annotations.NullMarked;
