package solo.it.image;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OciArchiveTest {

    @TempDir
    private Path folder = Path.of("");

    @Test
    void the_same_files_give_the_same_digest_whenever_and_in_whatever_order_they_were_made() throws IOException {
        assertThat(image("one", List.of("b", "a"))).isEqualTo(image("other", List.of("a", "b")));
    }

    @Test
    void another_byte_gives_another_digest() throws IOException {
        assertThat(image("one", List.of("a"))).isNotEqualTo(image("other", List.of("b")));
    }

    @Test
    void everything_in_a_layer_is_roots_readable_by_all_and_never_setuid() throws IOException {
        FileTree staging = staging("layer", List.of("a"));
        Files.setPosixFilePermissions(staging.path("bin/a"), PosixFilePermissions.fromString("rwx------"));
        new ProcessBuilder("chmod", "u+s", staging.path("bin/a").toString())
                .start()
                .onExit()
                .join();

        Layer layer = Layer.write(staging, path -> true, folder.resolve("layer.tar.gz"));

        assertThat(entries(layer.blob().file()))
                .extracting(
                        entry -> "%s %o %d".formatted(entry.getName(), entry.getMode() & 07777, entry.getLongUserId()))
                .containsExactly("bin/ 755 0", "bin/a 755 0", "link 777 0", "tmp/ 1777 0");
    }

    @Test
    void the_archive_is_an_oci_layout_and_what_docker_load_reads() throws IOException {
        image("archive", List.of("a"));

        try (var tar = new TarArchiveInputStream(Files.newInputStream(folder.resolve("archive.tar")))) {
            List<String> names = new ArrayList<>();
            for (var entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                names.add(entry.getName());
                if (entry.getName().equals("index.json")) {
                    assertThat(new String(tar.readAllBytes(), UTF_8))
                            .contains("\"io.containerd.image.name\":\"solo.local/archive:1\"", "\"amd64\"");
                }
            }
            assertThat(names)
                    .contains("oci-layout", "index.json", "manifest.json")
                    .isSorted();
            assertThat(names)
                    .filteredOn(name -> name.startsWith("blobs/sha256/"))
                    .hasSize(3);
        }
    }

    @Test
    void for_two_processors_there_is_one_index_of_two_manifests_and_its_digest_is_the_images() throws IOException {
        Layer layer = Layer.write(staging("both", List.of("a")), path -> true, folder.resolve("layer.tar.gz"));
        Path archive = folder.resolve("both.tar");
        String digest = new OciArchive("solo.local/both:1", folder)
                .write(
                        Stream.of(Platform.values())
                                .map(each -> new OciArchive.Content(
                                        each, Map.of("architecture", each.architecture()), List.of(layer)))
                                .toList(),
                        archive);

        Map<String, String> texts = new TreeMap<>();
        try (var tar = new TarArchiveInputStream(Files.newInputStream(archive))) {
            for (var entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                texts.put(entry.getName(), new String(tar.readAllBytes(), UTF_8));
            }
        }
        assertThat(texts).as("docker load knows one processor only").doesNotContainKey("manifest.json");
        assertThat(texts.get("index.json")).contains(digest, "\"io.containerd.image.name\":\"solo.local/both:1\"");
        assertThat(texts.get("blobs/" + digest.replace(':', '/')))
                .contains("\"architecture\":\"amd64\"", "\"architecture\":\"arm64\"");
    }

    private String image(String name, List<String> files) throws IOException {
        Path parts = Files.createDirectories(folder.resolve(name + "-parts"));
        Layer layer = Layer.write(staging(name, files), path -> true, parts.resolve("layer.tar.gz"));
        // The image's name is in the index, not in the manifest that the digest is of.
        return new OciArchive("solo.local/" + name + ":1", parts)
                .write(
                        List.of(new OciArchive.Content(Platform.AMD64, Map.of("os", "linux"), List.of(layer))),
                        folder.resolve(name + ".tar"));
    }

    private FileTree staging(String name, List<String> files) throws IOException {
        FileTree staging = FileTree.fresh(folder.resolve(name));
        for (String file : files) {
            staging.text("bin/" + file, List.of(file));
        }
        staging.link("link", "bin/a");
        staging.folder("tmp", "rwxrwxrwx");
        return staging;
    }

    private static List<TarArchiveEntry> entries(Path layer) throws IOException {
        List<TarArchiveEntry> entries = new ArrayList<>();
        try (var tar = new TarArchiveInputStream(new GZIPInputStream(Files.newInputStream(layer)))) {
            for (var entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                entries.add(entry);
            }
        }
        return entries;
    }
}
