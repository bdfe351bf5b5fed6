package solo.simulation;

/** Told of every effect of our controllers as it happens: for tests that strike at one particular moment. */
@FunctionalInterface
public interface Director {

    /**
     * Something changed in the cluster or in the storage.
     *
     * @param what the request, {@code create persistentvolumes} or {@code CreateVolume} for instance
     * @param count how many effects there were, this one included
     */
    void effect(Simulation simulation, String what, int count);

    Director NONE = (simulation, what, count) -> {};

    /** Kills the process right after the n-th effect, counted from one, before anybody learns of it. */
    static Director crashAfter(int effect) {
        return (simulation, what, count) -> {
            if (count == effect) {
                simulation.crash();
            }
        };
    }
}
