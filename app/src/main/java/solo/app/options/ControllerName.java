package solo.app.options;

/** A controller as {@code --controllers} names it. */
public enum ControllerName {
    PROVISIONER("provisioner", ""),
    ATTACHER("attacher", "external-attacher-leader-"),
    RESIZER("resizer", "external-resizer-"),
    /** csi-snapshotter: takes and deletes the snapshots of the driver. */
    SNAPSHOTTER("snapshotter", "external-snapshotter-leader-"),
    /** Off by default: a cluster has one, for all drivers, and many have one already. */
    SNAPSHOT_CONTROLLER("snapshot-controller", "snapshot-controller-leader"),
    /** Off by default: its calls cost a driver with many volumes something, and many drivers have none of them. */
    HEALTH_MONITOR("healthmonitor", "external-health-monitor-leader-");

    private final String text;
    private final String leasePrefix;

    ControllerName(String text, String leasePrefix) {
        this.text = text;
        this.leasePrefix = leasePrefix;
    }

    /** As it is written on the command line. */
    public String text() {
        return text;
    }

    /** The lease of the Go sidecar that does the same, so that the two never work at once. */
    public String lease(String driver) {
        return this == SNAPSHOT_CONTROLLER ? leasePrefix : leasePrefix + driver;
    }

    /** snapshot-controller serves all drivers of the cluster and asks none. */
    boolean asksDriver() {
        return this != SNAPSHOT_CONTROLLER;
    }

    /** Whether {@code *} means it too. */
    public boolean onByDefault() {
        return this != HEALTH_MONITOR && this != SNAPSHOT_CONTROLLER;
    }
}
