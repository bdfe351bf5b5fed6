package solo.it.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RuntimeJarTest {

    @Test
    void coordinates_and_file_are_read_from_what_maven_lists() {
        var listed = Stream.of(
                "The following files have been resolved:",
                "   io.grpc:grpc-api:jar:1.85.1:compile:/repo/grpc-api-1.85.1.jar -- module io.grpc [auto]",
                "   io.netty:netty-x:jar:linux-x86_64:4.2.17:runtime:/repo/netty-x-4.2.17-linux-x86_64.jar",
                "");

        assertThat(RuntimeJar.parse(listed))
                .containsExactly(
                        new RuntimeJar("io.grpc", "grpc-api", "1.85.1", Path.of("/repo/grpc-api-1.85.1.jar")),
                        new RuntimeJar(
                                "io.netty", "netty-x", "4.2.17", Path.of("/repo/netty-x-4.2.17-linux-x86_64.jar")));
    }
}
