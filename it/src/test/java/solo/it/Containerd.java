package solo.it;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import solo.it.cluster.Command;
import solo.it.cluster.LocalCluster;

/** The node's containerd, asked by ctr of the same Debian package. */
record Containerd(Path socket) {

    /** Leaves the test out, with a printed reason, where this machine does not reach it. */
    static Containerd of(LocalCluster cluster) {
        if (cluster.containerd().isEmpty()) {
            System.out.println("left out: the containerd of " + cluster.description() + " is out of reach from here");
        }
        Assumptions.assumeTrue(cluster.containerd().isPresent());
        return new Containerd(cluster.containerd().orElseThrow());
    }

    void removeImage(String name) {
        ctr("images", "rm", name);
    }

    void tagImage(String name, String other) {
        ctr("images", "tag", "--force", name, other);
    }

    List<String> images() {
        return ctr("images", "ls", "-q").lines().toList();
    }

    /** The process of a container of this node, as this machine sees it. */
    long pid(String container) {
        return ctr("tasks", "ls")
                .lines()
                .map(line -> line.strip().split("\\s+"))
                .filter(words -> words[0].equals(container))
                .map(words -> Long.parseLong(words[1]))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no task of container " + container));
    }

    private String ctr(String... arguments) {
        List<String> argv = new ArrayList<>(List.of("ctr", "--address=" + socket, "--namespace=k8s.io"));
        argv.addAll(List.of(arguments));
        return new Command("ctr", argv, Path.of("/"), Map.of()).output();
    }
}
