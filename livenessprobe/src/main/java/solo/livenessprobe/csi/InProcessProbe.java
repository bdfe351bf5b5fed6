package solo.livenessprobe.csi;

import csi.v1.ProbeRequest;
import csi.v1.ProbeResponse;
import java.time.Duration;
import solo.csi.CsiException;
import solo.csi.IdentityService;
import solo.livenessprobe.ProbeCall;

/**
 * Asks a driver that lives in this process: a plain call, no connection, cut short by interrupt only. Give it the
 * driver without a time-out around it, which would leave a hanging Probe behind and let the next one start.
 */
public final class InProcessProbe implements ProbeCall {
    private final IdentityService identity;

    public InProcessProbe(IdentityService identity) {
        this.identity = identity;
    }

    @Override
    public boolean ready(Duration timeout) throws CsiException {
        return ready(identity);
    }

    /** An absent {@code ready} means ready. */
    static boolean ready(IdentityService identity) throws CsiException {
        ProbeResponse response = identity.probe(ProbeRequest.getDefaultInstance());
        return !response.hasReady() || response.getReady().getValue();
    }
}
