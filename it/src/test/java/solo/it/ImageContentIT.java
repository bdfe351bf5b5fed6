package solo.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import solo.it.image.SoloImage;
import solo.it.up.Checkout;
import solo.it.up.Terminal;
import solo.kube.model.Json;
import tools.jackson.databind.json.JsonMapper;

/** What is promised of the image that the other tests run. */
@ExtendWith(RealCluster.class)
class ImageContentIT {

    private static final Path WORK = Checkout.folder().resolve("target/image");
    private static final Set<String> SHELLS =
            Set.of("sh", "bash", "dash", "ash", "zsh", "ksh", "busybox", "su", "sudo", "perl", "python3");
    private static final long MOST_MEGABYTES = 110;

    private static SoloImage image;
    private static List<Path> files;

    @BeforeAll
    static void it_is_built(Bench bench) throws IOException {
        image = ImageInCluster.load(bench);
        Path root;
        try (Stream<Path> roots =
                Files.find(WORK, 2, (path, _) -> path.endsWith("root") && !path.equals(WORK.resolve("root")))) {
            root = roots.findFirst().orElseThrow();
        }
        try (Stream<Path> all = Files.walk(root)) {
            files = all.filter(file -> Files.isRegularFile(file) || Files.isSymbolicLink(file))
                    .toList();
        }
    }

    @Test
    void nothing_in_it_is_a_shell_or_gives_its_caller_another_user() throws IOException {
        assertThat(files)
                .hasSizeGreaterThan(50)
                .noneMatch(file -> SHELLS.contains(file.getFileName().toString()));
        for (Path file : files) {
            if (Files.isRegularFile(file)) {
                int mode = (Integer) Files.getAttribute(file, "unix:mode");
                assertThat(mode & 06000).as(file.toString()).isZero();
            }
        }
    }

    @Test
    void its_bill_of_materials_is_inside_and_beside_it_and_names_each_jar_by_its_digest() throws IOException {
        String beside = Files.readString(image.bill());
        Path inside = files.stream()
                .filter(file -> file.endsWith("usr/share/doc/solo/sbom.cdx.json"))
                .findFirst()
                .orElseThrow();
        assertThat(Files.readString(inside).strip()).isEqualTo(beside.strip());

        Json bill = new Json(new JsonMapper().readValue(beside, Object.class));
        assertThat(bill.at("bomFormat").text()).isEqualTo("CycloneDX");
        List<String> digests = bill.at("components").items().stream()
                .flatMap(component -> component.at("hashes").items().stream())
                .map(hash -> hash.at("content").text())
                .toList();
        List<Path> jars = files.stream()
                .filter(file -> file.toString().contains("/opt/solo/lib/")
                        && file.toString().endsWith(".jar"))
                .toList();
        assertThat(jars).hasSizeGreaterThan(20);
        for (Path jar : jars) {
            assertThat(digests).as(jar.toString()).contains(sha256(jar));
        }
        assertThat(bill.at("components").items())
                .map(component -> component.at("name").text())
                .contains("e2fsprogs", "xfsprogs", "btrfs-progs", "libc6");
    }

    @Test
    void it_is_small_and_built_again_it_has_the_same_digest() throws IOException {
        assertThat(image.size()).isLessThan(MOST_MEGABYTES * 1_000_000);
        SoloImage.Plan plan = SoloImage.Plan.standard(Checkout.folder());
        // In a folder of its own, as somebody with the list of classes of the image builds it.
        SoloImage again = SoloImage.build(
                new SoloImage.Plan(
                        plan.checkout(),
                        plan.name(),
                        WORK.resolve("again.oci.tar"),
                        WORK.resolve("classes.txt"),
                        plan.targets()),
                Checkout.folder().resolve("target/image-again"),
                Terminal.standard());
        assertThat(again.digest()).isEqualTo(image.digest());
    }

    private static String sha256(Path file) throws IOException {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
