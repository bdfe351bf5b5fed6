package solo.simulation;

import com.google.protobuf.Message;
import org.jspecify.annotations.Nullable;
import solo.csi.Rpc;
import solo.kube.Kind;

/** What the stepped ports ask of the simulation: to let others go first, and whether something goes wrong. */
interface Steps {

    /** Others may act now. Does not come back if the process is killed meanwhile. */
    void point(String what, Object about);

    /** As {@link #point}, before a mere look into a cache: others act only now and then. */
    void look(String what, Object about);

    /** What goes on by itself if the process is killed at the next point; null for nothing. */
    void inFlight(@Nullable Runnable work);

    /** Tells whether the next request to the API server fails, and how; null if it does not. */
    @Nullable
    Fault apiFault(Verb verb, Kind<?> kind);

    @Nullable
    DriverFault driverFault(Rpc<?, ?> rpc, Message request);

    /** Something may have changed outside of the process; counts if it has. */
    void effect(String what);
}
