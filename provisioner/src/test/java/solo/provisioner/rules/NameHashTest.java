package solo.provisioner.rules;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where claims of a StatefulSet begin in the list of places; vectors of external-provisioner's topology_test.go. */
class NameHashTest {

    @ParameterizedTest
    @CsvSource({
        "testset-1, 0", "testset-2, 1", "testset-3, 2", "testset-4, 3",
        "pvc-testset-1, 0", "pvc-testset-2, 1", "data-testset-3, 2", "a-b-testset-4, 3",
    })
    void claims_of_one_set_go_round_four_zones_whatever_their_template_is_called(String name, int start) {
        assertThat(NameHash.start(name, 4)).isEqualTo(start);
    }

    @ParameterizedTest
    @CsvSource({"'', 811c9dc5", "a, 050c5d7e", "foobar, 31f0b262"})
    void the_hash_is_fnv_1_and_not_fnv_1a(String text, String hex) {
        assertThat(String.format("%08x", NameHash.fnv1(text))).isEqualTo(hex);
    }

    @ParameterizedTest
    @CsvSource({"web-007, web-7", "x-web-0, y-web-0"})
    void these_names_start_at_the_same_place(String one, String other) {
        assertThat(NameHash.start(one, 1000)).isEqualTo(NameHash.start(other, 1000));
    }

    @Test
    void what_is_no_unsigned_32_bit_number_is_part_of_the_name() {
        assertThat(NameHash.start("web-4294967296", 1 << 30))
                .isEqualTo((int) (Integer.toUnsignedLong(NameHash.fnv1("web-4294967296")) % (1 << 30)));
        assertThat(NameHash.start("web-+1", 1 << 30))
                .isEqualTo((int) (Integer.toUnsignedLong(NameHash.fnv1("web-+1")) % (1 << 30)));
    }

    @Test
    void the_sum_wraps_at_32_bits() {
        long hash = Integer.toUnsignedLong(NameHash.fnv1("web"));
        long sum = (hash + 4294967295L) & 0xffffffffL;

        assertThat(NameHash.start("web-4294967295", 7)).isEqualTo((int) (sum % 7));
    }
}
