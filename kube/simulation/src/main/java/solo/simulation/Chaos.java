package solo.simulation;

/**
 * How wild a simulation is.
 *
 * @param crashes per thousand steps: the process is killed and another starts
 * @param overlaps per thousand steps: another process starts to lead while this one still believes to lead
 * @param driverFaults per thousand driver calls
 * @param apiFaults per thousand requests to the API server
 * @param relists per thousand steps: a watch breaks and lists anew
 * @param staleLists per thousand lists: the list shows the past (k8s #59848). Not usual, because our informers list in
 *     pages, which the API server answers with consistent reads; for those who want to know what depends on that
 */
public record Chaos(int crashes, int overlaps, int driverFaults, int apiFaults, int relists, int staleLists) {

    /** Everything goes well; only the order of things is random. */
    public static final Chaos NONE = new Chaos(0, 0, 0, 0, 0, 0);

    /** About two crashes in 300 steps, every tenth call goes wrong. */
    public static final Chaos USUAL = new Chaos(7, 0, 100, 50, 10, 0);

    public Chaos withOverlaps(int perThousand) {
        return new Chaos(crashes, perThousand, driverFaults, apiFaults, relists, staleLists);
    }

    public Chaos withCrashes(int perThousand) {
        return new Chaos(perThousand, overlaps, driverFaults, apiFaults, relists, staleLists);
    }

    public Chaos withDriverFaults(int perThousand) {
        return new Chaos(crashes, overlaps, perThousand, apiFaults, relists, staleLists);
    }

    public Chaos withApiFaults(int perThousand) {
        return new Chaos(crashes, overlaps, driverFaults, perThousand, relists, staleLists);
    }

    public Chaos withStaleLists(int perThousand) {
        return new Chaos(crashes, overlaps, driverFaults, apiFaults, relists, perThousand);
    }
}
