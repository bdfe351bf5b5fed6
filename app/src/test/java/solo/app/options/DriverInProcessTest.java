package solo.app.options;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import csi.v1.CapacityRange;
import csi.v1.CreateVolumeRequest;
import csi.v1.GetCapacityRequest;
import csi.v1.NodeGetInfoRequest;
import csi.v1.VolumeCapability;
import csi.v1.VolumeCapability.AccessMode;
import csi.v1.VolumeCapability.AccessMode.Mode;
import csi.v1.VolumeCapability.MountVolume;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import solo.csi.Driver;

/** What the flags make of the bundled driver. */
class DriverInProcessTest {
    private static final long MIB = 1L << 20;

    @TempDir
    private Path state = Path.of("");

    @Command
    private static final class Flags {
        @Mixin
        private final SoloOptions options = new SoloOptions();
    }

    @Test
    void the_kubelet_is_told_how_many_volumes_a_node_may_have() throws Exception {
        assertThat(volumesPerNode(bundled())).isEqualTo(0);
        assertThat(volumesPerNode(bundled("--max-volumes-per-node=7"))).isEqualTo(7);
    }

    @Test
    void volumes_together_promise_no_more_than_the_pool_has() throws Exception {
        Driver driver = bundled("--pool-size=100Mi");

        assertThat(available(driver)).isEqualTo(100 * MIB);
        create(driver, "first", 60 * MIB);
        assertThat(available(driver)).isEqualTo(40 * MIB);
        assertThatThrownBy(() -> create(driver, "second", 60 * MIB))
                .hasMessageContaining("41943040 of 104857600 bytes");
        create(driver, "third", 40 * MIB);
    }

    @Test
    void without_a_size_the_filesystem_is_the_pool() throws Exception {
        Driver driver = bundled();
        long before = available(driver);

        create(driver, "promise", Math.min(before, 1L << 40));

        assertThat(available(driver)).isPositive();
    }

    private Driver bundled(String... flags) throws Exception {
        Flags parsed = new Flags();
        new CommandLine(parsed).parseArgs(flags);
        parsed.options.driver.stateDir = state;
        return DriverInProcess.BUNDLED.open(parsed.options.driver, "node");
    }

    private static long volumesPerNode(Driver driver) throws Exception {
        return driver.node()
                .nodeGetInfo(NodeGetInfoRequest.getDefaultInstance())
                .getMaxVolumesPerNode();
    }

    private static long available(Driver driver) throws Exception {
        return driver.controller()
                .getCapacity(GetCapacityRequest.getDefaultInstance())
                .getAvailableCapacity();
    }

    private static void create(Driver driver, String name, long bytes) throws Exception {
        driver.controller()
                .createVolume(CreateVolumeRequest.newBuilder()
                        .setName(name)
                        .setCapacityRange(CapacityRange.newBuilder().setRequiredBytes(bytes))
                        .addVolumeCapabilities(VolumeCapability.newBuilder()
                                .setMount(MountVolume.getDefaultInstance())
                                .setAccessMode(AccessMode.newBuilder().setMode(Mode.SINGLE_NODE_WRITER)))
                        .build());
    }
}
