package solo.csi.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import solo.csi.model.AccessModes.Mapping;
import solo.csi.model.AccessModes.SingleNode;

final class AccessModesTest {
    @ParameterizedTest
    @CsvSource({
        "ReadWriteOnce,    SINGLE_NODE_WRITER,      SINGLE_NODE_MULTI_WRITER",
        "ReadWriteOncePod, SINGLE_NODE_WRITER,      SINGLE_NODE_SINGLE_WRITER",
        "ReadOnlyMany,     MULTI_NODE_READER_ONLY,  MULTI_NODE_READER_ONLY",
        "ReadWriteMany,    MULTI_NODE_MULTI_WRITER, MULTI_NODE_MULTI_WRITER",
    })
    void one_mode_maps_the_same_alone_or_together(String mode, AccessMode plain, AccessMode apart) {
        assertThat(AccessModes.oneByOne(List.of(mode), SingleNode.ONE_MODE_ONLY))
                .isEqualTo(mapped(plain));
        assertThat(AccessModes.oneByOne(List.of(mode), SingleNode.TELLS_PODS_APART))
                .isEqualTo(mapped(apart));
        assertThat(AccessModes.together(List.of(mode), SingleNode.ONE_MODE_ONLY))
                .isEqualTo(mapped(plain));
        assertThat(AccessModes.together(List.of(mode), SingleNode.TELLS_PODS_APART))
                .isEqualTo(mapped(apart));
    }

    @Test
    void one_by_one_keeps_order_and_number_of_the_modes() {
        assertThat(AccessModes.oneByOne(
                        List.of("ReadOnlyMany", "ReadWriteOnce", "ReadOnlyMany"), SingleNode.ONE_MODE_ONLY))
                .isEqualTo(mapped(
                        AccessMode.MULTI_NODE_READER_ONLY,
                        AccessMode.SINGLE_NODE_WRITER,
                        AccessMode.MULTI_NODE_READER_ONLY));
        assertThat(AccessModes.oneByOne(List.of(), SingleNode.ONE_MODE_ONLY)).isEqualTo(mapped());
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "refused",
            value = {
                "ReadWriteMany ReadWriteOnce ReadOnlyMany, MULTI_NODE_MULTI_WRITER",
                "ReadWriteOncePod ReadWriteOncePod,        SINGLE_NODE_WRITER",
                "ReadWriteOncePod ReadWriteMany,           refused",
                "ReadWriteOncePod ReadWriteOnce,           refused",
                "ReadOnlyMany ReadWriteOnce,               refused",
                "ReadWriteSometimes,                       refused",
                "ReadWriteMany ReadWriteSometimes,         refused",
                "'',                                       refused",
            })
    void several_modes_together_become_one_or_none(String modes, @Nullable AccessMode expected) {
        List<String> list =
                Stream.of(modes.split(" ")).filter(mode -> !mode.isEmpty()).toList();
        Mapping mapping = AccessModes.together(list, SingleNode.ONE_MODE_ONLY);
        if (expected == null) {
            assertThat(mapping).isInstanceOf(Mapping.Refused.class);
        } else {
            assertThat(mapping).isEqualTo(mapped(expected));
        }
    }

    @Test
    void an_unknown_mode_is_named_in_the_refusal() {
        assertThat(AccessModes.oneByOne(List.of("ReadWriteSometimes"), SingleNode.ONE_MODE_ONLY))
                .isEqualTo(new Mapping.Refused("unknown access mode ReadWriteSometimes"));
    }

    private static Mapping mapped(AccessMode... modes) {
        return new Mapping.Mapped(List.of(modes));
    }
}
