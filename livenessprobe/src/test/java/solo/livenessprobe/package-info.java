/** What /healthz promises the kubelet, rule by rule. The drivers here are fakes written by hand. */
@NullMarked
package solo.livenessprobe;

import org.jspecify.annotations.NullMarked;
