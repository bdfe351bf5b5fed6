package solo.it.image;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import tools.jackson.databind.json.JsonMapper;

/**
 * An image as a tar in the OCI image layout: {@code ctr images import}, k3s' images folder and skopeo's
 * {@code oci-archive:} take it. For several processors it holds an index of their manifests.
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

    /**
     * What is for one processor.
     *
     * @param config without its {@code rootfs}, which is of the layers
     */
    record Content(Platform platform, Map<String, Object> config, List<Layer> layers) {}

    /** A manifest and all that it names, by place in the archive. */
    private record Written(Blob configuration, Blob manifest, Map<String, Path> entries) {}

    /**
     * Writes it and returns the image's digest: that of its manifest, or of the index of several manifests.
     *
     * @param contents of one processor each
     */
    String write(List<Content> contents, Path archive) throws IOException {
        Map<String, Path> entries = new TreeMap<>();
        List<Map<String, Object>> manifests = new ArrayList<>();
        for (Content content : contents) {
            Written written = written(content);
            entries.putAll(written.entries());
            Map<String, Object> descriptor = written.manifest().descriptor(TYPE + "manifest.v1+json");
            descriptor.put(
                    "platform", ordered("architecture", content.platform().architecture(), "os", "linux"));
            manifests.add(descriptor);
            if (contents.size() == 1) {
                // What docker load reads. It knows one processor only.
                entries.put("manifest.json", json("manifest.json", docker(written, content.layers())));
            }
        }
        Map<String, Object> image = manifests.getFirst();
        if (manifests.size() > 1) {
            Blob index = blob("index-of-platforms.json", index(manifests));
            entries.put(index.path(), index.file());
            image = index.descriptor(TYPE + "index.v1+json");
        }
        String digest = String.valueOf(image.get("digest"));
        image.put(
                "annotations",
                ordered(
                        "io.containerd.image.name",
                        name,
                        "org.opencontainers.image.ref.name",
                        name.substring(name.lastIndexOf(':') + 1)));
        entries.put("oci-layout", json("oci-layout", Map.of("imageLayoutVersion", "1.0.0")));
        entries.put("index.json", json("index.json", index(List.of(image))));
        tar(entries, archive);
        return digest;
    }

    private Written written(Content content) throws IOException {
        List<Layer> layers = content.layers();
        Map<String, Object> whole = new LinkedHashMap<>(content.config());
        whole.put(
                "rootfs",
                ordered(
                        "type",
                        "layers",
                        "diff_ids",
                        layers.stream().map(Layer::diffId).toList()));
        Blob configuration = blob("config-" + content.platform() + ".json", whole);
        Blob manifest = blob(
                "image-manifest-" + content.platform() + ".json",
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
        return new Written(configuration, manifest, entries);
    }

    private List<Map<String, Object>> docker(Written written, List<Layer> layers) {
        return List.of(ordered(
                "Config",
                written.configuration().path(),
                "RepoTags",
                List.of(name),
                "Layers",
                layers.stream().map(layer -> layer.blob().path()).toList()));
    }

    private static Map<String, Object> index(List<Map<String, Object>> manifests) {
        return ordered("schemaVersion", 2, "mediaType", TYPE + "index.v1+json", "manifests", manifests);
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
