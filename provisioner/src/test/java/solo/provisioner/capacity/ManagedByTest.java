package solo.provisioner.capacity;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The label that tells instances apart; vectors of external-provisioner's csi-provisioner.go. */
class ManagedByTest {

    @ParameterizedTest
    @CsvSource({
        "n1, external-provisioner-n1",
        "node + 49, external-provisioner-a3607ff1",
        "node + 63, external-provisioner-df38e37f",
        "node + 20, external-provisioner-nodeaaaaaaaaaaaaaaaaaaaa",
        "node + 38, external-provisioner-nodeaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
        "node + 39, external-p-53f40b57-nodeaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
    })
    void fits_a_label(String node, String label) {
        int plus = node.indexOf(" + ");
        String name = plus < 0 ? node : "node" + "a".repeat(Integer.parseInt(node.substring(plus + 3)));

        assertThat(ManagedBy.node(name)).isEqualTo(label).hasSizeLessThanOrEqualTo(63);
    }

    @ParameterizedTest
    @CsvSource({"external-provisioner, 53f40b57"})
    void the_hash_is_fnv_1a(String text, String hash) {
        assertThat(ManagedBy.hash(text)).isEqualTo(hash);
    }
}
