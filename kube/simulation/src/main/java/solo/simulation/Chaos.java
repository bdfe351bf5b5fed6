package solo.simulation;

/**
 * How wild a simulation is.
 *
 * @param crashes per thousand steps: the process is killed and another starts
 * @param overlaps per thousand steps: another process starts to lead while this one still believes to lead
 * @param driverFaults per thousand driver calls
 * @param apiFaults per thousand requests to the API server
 * @param relists per thousand steps: a watch breaks and lists anew, from the past at times
 */
public record Chaos(int crashes, int overlaps, int driverFaults, int apiFaults, int relists) {

    /** Everything goes well; only the order of things is random. */
    public static final Chaos NONE = new Chaos(0, 0, 0, 0, 0);

    /** About two crashes in 300 steps, every tenth call goes wrong. */
    public static final Chaos USUAL = new Chaos(7, 0, 100, 50, 10);

    public Chaos withOverlaps(int perThousand) {
        return new Chaos(crashes, perThousand, driverFaults, apiFaults, relists);
    }

    public Chaos withCrashes(int perThousand) {
        return new Chaos(perThousand, overlaps, driverFaults, apiFaults, relists);
    }
}
