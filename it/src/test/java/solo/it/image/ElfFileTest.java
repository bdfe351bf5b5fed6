package solo.it.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ElfFileTest {

    private static final Path JDK = Path.of(System.getProperty("java.home"));

    @Test
    void a_program_says_for_which_processor_it_is_and_what_it_needs() throws IOException {
        ElfFile java = ElfFile.read(JDK.resolve("bin/java")).orElseThrow();
        assertThat(java.machine()).isEqualTo(Platform.here().machine());
        assertThat(java.needed()).contains("libjli.so", "libc.so.6").anyMatch(name -> name.startsWith("ld-linux"));
    }

    @Test
    void a_library_needs_libraries_too() throws IOException {
        assertThat(ElfFile.read(JDK.resolve("lib/server/libjvm.so"))
                        .orElseThrow()
                        .needed())
                .contains("libc.so.6");
    }

    @Test
    void a_text_is_no_program(@TempDir Path folder) throws IOException {
        assertThat(ElfFile.read(Files.writeString(folder.resolve("text"), "x".repeat(200))))
                .isEmpty();
    }
}
