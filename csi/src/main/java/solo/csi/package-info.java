/**
 * The CSI contract: the Driver interface, the table of its calls, and the gRPC client and server that carry it
 * over a unix socket. Knows nothing of Kubernetes; what rules need to know of CSI is in {@code solo.csi.model}.
 */
@NullMarked
package solo.csi;

import org.jspecify.annotations.NullMarked;
