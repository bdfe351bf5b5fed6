package solo.provisioner.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import solo.csi.model.VolumeCapability.AccessType.Mount;
import solo.provisioner.model.Feature;
import solo.provisioner.model.Unprepared.FsTypeTwice;
import solo.provisioner.model.Unprepared.UnknownReservedKey;

/** What of a class's parameters reaches the driver, and which filesystem they ask for. */
class ClassParametersTest {

    private final Situation situation = new Situation();

    @ParameterizedTest
    @CsvSource({
        "csi.storage.k8s.io/fstype, xfs, xfs",
        "fstype, xfs, xfs",
        "fsType, xfs, xfs",
        "FSTYPE, xfs, xfs",
        "csi.storage.k8s.io/fstype, '', ext4",
        "other, xfs, ext4",
    })
    void the_filesystem_is_the_one_named_else_the_default(String key, String value, String fsType) {
        situation.parameter(key, value).defaultFsType("ext4");

        assertThat(situation.request().capabilities().getFirst().accessType()).isEqualTo(new Mount(fsType, List.of()));
    }

    @Test
    void without_a_default_the_driver_chooses_the_filesystem() {
        assertThat(situation.request().capabilities().getFirst().accessType()).isEqualTo(new Mount("", List.of()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"csi.storage.k8s.io/fstype", "FSTYPE"})
    void naming_the_filesystem_twice_is_refused_even_if_both_agree(String other) {
        situation.parameter("fsType", "xfs").parameter(other, "xfs");

        assertThat(situation.refusal()).isInstanceOf(FsTypeTwice.class);
    }

    @Test
    void mount_options_go_along() {
        situation.storageClass().mountOptions("noatime", "discard");

        assertThat(situation.request().capabilities().getFirst().accessType())
                .isEqualTo(new Mount("", List.of("noatime", "discard")));
    }

    @Test
    void known_reserved_keys_stay_with_us_and_everything_else_reaches_the_driver() {
        situation
                .parameter("csi.storage.k8s.io/fstype", "xfs")
                .parameter("csi.storage.k8s.io/node-stage-secret-name", "s")
                .parameter("csi.storage.k8s.io/node-stage-secret-namespace", "n")
                .parameter("csiNodePublishSecretName", "s")
                .parameter("csiNodePublishSecretNamespace", "n")
                .parameter("tier", "csi.storage.k8s.io/in-a-value-is-harmless");

        assertThat(situation.request().parameters())
                .containsOnly(
                        Map.entry("csiNodePublishSecretName", "s"),
                        Map.entry("csiNodePublishSecretNamespace", "n"),
                        Map.entry("tier", "csi.storage.k8s.io/in-a-value-is-harmless"));
    }

    @Test
    void the_old_filesystem_key_reaches_the_driver_as_it_always_did() {
        situation.parameter("fstype", "xfs");

        assertThat(situation.request().parameters()).containsOnly(Map.entry("fstype", "xfs"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"csi.storage.k8s.io/fsType", "csi.storage.k8s.io/", "csi.storage.k8s.io/pv/name"})
    void an_unknown_reserved_key_is_named(String key) {
        situation.parameter(key, "x");

        assertThat(situation.refusal()).isEqualTo(new UnknownReservedKey(key));
    }

    @Test
    void a_class_without_parameters_is_fine() {
        assertThat(situation.request().parameters()).isEmpty();
    }

    @Test
    void extra_metadata_names_claim_and_volume() {
        situation.with(Feature.EXTRA_CREATE_METADATA);

        assertThat(situation.request().parameters())
                .containsOnly(
                        Map.entry("csi.storage.k8s.io/pvc/name", "data"),
                        Map.entry("csi.storage.k8s.io/pvc/namespace", "ns"),
                        Map.entry("csi.storage.k8s.io/pv/name", Situation.NAME));
    }
}
