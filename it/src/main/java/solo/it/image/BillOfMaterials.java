package solo.it.image;

import static solo.it.image.OciArchive.ordered;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import solo.app.SoloVersion;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** What is in the image, in CycloneDX 1.6: jars, Debian packages, the Java runtime. Without a time or a random number. */
record BillOfMaterials(List<RuntimeJar> jars, List<DebianPackage> packages, List<JavaRuntime> runtimes) {

    /** Of the images for several processors together; their jars are the same. */
    static BillOfMaterials of(List<PlatformImage> images) {
        return new BillOfMaterials(
                images.getFirst().jars(),
                images.stream()
                        .flatMap(image -> image.packages().stream())
                        .distinct()
                        .toList(),
                images.stream().map(PlatformImage::java).toList());
    }

    String json() throws IOException {
        List<Object> components = new ArrayList<>();
        for (RuntimeJar jar : jars) {
            components.add(component(
                    "library",
                    jar.artifact(),
                    jar.version(),
                    "pkg:maven/" + jar.group() + "/" + jar.artifact() + "@" + jar.version(),
                    ordered(
                            "group",
                            jar.group(),
                            "hashes",
                            List.of(ordered(
                                    "alg",
                                    "SHA-256",
                                    "content",
                                    Blob.of(jar.file()).digest().substring("sha256:".length()))))));
        }
        for (DebianPackage each : packages) {
            components.add(component(
                    "library",
                    each.name(),
                    each.version(),
                    "pkg:deb/debian/" + each.name() + "@" + encoded(each.version()) + "?arch=" + each.architecture(),
                    Map.of()));
        }
        for (JavaRuntime java : runtimes) {
            String name = java.name();
            String version = java.version();
            components.add(
                    component("platform", name, version, "pkg:generic/" + name + "@" + encoded(version), Map.of()));
        }
        return JsonMapper.builder()
                .enable(SerializationFeature.INDENT_OUTPUT)
                .build()
                .writeValueAsString(ordered(
                        "bomFormat",
                        "CycloneDX",
                        "specVersion",
                        "1.6",
                        "version",
                        1,
                        "metadata",
                        ordered(
                                "component",
                                component(
                                        "container",
                                        "solo",
                                        SoloVersion.text(),
                                        "pkg:oci/solo@" + SoloVersion.text(),
                                        Map.of())),
                        "components",
                        components));
    }

    private static Map<String, Object> component(
            String type, String name, String version, String purl, Map<String, Object> more) {
        Map<String, Object> component = ordered("type", type, "bom-ref", purl);
        component.putAll(more);
        component.putAll(ordered("name", name, "version", version, "purl", purl));
        return component;
    }

    /** As a package URL writes the letters of versions: epochs and build numbers. */
    private static String encoded(String version) {
        return version.replace(":", "%3A").replace("+", "%2B").replace("~", "~");
    }
}
