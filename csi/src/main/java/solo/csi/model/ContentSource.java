package solo.csi.model;

/** What a new volume is filled from. */
public sealed interface ContentSource {
    record FromSnapshot(String snapshotId) implements ContentSource {}

    record FromVolume(String volumeId) implements ContentSource {}
}
