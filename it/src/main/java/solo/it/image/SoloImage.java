package solo.it.image;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import solo.app.SoloVersion;
import solo.it.cluster.Progress;

/**
 * The image of this build, for one processor or for several: Java runtime, C library, a node's filesystem programs,
 * Solo's jars and an archive of their classes. The same sources and packages give the same digest.
 *
 * @param archive in the OCI layout
 * @param bill CycloneDX JSON of all that is in it; each processor's is also inside its image
 * @param digest of the manifest, or of the index of several
 * @param size of the archive in bytes, which is what is transferred
 */
public record SoloImage(Path archive, Path bill, String name, String digest, long size) {

    /** Where Solo is in the image. */
    static final String HOME = "opt/solo";

    /** No registry's name, so nobody pulls it by mistake. */
    public static final String REPOSITORY = "solo.local/solo";

    /**
     * What to build.
     *
     * @param checkout with its modules packaged
     * @param name of the image with its tag
     * @param archive to write
     * @param classes the list of classes of another build, to get the same digest; null to make or find our own
     */
    public record Plan(
            Path checkout,
            String name,
            Path archive,
            @Nullable Path classes,
            Targets targets) {
        public Plan {
            archive = archive.toAbsolutePath();
        }

        /** The same image in another file. */
        public Plan into(Path other) {
            return new Plan(checkout, name, other, classes, targets);
        }

        /** The usual name, in the checkout's target folder, for this machine's processor. */
        public static Plan standard(Path checkout) {
            return standard(checkout, Targets.here());
        }

        public static Plan standard(Path checkout, Targets targets) {
            return new Plan(
                    checkout,
                    REPOSITORY + ":" + SoloVersion.text(),
                    checkout.resolve("target").resolve("solo-" + SoloVersion.text() + "-" + targets + ".oci.tar"),
                    null,
                    targets);
        }
    }

    /**
     * For which processors.
     *
     * @param jdkForArm64 with its jmods, if this machine is none and Debian's shall not be taken
     */
    public record Targets(
            List<Platform> platforms, @Nullable Path jdkForArm64) {

        public Targets {
            platforms = platforms.stream().sorted().distinct().toList();
        }

        static Targets here() {
            return new Targets(List.of(Platform.here()), null);
        }

        /** This machine's processor if none is named. */
        public static Targets of(List<Platform> platforms, @Nullable Path jdkForArm64) {
            return new Targets(platforms.isEmpty() ? List.of(Platform.here()) : platforms, jdkForArm64);
        }

        @Override
        public String toString() {
            return String.join("-", platforms.stream().map(Platform::toString).toList());
        }
    }

    /**
     * Builds it, about 30 seconds for each processor.
     *
     * @param work a folder of ours
     * @throws solo.it.cluster.ClusterException when a tool is missing or fails, in one sentence
     */
    public static SoloImage build(Plan plan, Path work, Progress progress) throws IOException {
        Path archive = plan.archive();
        Files.createDirectories(archive.getParent());
        List<PlatformImage> images = new ArrayList<>();
        for (Platform platform : plan.targets().platforms()) {
            images.add(PlatformImage.build(plan, platform, work, progress));
        }
        Path bill = archive.resolveSibling(
                archive.getFileName().toString().replaceFirst("(\\.oci)?\\.tar$", "") + ".cdx.json");
        Files.writeString(bill, BillOfMaterials.of(images).json(), UTF_8);
        String digest = new OciArchive(plan.name(), Files.createDirectories(work.resolve("archive")))
                .write(images.stream().map(PlatformImage::content).toList(), archive);
        return new SoloImage(archive, bill, plan.name(), digest, Files.size(archive));
    }
}
