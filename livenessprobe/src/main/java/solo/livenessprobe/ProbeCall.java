package solo.livenessprobe;

import java.time.Duration;
import solo.csi.CsiException;

/** The port to the driver: one Probe. An interrupt means that nobody waits for the answer any more. */
@FunctionalInterface
public interface ProbeCall {

    /**
     * Whether the driver is ready; an answer that does not say counts as ready (CSI, ProbeResponse.ready).
     *
     * @param timeout for everything the call needs, connecting included; a call that cannot be cut short may ignore it
     */
    boolean ready(Duration timeout) throws CsiException;
}
