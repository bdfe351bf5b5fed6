package solo.app;

/** The halves of the program. */
public enum Role {
    /** Once per driver, with API rights and a lease. */
    CONTROLLER,
    /** On every node, beside the kubelet, without API rights. */
    NODE
}
