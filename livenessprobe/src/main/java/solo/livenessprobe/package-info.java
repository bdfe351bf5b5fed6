/**
 * What livenessprobe does: answers the kubelet's /healthz by asking the driver's Probe. Knows nothing of Kubernetes
 * objects; the requests themselves are built in {@code solo.livenessprobe.csi}.
 */
@NullMarked
package solo.livenessprobe;

import org.jspecify.annotations.NullMarked;
