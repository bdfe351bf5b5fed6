package solo.provisioner.model;

/** Every finalizer, annotation and parameter name that provisioning reads or writes, spelt as in Kubernetes and Go. */
public final class ProvisionerNames {

    /** On PersistentVolumes with reclaim policy Delete, until the driver has deleted the volume. */
    public static final String VOLUME_FINALIZER = "external-provisioner.volume.kubernetes.io/finalizer";

    /** On a claim that is being cloned. */
    public static final String CLONE_FINALIZER = "provisioner.storage.kubernetes.io/cloning-protection";

    /** On a VolumeSnapshot that is being restored. */
    public static final String SNAPSHOT_FINALIZER =
            "provisioner.storage.kubernetes.io/volumesnapshot-as-source-protection";

    /** On a claim, by the controller-manager: who is to provision it. */
    public static final String STORAGE_PROVISIONER = "volume.kubernetes.io/storage-provisioner";

    public static final String BETA_STORAGE_PROVISIONER = "volume.beta.kubernetes.io/storage-provisioner";

    /** On a claim, by the scheduler: where its pod will run. */
    public static final String SELECTED_NODE = "volume.kubernetes.io/selected-node";

    public static final String ALPHA_SELECTED_NODE = "volume.alpha.kubernetes.io/selected-node";

    /** On a claim, by a person: any new value has what is held back tried at once. The resizer reads it, too. */
    public static final String RETRY_NOW = "solo.csi/retry-now";

    /** On claims and volumes of in-tree plugins: the driver that has taken over. */
    public static final String MIGRATED_TO = "pv.kubernetes.io/migrated-to";

    /** On a PersistentVolume: whose it is. */
    public static final String PROVISIONED_BY = "pv.kubernetes.io/provisioned-by";

    public static final String DELETION_SECRET_NAME = "volume.kubernetes.io/provisioner-deletion-secret-name";
    public static final String DELETION_SECRET_NAMESPACE = "volume.kubernetes.io/provisioner-deletion-secret-namespace";
    public static final String MODIFY_SECRET_NAME = "volume.kubernetes.io/controller-modify-secret-name";
    public static final String MODIFY_SECRET_NAMESPACE = "volume.kubernetes.io/controller-modify-secret-namespace";

    /** On a VolumeSnapshotContent: its volumes may be restored in another mode. */
    public static final String ALLOW_MODE_CHANGE = "snapshot.storage.kubernetes.io/allow-volume-mode-change";

    /** In spec.csi.volumeAttributes. */
    public static final String PROVISIONER_IDENTITY = "storage.kubernetes.io/csiProvisionerIdentity";

    /** Parameters that start with this are for us, not for the driver. */
    public static final String RESERVED_PREFIX = "csi.storage.k8s.io/";

    public static final String FS_TYPE = RESERVED_PREFIX + "fstype";

    private ProvisionerNames() {}
}
