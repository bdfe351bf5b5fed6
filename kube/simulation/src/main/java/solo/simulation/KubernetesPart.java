package solo.simulation;

import java.util.List;

/**
 * A part of Kubernetes that acts beside our controllers. Level-triggered: it is asked for its possible moves whenever
 * the cluster has changed, and the scheduler decides which happens when.
 */
public interface KubernetesPart {

    /** Called once, before anything else: for admission and objects that are there from the beginning. */
    default void begin(World world) {}

    /** What it could do now, each one request to the API server; empty when everything is as it wants. */
    List<Move> moves(World world);
}
