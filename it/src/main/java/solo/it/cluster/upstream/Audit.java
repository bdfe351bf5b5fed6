package solo.it.cluster.upstream;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The API server's audit log of one group of users; all others' requests cost nothing more than without. */
record Audit(StateFolder folder, Optional<String> group) {

    private Path policy() {
        return folder.config("audit.yaml");
    }

    private Path file() {
        return folder.log("audit");
    }

    /** Empty where nobody is audited. */
    Optional<Path> log() {
        return group.map(any -> file());
    }

    List<String> flags() {
        return group.isEmpty()
                ? List.of()
                : List.of("--audit-policy-file=" + policy(), "--audit-log-path=" + file(), "--audit-log-maxsize=1000");
    }

    /** A watch is told when it begins, because it may never end. */
    void write() throws IOException {
        Files.deleteIfExists(file());
        if (group.isPresent()) {
            Files.writeString(policy(), """
                    apiVersion: audit.k8s.io/v1
                    kind: Policy
                    omitStages: [RequestReceived]
                    rules:
                      - {level: Metadata, userGroups: ["%s"]}
                      - {level: None}
                    """.formatted(group.orElseThrow()));
        }
    }
}
