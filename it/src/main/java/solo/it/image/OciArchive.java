package solo.it.image;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import tools.jackson.databind.json.JsonMapper;

/**
 * An image of one platform as a tar in the OCI image layout, with the {@code manifest.json} beside it that
 * {@code docker load} reads. {@code ctr images import}, k3s' images folder and skopeo's {@code oci-archive:} take it.
 */
final class OciArchive {

    private static final String TYPE = "application/vnd.oci.image.";
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final String name;
    private final Path folder;

    /**
     * @param name of the image, with its tag
     * @param folder for parts
     */
    OciArchive(String name, Path folder) {
        this.name = name;
        this.folder = folder;
    }

    /** Writes it and returns its manifest's digest, which is the image's. */
    String write(Map<String, Object> config, List<Layer> layers, Path archive) throws IOException {
        Map<String, Object> whole = new LinkedHashMap<>(config);
        whole.put(
                "rootfs",
                ordered(
                        "type",
                        "layers",
                        "diff_ids",
                        layers.stream().map(Layer::diffId).toList()));
        Blob configuration = blob("config.json", whole);
        Blob manifest = blob(
                "image-manifest.json",
                ordered(
                        "schemaVersion",
                        2,
                        "mediaType",
                        TYPE + "manifest.v1+json",
                        "config",
                        configuration.descriptor(TYPE + "config.v1+json"),
                        "layers",
                        layers.stream()
                                .map(layer -> layer.blob().descriptor(TYPE + "layer.v1.tar+gzip"))
                                .toList()));
        Map<String, Path> entries = new TreeMap<>();
        layers.forEach(layer -> entries.put(layer.blob().path(), layer.blob().file()));
        entries.put(configuration.path(), configuration.file());
        entries.put(manifest.path(), manifest.file());
        entries.put("oci-layout", json("oci-layout", Map.of("imageLayoutVersion", "1.0.0")));
        entries.put("index.json", json("index.json", index(manifest)));
        entries.put(
                "manifest.json",
                json(
                        "manifest.json",
                        List.of(ordered(
                                "Config",
                                configuration.path(),
                                "RepoTags",
                                List.of(name),
                                "Layers",
                                layers.stream()
                                        .map(layer -> layer.blob().path())
                                        .toList()))));
        tar(entries, archive);
        return manifest.digest();
    }

    private Map<String, Object> index(Blob manifest) {
        Map<String, Object> descriptor = manifest.descriptor(TYPE + "manifest.v1+json");
        descriptor.put("platform", ordered("architecture", "amd64", "os", "linux"));
        descriptor.put(
                "annotations",
                ordered(
                        "io.containerd.image.name",
                        name,
                        "org.opencontainers.image.ref.name",
                        name.substring(name.lastIndexOf(':') + 1)));
        return ordered("schemaVersion", 2, "mediaType", TYPE + "index.v1+json", "manifests", List.of(descriptor));
    }

    private Blob blob(String file, Object tree) throws IOException {
        return Blob.of(json(file, tree));
    }

    private Path json(String file, Object tree) throws IOException {
        return Files.writeString(folder.resolve(file), JSON.writeValueAsString(tree), UTF_8);
    }

    /** A map that keeps this order, since the bytes are what counts. */
    static Map<String, Object> ordered(Object... keysAndValues) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            map.put((String) keysAndValues[i], keysAndValues[i + 1]);
        }
        return map;
    }

    private static void tar(Map<String, Path> entries, Path archive) throws IOException {
        Path part = archive.resolveSibling(archive.getFileName() + ".part");
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(part), 1 << 16);
                TarArchiveOutputStream tar = new TarArchiveOutputStream(out, "UTF-8")) {
            tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
            for (Map.Entry<String, Path> each : entries.entrySet()) {
                TarArchiveEntry entry = new TarArchiveEntry(each.getKey());
                entry.setSize(Files.size(each.getValue()));
                entry.setMode(0644);
                entry.setLastModifiedTime(FileTree.TIME);
                entry.setIds(0, 0);
                tar.putArchiveEntry(entry);
                Files.copy(each.getValue(), tar);
                tar.closeArchiveEntry();
            }
        }
        Files.move(part, archive, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
