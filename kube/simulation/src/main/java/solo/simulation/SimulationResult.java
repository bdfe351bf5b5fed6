package solo.simulation;

/**
 * How a run went that broke no rule.
 *
 * @param effects changes that our controllers made, in the cluster and in the storage
 * @param crashes how often the process was killed
 * @param fingerprint of everything that happened: the same seed gives the same
 */
public record SimulationResult(long seed, int steps, int effects, int crashes, long fingerprint, World world) {}
