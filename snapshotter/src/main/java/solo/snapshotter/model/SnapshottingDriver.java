package solo.snapshotter.model;

/**
 * The driver whose contents csi-snapshotter serves.
 *
 * @param name spec.driver of its contents
 * @param listing whether it has LIST_SNAPSHOTS
 * @param metadata whether CreateSnapshot is told the names of snapshot and content (--extra-create-metadata)
 * @param node with --node-deployment, only contents that are labelled for this node; empty for all
 */
public record SnapshottingDriver(String name, Listing listing, SnapshotNaming naming, Metadata metadata, String node) {

    /** A driver that cannot list is believed that an imported snapshot exists. */
    public enum Listing {
        POSSIBLE,
        IMPOSSIBLE
    }

    /** Parameters with the names of the objects a snapshot is taken for. */
    public enum Metadata {
        GIVEN,
        LEFT_OUT
    }
}
