package solo.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static solo.csi.model.Code.INTERNAL;
import static solo.driver.ImageRequests.MIB;

import csi.v1.CapacityRange;
import csi.v1.ControllerExpandVolumeRequest;
import csi.v1.CreateSnapshotRequest;
import csi.v1.CreateVolumeGroupSnapshotRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.assertj.core.api.AbstractStringAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import solo.csi.CsiException;
import solo.driver.state.RealDisk;

/** A program that is not on the node is named with its package, and what needed it leaves everything as it was. */
class MissingProgramsTest {
    private static final long BYTES = 300 * MIB;

    @TempDir
    private Path directory = Path.of("");

    private final FakeMounts mounts = new FakeMounts();
    private TestDriver driver;

    @BeforeEach
    void start() throws IOException {
        driver = TestDriver.in(directory, mounts);
    }

    @ParameterizedTest
    @CsvSource({"ext4, e2fsprogs", "xfs, xfsprogs", "btrfs, btrfs-progs"})
    void a_filesystem_that_cannot_be_made(String fsType, String debianPackage) throws Exception {
        var lacking = without("mkfs." + fsType);
        var before = everything();

        refused(() -> create(lacking, fsType, "v")).contains("mkfs." + fsType, "install the package " + debianPackage);

        assertThat(everything()).isEqualTo(before);
        create(driver, fsType, "v");
    }

    @Test
    void a_filesystem_that_cannot_be_checked_is_not_mounted() throws Exception {
        create(driver, "ext4", "v");
        var lacking = without("e2fsck");

        refused(() -> stage(lacking, "ext4", "v")).contains("e2fsck", "install the package e2fsprogs");

        assertThat(mounts.paths()).isEmpty();
        assertThat(mounts.loopsInUse()).isEmpty();
        stage(driver, "ext4", "v");
    }

    @Test
    void one_that_cannot_grow_before_it_is_mounted_is_not_mounted() throws Exception {
        create(driver, "ext4", "v");
        expand("v", 2 * BYTES);
        var lacking = without("resize2fs");

        refused(() -> stage(lacking, "ext4", "v"))
                .contains("not mounted", "resize2fs", "install the package e2fsprogs");

        assertThat(mounts.paths()).isEmpty();
        assertThat(mounts.loopsInUse()).isEmpty();
        stage(driver, "ext4", "v");
    }

    @ParameterizedTest
    @CsvSource({"ext4, resize2fs, e2fsprogs", "xfs, xfs_growfs, xfsprogs", "btrfs, btrfs, btrfs-progs"})
    void one_that_is_mounted_and_cannot_grow_stays_as_it_is_until_it_can(
            String fsType, String program, String debianPackage) throws Exception {
        create(driver, fsType, "v");
        stage(driver, fsType, "v");
        var images = new ImageRequests(driver, fsType, BYTES);
        driver.node().nodePublishVolume(images.publication("v", "pod").build());
        expand("v", 2 * BYTES);
        mounts.programs().clear();
        var before = everything();
        var mounted = mounts.paths();
        var expansion = images.expansion("v", "pod", 2 * BYTES).build();

        mounts.lackPrograms(true);
        refused(() -> driver.node().nodeExpandVolume(expansion))
                .contains("/" + program + " cannot be run", "install the package " + debianPackage);

        assertThat(everything()).isEqualTo(before);
        assertThat(mounts.paths()).isEqualTo(mounted);
        mounts.lackPrograms(false);
        assertThat(driver.node().nodeExpandVolume(expansion).getCapacityBytes()).isEqualTo(2 * BYTES);
        assertThat(mounts.programs())
                .singleElement()
                .satisfies(run -> assertThat(run.command()).startsWith(program));
    }

    @ParameterizedTest
    @CsvSource({"ext4, e2fsprogs", "xfs, xfsprogs", "btrfs, btrfs-progs"})
    void one_that_cannot_grow_when_it_is_mounted_is_not_mounted(String fsType, String debianPackage) throws Exception {
        create(driver, fsType, "v");

        mounts.lackPrograms(true);
        refused(() -> stage(driver, fsType, "v")).contains("install the package " + debianPackage);

        assertThat(mounts.paths()).isEmpty();
        assertThat(mounts.loopsInUse()).isEmpty();
        mounts.lackPrograms(false);
        stage(driver, fsType, "v");
    }

    @Test
    void a_copy_that_cannot_get_an_identity_of_its_own() throws Exception {
        create(driver, "btrfs", "v");
        var lacking = without("btrfstune");
        var before = everything();

        refused(() -> clone(lacking, "c", "v")).contains("btrfstune", "install the package btrfs-progs");

        assertThat(everything()).isEqualTo(before);
        clone(driver, "c", "v");
    }

    @Test
    void a_copy_that_cannot_be_made() throws Exception {
        create(driver, "btrfs", "v");
        driver.create("d");
        var lacking = without("cp");
        var before = everything();

        refused(() -> clone(lacking, "c", "v")).contains("cp", "install the package coreutils");
        refused(() -> lacking.controller()
                        .createVolume(TestDriver.cloning("c", "d").build()))
                .contains("coreutils");
        for (String volume : List.of("v", "d")) {
            refused(() -> lacking.controller()
                            .createSnapshot(CreateSnapshotRequest.newBuilder()
                                    .setName("s")
                                    .setSourceVolumeId(volume)
                                    .build()))
                    .contains("coreutils");
        }
        refused(() -> lacking.driver()
                        .groupController()
                        .createVolumeGroupSnapshot(CreateVolumeGroupSnapshotRequest.newBuilder()
                                .setName("g")
                                .addAllSourceVolumeIds(List.of("v", "d"))
                                .build()))
                .contains("coreutils");

        assertThat(everything()).isEqualTo(before);
        clone(driver, "c", "v");
    }

    private TestDriver without(String program) throws IOException {
        var disk = new WithoutPrograms(new RealDisk(), Set.of(program));
        return new TestDriver(LocalDriver.open(TestDriver.options(directory), disk, mounts), driver.directory());
    }

    private static void create(TestDriver driver, String fsType, String id) throws CsiException {
        driver.controller()
                .createVolume(
                        new ImageRequests(driver, fsType, BYTES).creation(id).build());
    }

    private static void clone(TestDriver driver, String id, String source) throws CsiException {
        driver.controller()
                .createVolume(new ImageRequests(driver, "btrfs", BYTES)
                        .cloning(id, source)
                        .build());
    }

    private static void stage(TestDriver driver, String fsType, String id) throws CsiException {
        driver.node()
                .nodeStageVolume(
                        new ImageRequests(driver, fsType, BYTES).staging(id).build());
    }

    private void expand(String id, long bytes) throws CsiException {
        driver.controller()
                .controllerExpandVolume(ControllerExpandVolumeRequest.newBuilder()
                        .setVolumeId(id)
                        .setCapacityRange(CapacityRange.newBuilder().setRequiredBytes(bytes))
                        .build());
    }

    /** One sentence, for people. */
    private static AbstractStringAssert<?> refused(ThrowingCallable call) {
        return Refused.with(INTERNAL, call).doesNotContain("Exception", "\n");
    }

    private Map<Path, Long> everything() throws IOException {
        var found = new TreeMap<Path, Long>();
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.toList()) {
                boolean plain = Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS);
                found.put(file, plain ? Files.size(file) : -1);
            }
        }
        return found;
    }
}
