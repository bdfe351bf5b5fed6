package solo.kube.fabric8;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;

/** Kubeconfig files for tests. */
final class Kubeconfigs {

    private Kubeconfigs() {}

    static Path write(Path folder, URI server) throws IOException {
        String text = """
            apiVersion: v1
            kind: Config
            current-context: test
            contexts:
            - name: test
              context: {cluster: test, user: test}
            clusters:
            - name: test
              cluster: {server: "%s"}
            users:
            - name: test
              user: {token: abc}
            """.formatted(server);
        return Files.writeString(folder.resolve("kubeconfig"), text);
    }
}
