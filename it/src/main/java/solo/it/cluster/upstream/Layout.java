package solo.it.cluster.upstream;

/** Everything that the parts of one cluster must agree on. */
record Layout(StateFolder folder, GoPrograms programs, Addresses addresses) {
    /** Resolves to loopback everywhere, so that the API server finds the kubelet without a line in /etc/hosts. */
    static final String NODE = "localhost";

    static final String PAUSE_IMAGE = "solo.local/pause:1";
    static final String SHELL_IMAGE = "solo.local/busybox:1";
}
