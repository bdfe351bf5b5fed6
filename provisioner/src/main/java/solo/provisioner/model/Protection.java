package solo.provisioner.model;

/** What keeps the source of a volume from being deleted, and when it may go. */
public enum Protection {
    /** A claim keeps it until it is deleted itself: the next clone needs no write then. */
    CLONE(ProvisionerNames.CLONE_FINALIZER, "PersistentVolumeClaim", "", Release.WHEN_DELETED),
    /** A snapshot loses it as soon as nothing waits for it. */
    SNAPSHOT(ProvisionerNames.SNAPSHOT_FINALIZER, "VolumeSnapshot", "snapshot.storage.k8s.io", Release.WHEN_UNUSED);

    /** What has to have happened besides that nothing waits to be filled from the source. */
    public enum Release {
        WHEN_DELETED,
        WHEN_UNUSED
    }

    private final String finalizer;
    private final String kind;
    private final String group;
    private final Release release;

    Protection(String finalizer, String kind, String group, Release release) {
        this.finalizer = finalizer;
        this.kind = kind;
        this.group = group;
        this.release = release;
    }

    public String finalizer() {
        return finalizer;
    }

    /** As in dataSource.kind. */
    public String kind() {
        return kind;
    }

    /** As in dataSource.apiGroup. */
    public String group() {
        return group;
    }

    public Release release() {
        return release;
    }
}
