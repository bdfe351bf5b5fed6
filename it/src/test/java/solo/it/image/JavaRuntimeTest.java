package solo.it.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import solo.it.cluster.ClusterException;

/** The folder of a JDK for another processor. */
class JavaRuntimeTest {

    @TempDir
    private Path jdk = Path.of("");

    @Test
    void a_jdk_for_that_processor_with_its_modules_is_taken_and_called_by_its_version() throws IOException {
        release("25.0.3", "aarch64");
        Files.writeString(Files.createDirectories(jdk.resolve("jmods")).resolve("java.base.jmod"), "");
        assertThat(JavaRuntime.of(jdk, List.of(), Platform.ARM64).version()).isEqualTo("25.0.3+9");
    }

    @Test
    void a_folder_that_is_no_jdk_is_refused() {
        refused("is no JDK: it has no file release");
    }

    @Test
    void another_java_is_refused() throws IOException {
        release("21.0.1", "aarch64");
        refused("is no JDK 25");
    }

    @Test
    void a_jdk_for_another_processor_is_refused() throws IOException {
        release("25.0.3", "x86_64");
        refused("is a JDK for x86_64, not for arm64");
    }

    @Test
    void a_jdk_without_modules_to_link_is_refused_with_what_is_missing() throws IOException {
        release("25.0.3", "aarch64");
        refused("has no folder jmods");
    }

    private void release(String version, String processor) throws IOException {
        Files.writeString(jdk.resolve("release"), """
            JAVA_VERSION="%s"
            JAVA_RUNTIME_VERSION="%s+9"
            OS_ARCH="%s"
            """.formatted(version, version, processor));
    }

    private void refused(String why) {
        assertThatThrownBy(() -> JavaRuntime.of(jdk, List.of(), Platform.ARM64))
                .isInstanceOf(ClusterException.class)
                .hasMessageContaining(why);
    }
}
