package solo.it.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import solo.it.cluster.Command;
import solo.it.cluster.DebianPackages;
import solo.it.image.SoloImage.Plan;
import solo.it.image.SoloImage.Targets;
import solo.it.up.Checkout;
import solo.it.up.Terminal;

/** The image for arm64, made on amd64: all of it is for that processor, and an emulated one runs it. */
class ArmImageIT {

    private static final Path WORK = Checkout.folder().resolve("target/image-it");
    private static final Plan PLAN = Plan.standard(Checkout.folder(), new Targets(List.of(Platform.ARM64), null))
            .into(WORK.resolve("arm64.oci.tar"));

    private static SoloImage image;
    private static Path root;

    @BeforeAll
    static void it_is_built() throws IOException {
        assumeThat(Platform.here()).as("elsewhere ./solo image is the test").isEqualTo(Platform.AMD64);
        image = SoloImage.build(PLAN, WORK, Terminal.standard());
        root = WORK.resolve("arm64/root");
        System.out.printf(Locale.ROOT, "arm64 image size: %.1f MB, %s%n", image.size() / 1e6, image.digest());
    }

    @Test
    void every_program_and_library_in_it_is_for_arm64() throws IOException {
        List<Path> programs = new ArrayList<>();
        try (Stream<Path> files = Files.walk(root)) {
            // The emulator is put into /tmp, which is empty in the image.
            for (Path file : files.filter(Files::isRegularFile)
                    .filter(file -> !file.startsWith(root.resolve("tmp")))
                    .toList()) {
                if (ElfFile.read(file)
                        .filter(elf -> elf.machine() == Platform.ARM64.machine())
                        .isPresent()) {
                    programs.add(root.relativize(file));
                } else {
                    assertThat(ElfFile.read(file)).as(file.toString()).isEmpty();
                }
            }
        }
        assertThat(programs)
                .map(Path::toString)
                .contains("opt/solo/runtime/bin/java", "usr/bin/mke2fs", "usr/bin/mkfs.xfs", "usr/bin/losetup");
    }

    @Test
    void built_again_it_has_the_same_digest() throws IOException {
        assertThat(SoloImage.build(PLAN.into(WORK.resolve("again.oci.tar")), WORK, Terminal.standard())
                        .digest())
                .isEqualTo(image.digest());
    }

    @Test
    void java_and_solo_and_the_programs_start_on_an_emulated_processor() throws IOException {
        assertThat(emulated("/opt/solo/runtime/bin/java", "-version")).contains("25.");
        List<String> solo = new ArrayList<>(PlatformImage.ENTRYPOINT);
        solo.add("--version");
        assertThat(emulated(solo.toArray(String[]::new))).startsWith("solo ");
        assertThat(emulated("/usr/bin/mke2fs", "-V")).contains("mke2fs 1.");
        assertThat(emulated("/usr/bin/mkfs.xfs", "-V")).contains("mkfs.xfs");
        assertThat(emulated("/usr/bin/mkfs.btrfs", "--version")).contains("btrfs");
    }

    /** In the image's own files, by Debian's emulator, which needs no libraries. */
    private static String emulated(String... words) throws IOException {
        Path emulator = root.resolve("tmp/qemu");
        if (!Files.exists(emulator)) {
            Files.copy(
                    DebianProgram.unpacked("qemu-user-static", "qemu-aarch64-static", WORK.resolve("qemu")), emulator);
            Files.setPosixFilePermissions(emulator, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
        List<String> argv = new ArrayList<>(List.of("unshare", "--mount"));
        if (!DebianPackages.isRoot()) {
            argv.add("--map-root-user");
        }
        argv.addAll(List.of("/bin/sh", "-c", """
            mount --rbind /dev "$0/dev"
            mount --rbind /proc "$0/proc"
            exec chroot "$0" /tmp/qemu "$@"
            """, root.toString()));
        argv.addAll(List.of(words));
        return new Command(words[0] + " emulated", argv.toArray(String[]::new)).output();
    }
}
