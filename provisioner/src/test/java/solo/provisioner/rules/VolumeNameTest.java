package solo.provisioner.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import solo.provisioner.model.Unprepared.NoUid;
import solo.provisioner.model.VolumeNaming;

/** What PersistentVolumes and the driver's volumes are called. */
class VolumeNameTest {

    @ParameterizedTest
    @CsvSource({
        "pvc, -1, 0a1b-2c3d, pvc-0a1b-2c3d",
        "pvc, 4, 0a1b-2c3d, pvc-0a1b",
        "pvc, 6, 0a1b-2c3d, pvc-0a1b2c",
        "pvc, 32, 0a1b-2c3d, pvc-0a1b2c3d",
        "test, 5, testid, test-testi",
    })
    void prefix_and_uid_make_the_name(String prefix, int length, String uid, String name) {
        assertThat(VolumeName.of(new VolumeNaming(prefix, length), uid)).isEqualTo(name);
    }

    @ParameterizedTest
    @CsvSource({"'', -1", "pvc, -2", "pvc, 0", "pvc, 33"})
    void what_would_fail_with_every_claim_is_refused_at_start(String prefix, int length) {
        assertThatThrownBy(() -> new VolumeNaming(prefix, length))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("--volume-name");
    }

    @Test
    void volume_and_request_have_the_same_name() {
        Situation situation = new Situation().naming("vol", 8);

        assertThat(situation.request().name()).isEqualTo("vol-0a1b2c3d");
    }

    @Test
    void a_claim_without_uid_has_no_volume() {
        Situation situation = new Situation();
        situation.claim().uid("");

        assertThat(situation.refusal()).isEqualTo(new NoUid());
    }
}
