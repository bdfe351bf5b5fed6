package solo.kube.model;

/** Who must act before something that waits can go on. */
public enum Actor {
    /** The owner of the claim, pod or snapshot. */
    USER,
    /** Whoever runs the cluster: classes, secrets, permissions. */
    ADMINISTRATOR,
    /** Another part of Kubernetes: scheduler, controller-manager, kubelet. */
    KUBERNETES,
    /** The storage driver or its backend. */
    DRIVER,
    /** Nobody: Solo itself goes on by itself. */
    SOLO
}
