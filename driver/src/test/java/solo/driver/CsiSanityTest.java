package solo.driver;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import solo.csi.DriverServer;
import solo.csi.SocketAccess;
import solo.csi.UnixSocket;
import solo.csi.UnusableSocketException;
import solo.driver.LocalDriverOptions.Feature;
import solo.driver.mount.Mounts;

/**
 * csi-sanity against the driver on a socket. The reports stay in the directory of the system property
 * {@code solo.sanity.reports}, by default it/target, as csi-sanity-NAME.xml.
 *
 * <p>What is skipped, of 103 cases: nothing about snapshots, groups, health, topology or pages, and none is left pending
 * ({@link CsiSanityProgram}). With attaching off, as {@code dir} runs and k3s wants it, 10 are about
 * ControllerPublishVolume: the run {@code dir-attach} is the same backend with attaching on, and nothing is skipped there.
 * csi-sanity has no case about SnapshotMetadata; {@link SnapshotBlocksTest} is about it.
 */
class CsiSanityTest {
    private static final Path REPORTS = Path.of(System.getProperty("solo.sanity.reports", "../it/target"));

    @TempDir
    private Path directory = Path.of("");

    @BeforeEach
    void root() {
        Root.needed();
    }

    @Test
    void every_case_of_an_offered_capability_passes() throws Exception {
        var report =
                run("dir", LocalDriverOptions.of("node-a", directory.resolve("state")), modifying("atime: noatime"));

        assertThat(report.failed()).isEmpty();
        assertThat(report.skippedByReason().keySet()).allSatisfy(CsiSanityTest::isAboutAttaching);
        assertThat(report.passed()).hasSizeGreaterThanOrEqualTo(93);
    }

    @Test
    void every_case_passes_with_attaching_and_a_limit_too() throws Exception {
        var options = LocalDriverOptions.of("node-a", directory.resolve("state"))
                .with(Set.of(Feature.TOPOLOGY, Feature.ATTACH))
                .withMaxVolumesPerNode(3);
        var report = run("dir-attach", options, modifying("atime: noatime", "--csi.testnodevolumeattachlimit"));

        assertThat(report.failed()).isEmpty();
        assertThat(report.skippedByReason()).isEmpty();
        assertThat(report.passed()).hasSizeGreaterThanOrEqualTo(103);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ext4", "xfs", "btrfs", "block"})
    void every_case_passes_with_images_of_every_sort(String sort) throws Exception {
        boolean block = sort.equals("block");
        Path parameters = Files.writeString(
                directory.resolve("class.yaml"), "backend: image\n" + (block ? "" : "fsType: " + sort + "\n"));
        var options = LocalDriverOptions.of("node-a", directory.resolve("state"))
                .with(Set.of(Feature.TOPOLOGY, Feature.ATTACH))
                .withMaxVolumesPerNode(3);
        var report = run(
                "image-" + sort,
                options,
                modifying(
                        block ? "readAheadKiB: \"1024\"" : "discard: \"false\"",
                        "--csi.testvolumeparameters=" + parameters,
                        "--csi.testvolumeaccesstype=" + (block ? "block" : "mount"),
                        "--csi.testnodevolumeattachlimit"));

        assertThat(report.failed()).isEmpty();
        assertThat(report.skippedByReason()).isEmpty();
        assertThat(report.passed()).hasSizeGreaterThanOrEqualTo(103);
    }

    /** What its cases about modifying are to ask for. */
    private List<String> modifying(String parameters, String... more) throws IOException {
        var all = new ArrayList<>(List.of(more));
        all.add("--csi.testvolumemutableparameters="
                + Files.writeString(directory.resolve("mutable.yaml"), parameters + "\n"));
        return all;
    }

    private static void isAboutAttaching(String reason) {
        assertThat(reason).matches("(?i).*(publish ?volume|publish, unpublishvolume) not supported");
    }

    private SanityReport run(String name, LocalDriverOptions options, List<String> more)
            throws IOException, InterruptedException, UnusableSocketException {
        Path program = CsiSanityProgram.built();
        Path report = Files.createDirectories(REPORTS).resolve("csi-sanity-" + name + ".xml");
        Path log = REPORTS.resolve("csi-sanity-" + name + ".log");
        Path socket = directory.resolve("csi.sock");
        var command = new ArrayList<>(List.of(
                program.toString(),
                "--csi.endpoint=unix:" + socket,
                "--csi.mountdir=" + directory.resolve("mount"),
                "--csi.stagingdir=" + directory.resolve("staging"),
                "--ginkgo.junit-report=" + report.toAbsolutePath(),
                "--ginkgo.no-color"));
        command.addAll(more);
        try (var _ = DriverServer.start(new UnixSocket(socket), SocketAccess.OWNER, LocalDriver.open(options))) {
            Process sanity = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            try {
                assertThat(sanity.waitFor(5, TimeUnit.MINUTES))
                        .as("csi-sanity ends in time, see %s", log)
                        .isTrue();
            } finally {
                sanity.destroyForcibly();
            }
        }
        assertThat(Root.mountsBelow(directory)).isEmpty();
        assertThat(Mounts.ofThisMachine().loops().attached())
                .as("loop devices")
                .noneMatch(loop -> loop.file().startsWith(directory + "/"));
        SanityReport read = SanityReport.read(report);
        System.out.println("csi-sanity 5.6.0 with two cases mended, " + name + ": " + read.summary());
        return read;
    }
}
