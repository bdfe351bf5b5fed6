package solo.provisioner.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import solo.csi.model.ControllerCapability;
import solo.csi.model.CreatedVolume;
import solo.csi.model.Topology;
import solo.kube.model.ObjectKey;
import solo.kube.model.ObjectReference;
import solo.kube.model.VolumeAttributesClass;
import solo.provisioner.model.Fact;
import solo.provisioner.model.Feature;
import solo.provisioner.model.NewPersistentVolume;
import solo.provisioner.model.NewPersistentVolume.Access;
import solo.provisioner.model.NewPersistentVolume.VolumeSecrets;
import solo.provisioner.model.ProvisioningAnswer.Created;
import solo.simulation.Objects;

/** Every field of the PersistentVolume, as in inventory §11. */
class PersistentVolumeOfTest {

    private static final String OURS = "external-provisioner.volume.kubernetes.io/finalizer";

    private final Situation situation = new Situation();
    private CreatedVolume created = created(Map.of(), List.of());

    @Test
    void the_claim_is_referred_to_by_everything_that_identifies_it() {
        situation.claim().with("77", "metadata", "resourceVersion");

        assertThat(volume().claim())
                .isEqualTo(new ObjectReference(
                        "v1", "PersistentVolumeClaim", new ObjectKey("ns", "data"), Situation.UID, "77"));
    }

    @Test
    void what_the_claim_asks_for_is_copied() {
        situation.claim().accessModes("ReadWriteMany", "ReadOnlyMany").block();

        assertThat(volume().accessModes()).containsExactly("ReadWriteMany", "ReadOnlyMany");
        assertThat(volume().volumeMode()).isEqualTo("Block");
        assertThat(volume().storageClassName()).isEqualTo("fast");
    }

    @Test
    void what_the_class_asks_for_is_copied() {
        situation.storageClass().mountOptions("noatime").reclaimPolicy("Delete");

        assertThat(volume().mountOptions()).containsExactly("noatime");
        assertThat(volume().reclaimPolicy()).isEqualTo("Delete");
    }

    @ParameterizedTest
    @CsvSource({"5Gi, 5Gi", "5.5Gi, 5632Mi", "100Ki, 100Ki", "1000, 1000", "1G, 1000000000", "1500m, 2"})
    void the_capacity_is_written_in_binary_units(String asked, String written) {
        situation.claim().size(asked);
        created = new CreatedVolume("vol-1", 0, Map.of(), CreatedVolume.Content.EMPTY, List.of());

        assertThat(volume().capacity().text()).isEqualTo(written);
    }

    @Test
    void it_is_born_with_every_finalizer_it_will_need() {
        assertThat(volume().finalizers()).containsExactly(OURS);

        situation.with(Feature.ATTACHER_FINALIZER);
        assertThat(volume().finalizers()).containsExactly(OURS, "external-attacher/model-csi-solo");
    }

    @Test
    void a_volume_that_is_retained_does_not_need_ours() {
        situation.storageClass().reclaimPolicy("Retain");

        assertThat(volume().finalizers()).isEmpty();
    }

    @Test
    void the_deletion_secret_is_spelt_out_even_when_there_is_none() {
        assertThat(volume().annotations())
                .containsOnly(
                        Map.entry("pv.kubernetes.io/provisioned-by", "model.csi.solo"),
                        Map.entry("volume.kubernetes.io/provisioner-deletion-secret-name", ""),
                        Map.entry("volume.kubernetes.io/provisioner-deletion-secret-namespace", ""));
    }

    @Test
    void the_default_secret_fills_every_reference_and_both_pairs_of_annotations() {
        situation
                .parameter("csi.storage.k8s.io/secret-name", "s")
                .parameter("csi.storage.k8s.io/secret-namespace", "n")
                .secret("n/s", Map.of());
        ObjectKey secret = new ObjectKey("n", "s");

        assertThat(volume().csi().secrets()).isEqualTo(new VolumeSecrets(secret, secret, secret, secret, secret));
        assertThat(volume().annotations())
                .containsEntry("volume.kubernetes.io/provisioner-deletion-secret-name", "s")
                .containsEntry("volume.kubernetes.io/provisioner-deletion-secret-namespace", "n")
                .containsEntry("volume.kubernetes.io/controller-modify-secret-name", "s")
                .containsEntry("volume.kubernetes.io/controller-modify-secret-namespace", "n");
    }

    @Test
    void the_driver_may_override_the_identity_in_its_context() {
        assertThat(volume().csi().volumeAttributes())
                .isEqualTo(Map.of("storage.kubernetes.io/csiProvisionerIdentity", "identity-1"));

        created = created(Map.of("storage.kubernetes.io/csiProvisionerIdentity", "mine", "pool", "p"), List.of());
        assertThat(volume().csi().volumeAttributes())
                .isEqualTo(Map.of("storage.kubernetes.io/csiProvisionerIdentity", "mine", "pool", "p"));
    }

    @Test
    void the_filesystem_is_named_but_not_for_raw_block() {
        situation.parameter("csi.storage.k8s.io/fstype", "xfs");
        assertThat(volume().csi().fsType()).isEqualTo("xfs");

        situation.claim().block();
        assertThat(volume().csi().fsType()).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "ReadOnlyMany, READ_ONLY",
        "ReadWriteOnce, READ_WRITE",
        "ReadOnlyMany ReadWriteOnce, READ_WRITE",
    })
    void only_a_claim_that_only_reads_is_read_only_and_only_with_the_flag(String modes, Access access) {
        situation.claim().accessModes(modes.split(" ", -1));
        assertThat(volume().csi().access()).isEqualTo(Access.READ_WRITE);

        situation.with(Feature.CONTROLLER_PUBLISH_READONLY);
        assertThat(volume().csi().access()).isEqualTo(access);
    }

    @Test
    void it_can_be_used_from_where_the_driver_says() {
        Topology a = Topology.of(Map.of("zone", "a"));
        created = created(Map.of(), List.of(a));
        assertThat(volume().nodeAffinity())
                .as("a driver without topology is not asked")
                .isEmpty();

        situation.topology().node("n1", Map.of("zone", "a"), "zone");
        assertThat(volume().nodeAffinity()).containsExactly(a);
    }

    @Test
    void a_place_without_segments_says_nothing_and_is_left_out() {
        situation.topology().node("n1", Map.of("zone", "a"), "zone");
        created = created(Map.of(), List.of(Topology.of(Map.of())));

        assertThat(volume().nodeAffinity()).isEmpty();
    }

    @Test
    void the_attributes_class_is_named_only_with_the_feature() {
        situation.can(ControllerCapability.MODIFY_VOLUME).claim().attributesClass("gold");
        situation.attributesClass(
                new Fact.Known<>(VolumeAttributesClass.of(Situation.json(Objects.attributesClass("gold", Map.of())))));
        assertThat(volume().volumeAttributesClassName()).isEqualTo("gold");

        situation.without(Feature.VOLUME_ATTRIBUTES_CLASS);
        assertThat(volume().volumeAttributesClassName()).isNull();
    }

    private NewPersistentVolume volume() {
        return situation.answered(new Created(created)).saved();
    }

    private static CreatedVolume created(Map<String, String> context, List<Topology> topologies) {
        return new CreatedVolume("vol-1", 1L << 40, context, CreatedVolume.Content.EMPTY, topologies);
    }
}
