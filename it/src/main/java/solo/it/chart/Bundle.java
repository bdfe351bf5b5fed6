package solo.it.chart;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import solo.it.image.FileTree;

/**
 * Everything that a cluster without internet needs, as one gzipped tar: image, chart, rendered manifests, bill of
 * materials, checksums and a script that installs them.
 *
 * @param image the archive of {@code solo image}
 * @param bill CycloneDX, beside it
 * @param version of chart and image
 */
public record Bundle(Path image, Path bill, String version) {

    private static final String NAMESPACE = "solo-system";

    /**
     * Writes it. The same image and chart give the same bytes.
     *
     * @param work a folder of ours, emptied
     */
    public void write(Path checkout, Helm helm, Path work, Path archive) throws IOException {
        FileTree tree = FileTree.fresh(work.resolve("tree"));
        String top = "solo-" + version + "/";
        tree.copy(image, top + "images/" + image.getFileName(), "rw-r--r--");
        tree.copy(bill, top + "sbom/" + bill.getFileName(), "rw-r--r--");
        Path scripts = checkout.resolve("charts/bundle");
        tree.copy(scripts.resolve("install.sh"), top + "install.sh", "rwxr-xr-x");
        tree.copy(scripts.resolve("README.txt"), top + "README.txt", "rw-r--r--");

        FileTree chart = chart(checkout.resolve("charts/solo"), work.resolve("chart"));
        Path packed = tree.path(top + "charts/solo-" + version + ".tgz");
        Files.createDirectories(packed.getParent());
        chart.pack(path -> true, packed);
        crds(checkout.resolve("charts/solo/crds"), tree, top + "manifests/crds/");
        tree.text(top + "manifests/solo.yaml", manifest(helm, packed, List.of()));
        tree.text(
                top + "manifests/solo-single-node.yaml",
                manifest(
                        helm,
                        packed,
                        List.of("--values=" + checkout.resolve("charts/solo/ci/single-node-values.yaml"))));
        tree.text(top + "SHA256SUMS", checksums(tree.path(top)));
        tree.pack(path -> true, archive);
    }

    /** The chart with the version of this build in it. */
    private FileTree chart(Path from, Path to) throws IOException {
        FileTree chart = FileTree.fresh(to);
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String name = from.relativize(file).toString();
                if (name.equals("Chart.yaml")) {
                    chart.text("solo/" + name, versioned(Files.readAllLines(file)));
                } else if (!name.startsWith("ci/")) {
                    chart.copy(file, "solo/" + name, "rw-r--r--");
                }
            }
        }
        return chart;
    }

    private List<String> versioned(List<String> lines) {
        return lines.stream()
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.replaceFirst("^(version|appVersion): .*", "$1: " + version))
                .toList();
    }

    /** Apart from the manifest: whoever applies that must not write over the CRDs that a cluster has from elsewhere. */
    private static void crds(Path from, FileTree tree, String to) throws IOException {
        try (Stream<Path> files = Files.list(from)) {
            for (Path file : files.toList()) {
                tree.copy(file, to + file.getFileName(), "rw-r--r--");
            }
        }
    }

    /** Helm makes a namespace only where it installs, so a manifest has to bring its own. */
    private static List<String> manifest(Helm helm, Path chart, List<String> values) {
        List<String> lines = new ArrayList<>(
                List.of("apiVersion: v1", "kind: Namespace", "metadata:", "  name: " + NAMESPACE, "  labels:"));
        // The node half is privileged, which the Pod Security Standards let through only where it is said.
        lines.add("    pod-security.kubernetes.io/enforce: privileged");
        List<String> template = new ArrayList<>(
                List.of("template", "solo", chart.toString(), "--namespace=" + NAMESPACE, "--skip-crds"));
        template.addAll(values);
        helm.run(template).lines().forEach(lines::add);
        return lines;
    }

    /** As sha256sum writes and checks them. */
    private static List<String> checksums(Path top) throws IOException {
        try (Stream<Path> files = Files.walk(top)) {
            List<String> lines = new ArrayList<>();
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                lines.add(FileTree.sha256(file) + "  " + top.relativize(file));
            }
            return lines;
        }
    }
}
