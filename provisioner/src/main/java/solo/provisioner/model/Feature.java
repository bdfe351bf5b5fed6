package solo.provisioner.model;

/** What can be switched on and off; command line flags and feature gates of external-provisioner unless said. */
public enum Feature {
    /** Gate Topology: honour the driver's VOLUME_ACCESSIBILITY_CONSTRAINTS. */
    TOPOLOGY,
    /** --strict-topology: with late binding send the selected node's place only. */
    STRICT_TOPOLOGY,
    /** --immediate-topology: with immediate binding send all places of the cluster. */
    IMMEDIATE_TOPOLOGY,
    /** --extra-create-metadata: tell the driver the names of claim and volume. */
    EXTRA_CREATE_METADATA,
    /** --controller-publish-readonly: mark volumes of claims that only want to read. */
    CONTROLLER_PUBLISH_READONLY,
    /** --prevent-volume-mode-conversion: a restore may not change the volume mode unless the snapshot allows it. */
    PREVENT_VOLUME_MODE_CONVERSION,
    /** Gate VolumeAttributesClass. */
    VOLUME_ATTRIBUTES_CLASS,
    /** Gate CrossNamespaceVolumeDataSource. */
    CROSS_NAMESPACE_DATA_SOURCE,
    /**
     * --snapshot-orphan-sweep-interval is positive, the cluster serves VolumeSnapshots and lets us list them: look after
     * the finalizers of restored ones.
     */
    SNAPSHOT_RELEASE,
    /** Ours: the driver's volumes are attached, so they are born with the attacher's finalizer (one write saved). */
    ATTACHER_FINALIZER
}
