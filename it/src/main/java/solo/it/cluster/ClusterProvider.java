package solo.it.cluster;

/** One way to come by a cluster. */
public interface ClusterProvider {
    /** For people: "k3s in a container". */
    String name();

    /** Whether it would work here, asked cheaply and without changing anything. */
    Availability check(ClusterOptions options);

    /**
     * Brings the cluster up, with its node ready.
     *
     * @throws ClusterException with one sentence when it cannot
     */
    LocalCluster start(ClusterOptions options, Progress progress);

    /** The answer of {@link ClusterProvider#check}. */
    sealed interface Availability {
        record Available() implements Availability {}

        /**
         * @param reason why not, as half a sentence: "no Docker engine answers"
         */
        record Unavailable(String reason) implements Availability {}
    }
}
