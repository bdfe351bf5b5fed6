package solo.resizer.model;

import java.util.List;

/** Annotations, condition types and event reasons, spelled as external-resizer and Kubernetes spell them. */
public final class ResizerNames {

    /** On a PersistentVolume: the size its claim had before; Kubernetes restores it if the claim is deleted half-way. */
    public static final String PRE_RESIZE_CAPACITY = "volume.alpha.kubernetes.io/pre-resize-capacity";

    /** On a claim: the kubelet has nothing to do. */
    public static final String NODE_EXPANSION_NOT_REQUIRED = "volume.kubernetes.io/node-expansion-not-required";

    /** On a claim: which resizer is in charge; a change is worth a look. */
    public static final String STORAGE_RESIZER = "volume.kubernetes.io/storage-resizer";

    /** On a PersistentVolume, from the provisioner: the Secret for ControllerModifyVolume. */
    public static final String MODIFY_SECRET_NAME = "volume.kubernetes.io/controller-modify-secret-name";

    public static final String MODIFY_SECRET_NAMESPACE = "volume.kubernetes.io/controller-modify-secret-namespace";

    /** On a claim: any new value means to try now. */
    public static final String RETRY_NOW = "solo.csi/retry-now";

    public static final String RESIZING = "Resizing";
    public static final String FILE_SYSTEM_RESIZE_PENDING = "FileSystemResizePending";
    public static final String CONTROLLER_RESIZE_ERROR = "ControllerResizeError";
    public static final String NODE_RESIZE_ERROR = "NodeResizeError";

    /** Conditions that tell of an expansion; all others are left alone. */
    public static final List<String> RESIZE_CONDITIONS =
            List.of(RESIZING, FILE_SYSTEM_RESIZE_PENDING, CONTROLLER_RESIZE_ERROR, NODE_RESIZE_ERROR);

    public static final String MODIFYING_VOLUME = "ModifyingVolume";
    public static final String MODIFY_VOLUME_ERROR = "ModifyVolumeError";

    public static final List<String> MODIFY_CONDITIONS = List.of(MODIFYING_VOLUME, MODIFY_VOLUME_ERROR);

    private ResizerNames() {}
}
