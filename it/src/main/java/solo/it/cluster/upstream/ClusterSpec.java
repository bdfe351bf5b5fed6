package solo.it.cluster.upstream;

import java.nio.file.Path;
import java.util.List;

/**
 * What {@code cluster supervise} reads, field for field as it/kubernetes/cmd/cluster/spec.go describes it.
 *
 * @param name of bridge and pod network
 * @param wipe folders below state that start empty
 * @param address of the bridge, with prefix length
 */
record ClusterSpec(
        String name, String state, String kubelet, List<String> wipe, String address, List<Child> processes) {

    /** A process; it starts when all of {@code after} are ready. */
    record Child(
            String name,
            List<String> argv,
            List<String> env,
            String log,
            List<String> after,
            Probe ready,
            boolean privateMounts,
            boolean containers,
            int patienceMs) {}

    /** How one sees that a process serves. */
    record Probe(String kind, String target, String kubeconfig, int limitMs) {
        static Probe unix(Path socket) {
            return new Probe("unix", socket.toString(), "", 0);
        }

        static Probe object(String url, Path kubeconfig) {
            return new Probe("object", url, kubeconfig.toString(), 0);
        }

        static Probe node(String url, Path kubeconfig) {
            return new Probe("node", url, kubeconfig.toString(), 0);
        }

        /** Ready when it has ended with 0. */
        static Probe once() {
            return new Probe("once", "", "", 0);
        }

        static Probe none() {
            return new Probe("", "", "", 0);
        }
    }

    /** One line of what it says. */
    record Event(String event, String process, String message, long ms) {}
}
