package solo.attacher.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import solo.attacher.model.AttachingDriver;
import solo.attacher.model.AttachingDriver.ErrorCodes;
import solo.attacher.model.AttachmentReason.AccessModesRefused;
import solo.attacher.model.Finding;
import solo.attacher.model.PublishRequest;
import solo.csi.model.AccessMode;
import solo.csi.model.ControllerCapability;
import solo.csi.model.DriverCapabilities;
import solo.csi.model.VolumeCapability.AccessType.Block;
import solo.csi.model.VolumeCapability.AccessType.Mount;
import solo.kube.model.VolumeSpec;

/** What ControllerPublishVolume is asked for, field by field. */
class PublishRequestOfTest {

    @Test
    void handle_node_and_context_come_from_the_volume_and_the_registration() {
        PublishRequest request = request(Views.spec(Views.csi(false, null), "ReadWriteOnce"), driver(""));

        assertThat(request.volume().handle()).isEqualTo("handle");
        assertThat(request.nodeId()).isEqualTo("id-node");
        assertThat(request.volumeContext()).containsExactly(Map.entry("a", "b"));
    }

    @ParameterizedTest
    @CsvSource({
        "ReadWriteOncePod,               SINGLE_NODE_WRITER,       SINGLE_NODE_SINGLE_WRITER",
        "ReadWriteOncePod ReadWriteOnce, ,                         ",
        "ReadWriteMany,                  MULTI_NODE_MULTI_WRITER,  MULTI_NODE_MULTI_WRITER",
        "ReadWriteMany ReadWriteOnce,    MULTI_NODE_MULTI_WRITER,  MULTI_NODE_MULTI_WRITER",
        "ReadOnlyMany ReadWriteOnce,     ,                         ",
        "ReadOnlyMany,                   MULTI_NODE_READER_ONLY,   MULTI_NODE_READER_ONLY",
        "ReadWriteOnce,                  SINGLE_NODE_WRITER,       SINGLE_NODE_MULTI_WRITER",
        "'',                             ,                         ",
    })
    void access_modes(String modes, @Nullable AccessMode without, @Nullable AccessMode with) {
        String[] list = modes.isEmpty() ? new String[0] : modes.split(" ", -1);
        VolumeSpec spec = Views.spec(Views.csi(false, null), list);

        assertThat(mode(spec, driver(""))).isEqualTo(without);
        assertThat(mode(spec, driver("", ControllerCapability.SINGLE_NODE_MULTI_WRITER)))
                .isEqualTo(with);
    }

    @ParameterizedTest
    @CsvSource({"true,true,true", "true,false,false", "false,true,false", "false,false,false"})
    void read_only_passes_only_with_the_capability(boolean ofVolume, boolean capable, boolean asked) {
        AttachingDriver driver = capable ? driver("", ControllerCapability.PUBLISH_READONLY) : driver("");

        assertThat(request(Views.spec(Views.csi(ofVolume, null), "ReadWriteOnce"), driver)
                        .readOnly())
                .isEqualTo(asked);
    }

    @ParameterizedTest
    @CsvSource({"xfs,ext4,xfs", ",ext4,ext4", "'',ext4,ext4", ",'',''"})
    void the_default_file_system_is_for_volumes_that_name_none(
            @Nullable String ofVolume, String byDefault, String asked) {
        PublishRequest request = request(Views.spec(Views.csi(false, ofVolume), "ReadWriteOnce"), driver(byDefault));

        assertThat(request.capability().accessType()).isEqualTo(new Mount(asked, List.of()));
    }

    @Test
    void mount_options_are_flags() {
        VolumeSpec spec = new VolumeSpec(
                Views.csi(false, "xfs"), List.of("ReadWriteOnce"), "Filesystem", List.of("noatime", "ro"));

        assertThat(request(spec, driver("")).capability().accessType())
                .isEqualTo(new Mount("xfs", List.of("noatime", "ro")));
    }

    @Test
    void a_block_volume_has_neither_file_system_nor_flags() {
        VolumeSpec spec =
                new VolumeSpec(Views.csi(false, "xfs"), List.of("ReadWriteOnce"), "Block", List.of("noatime"));

        assertThat(request(spec, driver("ext4")).capability().accessType()).isEqualTo(new Block());
    }

    private static @Nullable AccessMode mode(VolumeSpec spec, AttachingDriver driver) {
        return switch (PublishRequestOf.of(Views.of(spec), driver)) {
            case Finding.Found<PublishRequest>(PublishRequest request) ->
                request.capability().accessMode();
            case Finding.Refused<PublishRequest>(var reason) -> {
                assertThat(reason).isInstanceOf(AccessModesRefused.class);
                yield null;
            }
        };
    }

    private static PublishRequest request(VolumeSpec spec, AttachingDriver driver) {
        return switch (PublishRequestOf.of(Views.of(spec), driver)) {
            case Finding.Found<PublishRequest>(PublishRequest request) -> request;
            case Finding.Refused<PublishRequest>(var reason) -> throw new AssertionError(reason.message());
        };
    }

    private static AttachingDriver driver(String defaultFsType, ControllerCapability... capabilities) {
        EnumSet<ControllerCapability> all = EnumSet.of(ControllerCapability.PUBLISH_UNPUBLISH_VOLUME);
        all.addAll(Arrays.asList(capabilities));
        return new AttachingDriver(
                "driver",
                new DriverCapabilities(Set.of(), Set.of(), all, Set.of(), Set.of()),
                defaultFsType,
                ErrorCodes.RECORDED);
    }
}
