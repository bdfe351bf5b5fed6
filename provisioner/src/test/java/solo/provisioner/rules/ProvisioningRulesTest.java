package solo.provisioner.rules;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import solo.csi.model.AccessMode;
import solo.csi.model.ControllerCapability;
import solo.csi.model.PluginCapability;
import solo.csi.model.Secrets;
import solo.csi.model.VolumeCapability;
import solo.kube.model.ObjectKey;
import solo.kube.model.PersistentVolumeClaim;
import solo.kube.model.Retry;
import solo.kube.model.StorageClass;
import solo.kube.model.VolumeAttributesClass;
import solo.provisioner.model.ClaimHistory;
import solo.provisioner.model.ClaimHistory.Hold;
import solo.provisioner.model.ClaimHistory.InBackground;
import solo.provisioner.model.ClaimHistory.InBackground.Request;
import solo.provisioner.model.ClaimHistory.PastVolume;
import solo.provisioner.model.Fact;
import solo.provisioner.model.Facts;
import solo.provisioner.model.Feature;
import solo.provisioner.model.NotYet.ClassMissing;
import solo.provisioner.model.NotYet.Held;
import solo.provisioner.model.NotYet.NoNodeSelected;
import solo.provisioner.model.NotYet.VolumeGoing;
import solo.provisioner.model.NothingToDo.AlreadyBound;
import solo.provisioner.model.NothingToDo.AlreadyProvisioned;
import solo.provisioner.model.NothingToDo.ClaimGone;
import solo.provisioner.model.NothingToDo.ClassOfOtherProvisioner;
import solo.provisioner.model.NothingToDo.OtherProvisioner;
import solo.provisioner.model.Progress;
import solo.provisioner.model.ProvisioningEffect.Announce;
import solo.provisioner.model.ProvisioningEffect.CreateVolume;
import solo.provisioner.model.ProvisioningEffect.GiveBack;
import solo.provisioner.model.ProvisioningEffect.ReadAttributesClass;
import solo.provisioner.model.ProvisioningEffect.ReadClaim;
import solo.provisioner.model.ProvisioningEffect.ReadSecret;
import solo.provisioner.model.ProvisioningReason;
import solo.provisioner.model.ProvisioningView;
import solo.provisioner.model.Unprepared.AttributesClassMissing;
import solo.provisioner.model.Unprepared.AttributesClassOfOtherDriver;
import solo.provisioner.model.Unprepared.BadSecretReference;
import solo.provisioner.model.Unprepared.NotCapable;
import solo.provisioner.model.Unprepared.SecretMissing;
import solo.provisioner.model.Unprepared.SelectedNodeGone;
import solo.provisioner.model.Unprepared.SelectorSet;
import solo.provisioner.model.Unprepared.UnknownAccessMode;
import solo.provisioner.model.Unprepared.Unreadable;
import solo.provisioner.model.Unprovisioned.NameTaken;
import solo.simulation.Objects;
import solo.simulation.VolumeBuilder;

/** When a claim is provisioned, what is asked of the driver then, and every reason why not. */
class ProvisioningRulesTest {

    private final Situation situation = new Situation();

    // ---- whose claim, and is it time?

    @Test
    void a_claim_with_everything_in_place_is_announced_and_created() {
        assertThat(situation.effects()).hasSize(2).satisfies(effects -> {
            assertThat(effects.get(0)).isInstanceOf(Announce.class);
            assertThat(effects.get(1)).isInstanceOf(CreateVolume.class);
        });
    }

    @Test
    void a_claim_that_nobody_has_given_to_a_provisioner_is_left() {
        situation.claim().without("metadata", "annotations");

        assertThat(situation.refusal()).isEqualTo(new OtherProvisioner(""));
    }

    @Test
    void a_claim_of_another_driver_is_left() {
        situation.claim().provisioner("other.csi");

        assertThat(situation.refusal()).isEqualTo(new OtherProvisioner("other.csi"));
    }

    @Test
    void the_beta_annotation_counts_where_the_other_is_missing() {
        situation.claim().without("metadata", "annotations");
        situation.claim().annotation("volume.beta.kubernetes.io/storage-provisioner", "model.csi.solo");
        assertThat(situation.request().name()).isEqualTo(Situation.NAME);

        situation.claim().annotation("volume.kubernetes.io/storage-provisioner", "other.csi");
        assertThat(situation.refusal()).isEqualTo(new OtherProvisioner("other.csi"));
    }

    @Test
    void a_bound_claim_is_left() {
        situation.claim().boundTo("pv-7");

        assertThat(situation.refusal()).isEqualTo(new AlreadyBound("pv-7"));
    }

    @Test
    void a_missing_class_is_waited_for_without_another_event() {
        assertThat(situation.withoutClass().refusal()).isEqualTo(new ClassMissing("fast"));
        assertThat(situation.refusal().event()).isNull();
    }

    @Test
    void the_class_of_the_beta_annotation_counts_first() {
        situation.claim().annotation("volume.beta.kubernetes.io/storage-class", "older");

        assertThat(situation.withoutClass().refusal()).isEqualTo(new ClassMissing("older"));
    }

    @Test
    void a_class_of_another_provisioner_is_left() {
        situation.storageClass().provisioner("other.csi");

        assertThat(situation.refusal()).isEqualTo(new ClassOfOtherProvisioner("fast", "other.csi"));
    }

    @Test
    void late_binding_waits_for_a_node_and_immediate_binding_does_not() {
        situation.storageClass().waitForFirstConsumer();
        assertThat(situation.refusal()).isEqualTo(new NoNodeSelected("fast"));

        situation.claim().selectedNode("n1");
        assertThat(situation.effects()).isNotEmpty();

        situation.claim().without("metadata", "annotations", "volume.kubernetes.io/selected-node");
        situation.storageClass().without("volumeBindingMode");
        assertThat(situation.effects()).as("no mode counts as Immediate").isNotEmpty();
    }

    @Test
    void the_alpha_annotation_names_the_node_too() {
        situation.storageClass().waitForFirstConsumer();
        situation.claim().annotation("volume.alpha.kubernetes.io/selected-node", "n1");

        assertThat(situation.view().selectedNode()).isEqualTo("n1");
        assertThat(situation.effects()).isNotEmpty();
    }

    @Test
    void a_terminating_claim_is_still_provisioned() {
        situation.claim().deleting().finalizer("kubernetes.io/pvc-protection");

        assertThat(situation.effects()).isNotEmpty();
    }

    // ---- is there a volume already?

    @Test
    void a_claim_with_its_volume_waits_for_the_controller_manager() {
        situation.existing(volume(Situation.NAME, Situation.UID));

        assertThat(situation.refusal()).isEqualTo(new AlreadyProvisioned(Situation.NAME));
    }

    @Test
    void the_volume_is_found_under_any_name_that_prefix_and_length_give() {
        situation.naming("vol", 8).existing(volume("vol-0a1b2c3d", Situation.UID));

        assertThat(situation.refusal()).isEqualTo(new AlreadyProvisioned("vol-0a1b2c3d"));
    }

    @Test
    void a_volume_made_with_another_prefix_is_found_by_the_claims_uid() {
        situation.naming("vol", -1).existing(volume(Situation.NAME, Situation.UID));

        assertThat(situation.refusal()).isEqualTo(new AlreadyProvisioned(Situation.NAME));
    }

    @Test
    void a_name_that_belongs_to_another_claim_is_told() {
        situation.naming("vol", 4).existing(volume("vol-0a1b", "another-uid"));

        assertThat(situation.refusal()).isInstanceOfSatisfying(NameTaken.class, reason -> {
            assertThat(reason.owner()).contains("ns/data", "another-uid");
            assertThat(reason.event()).isNotNull();
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"Released", "Failed"})
    void a_volume_on_its_way_out_is_waited_for(String phase) {
        situation.existing(volume(Situation.NAME, Situation.UID).phase(phase));

        assertThat(situation.refusal()).isEqualTo(new VolumeGoing(Situation.NAME));
    }

    // ---- what is remembered

    @Test
    void an_invalid_request_is_held_back_without_event_or_call() {
        situation.history(new ClaimHistory(null, new Hold(Duration.ofMinutes(4), "class-1", null), PastVolume.NONE));

        assertThat(situation.refusal()).isEqualTo(new Held(Duration.ofMinutes(4)));
        assertThat(situation.refusal().event()).isNull();
        assertThat(situation.refusal().retry()).isEqualTo(Retry.after(Duration.ofMinutes(4)));
    }

    @Test
    void a_class_made_anew_lifts_the_hold() {
        situation.history(new ClaimHistory(null, new Hold(Duration.ofMinutes(4), "class-0", null), PastVolume.NONE));

        assertThat(situation.effects()).isNotEmpty();
    }

    @Test
    void a_new_value_of_retry_now_lifts_the_hold() {
        situation.claim().annotation("solo.csi/retry-now", "1");
        situation.history(new ClaimHistory(null, new Hold(Duration.ofMinutes(4), "class-1", "1"), PastVolume.NONE));
        assertThat(situation.refusal()).isEqualTo(new Held(Duration.ofMinutes(4)));

        situation.claim().annotation("solo.csi/retry-now", "2");
        assertThat(situation.effects()).isNotEmpty();
    }

    @Test
    void only_a_claim_whose_volume_we_have_deleted_is_read_anew() {
        situation.history(new ClaimHistory(null, null, PastVolume.DELETED_BY_US));
        assertThat(situation.effects()).containsExactly(new ReadClaim(new ObjectKey("ns", "data")));

        situation.facts(Facts.NONE.withClaim(new Fact.Missing<>()));
        assertThat(situation.refusal()).isEqualTo(new ClaimGone());

        situation.facts(Facts.NONE.withClaim(new Fact.Known<>(situation.view().claim())));
        assertThat(situation.request().name()).isEqualTo(Situation.NAME);

        situation.facts(Facts.NONE.withClaim(new Fact.Known<>(namesake())));
        assertThat(situation.refusal()).isEqualTo(new ClaimGone());
    }

    @Test
    void preparation_never_ends_what_may_go_on_at_the_driver() {
        for (ProvisioningReason reason : List.of(
                new SelectorSet(),
                new OtherProvisioner(""),
                new NotCapable("x", "y"),
                new SecretMissing(new ObjectKey("n", "s")),
                new BadSecretReference("k", "w"),
                new NoNodeSelected("fast"),
                new ClassMissing("fast"))) {
            assertThat(reason.progress()).as(reason.code()).isEqualTo(Progress.NO_CHANGE);
        }
    }

    @Test
    void a_claim_that_is_gone_while_the_driver_may_be_at_it_is_carried_on_with_in_silence() {
        ProvisioningView before = situation.view();
        StorageClass storageClass = requireNonNull(before.storageClass());
        situation
                .claimGone()
                .history(new ClaimHistory(
                        new InBackground(before.claim(), storageClass, Map.of(), "", null, Request.SENT),
                        null,
                        PastVolume.NONE));

        assertThat(situation.effects()).singleElement().isInstanceOf(CreateVolume.class);
    }

    @Test
    void as_long_as_the_driver_may_be_at_it_the_class_counts_as_it_was() {
        situation.parameter("type", "ssd");
        ProvisioningView before = situation.view();
        StorageClass storageClass = requireNonNull(before.storageClass());
        situation.history(new ClaimHistory(
                new InBackground(before.claim(), storageClass, Map.of(), "", null, Request.SENT),
                null,
                PastVolume.NONE));

        situation.parameter("type", "hdd").storageClass().provisioner("other.csi");
        assertThat(situation.request().parameters()).isEqualTo(Map.of("type", "ssd"));

        situation.withoutClass();
        assertThat(situation.request().parameters()).isEqualTo(Map.of("type", "ssd"));
    }

    @Test
    void as_long_as_the_driver_may_be_at_it_an_attributes_class_counts_as_it_was() {
        situation.can(ControllerCapability.MODIFY_VOLUME).claim().attributesClass("gold");
        ProvisioningView before = situation.view();
        StorageClass storageClass = requireNonNull(before.storageClass());
        situation
                .attributesClass(new Fact.Missing<>())
                .history(new ClaimHistory(
                        new InBackground(before.claim(), storageClass, Map.of("iops", "9"), "", null, Request.SENT),
                        null,
                        PastVolume.NONE));

        assertThat(situation.request().mutableParameters()).isEqualTo(Map.of("iops", "9"));
    }

    @Test
    void a_claim_bound_elsewhere_while_the_driver_may_be_at_it_is_carried_on_with() {
        ProvisioningView before = situation.view();
        StorageClass storageClass = requireNonNull(before.storageClass());
        situation.history(new ClaimHistory(
                new InBackground(before.claim(), storageClass, Map.of(), "", null, Request.SENT),
                null,
                PastVolume.NONE));

        situation.claim().boundTo("some-static-volume");
        assertThat(situation.request().name()).isEqualTo(Situation.NAME);

        situation.claim().boundTo(Situation.NAME);
        assertThat(situation.refusal()).isEqualTo(new AlreadyBound(Situation.NAME));
    }

    // ---- can the request be made?

    @Test
    void the_driver_must_have_a_controller_that_creates() {
        assertThat(situation.cannot(ControllerCapability.CREATE_DELETE_VOLUME).refusal())
                .isEqualTo(new NotCapable("CREATE_DELETE_VOLUME", "provisioning"));
        assertThat(situation.cannot(PluginCapability.CONTROLLER_SERVICE).refusal())
                .isEqualTo(new NotCapable("CONTROLLER_SERVICE", "provisioning"));
    }

    @Test
    void a_selector_is_refused_even_if_it_is_empty() {
        situation.claim().with(Map.of(), "spec", "selector");

        assertThat(situation.refusal()).isEqualTo(new SelectorSet());
    }

    @ParameterizedTest
    @CsvSource({
        "ReadWriteOnce,    SINGLE_NODE_WRITER,       SINGLE_NODE_MULTI_WRITER",
        "ReadWriteOncePod, SINGLE_NODE_WRITER,       SINGLE_NODE_SINGLE_WRITER",
        "ReadOnlyMany,     MULTI_NODE_READER_ONLY,   MULTI_NODE_READER_ONLY",
        "ReadWriteMany,    MULTI_NODE_MULTI_WRITER,  MULTI_NODE_MULTI_WRITER",
    })
    void access_modes_are_mapped(String mode, AccessMode plain, AccessMode tellsPodsApart) {
        situation.claim().accessModes(mode);
        assertThat(modes()).containsExactly(plain);

        situation.can(ControllerCapability.SINGLE_NODE_MULTI_WRITER);
        assertThat(modes()).containsExactly(tellsPodsApart);
    }

    @Test
    void each_access_mode_is_a_capability_of_its_own_in_the_claims_order() {
        situation.claim().accessModes("ReadOnlyMany", "ReadWriteOnce");

        assertThat(modes()).containsExactly(AccessMode.MULTI_NODE_READER_ONLY, AccessMode.SINGLE_NODE_WRITER);
    }

    @Test
    void an_access_mode_that_csi_does_not_have_is_refused() {
        situation.claim().accessModes("ReadSometimes");

        assertThat(situation.refusal()).isInstanceOf(UnknownAccessMode.class);
    }

    @Test
    void raw_block_has_neither_filesystem_nor_mount_options() {
        situation.claim().block();
        situation.storageClass().mountOptions("noatime").parameter("csi.storage.k8s.io/fstype", "xfs");

        assertThat(situation.request().capabilities())
                .containsExactly(VolumeCapability.block(AccessMode.SINGLE_NODE_WRITER));
    }

    @ParameterizedTest
    @CsvSource({"1Gi, 1073741824", "5.5Gi, 5905580032", "1000, 1000", "1500m, 2"})
    void the_size_is_rounded_up_to_whole_bytes(String size, long bytes) {
        situation.claim().size(size);

        assertThat(situation.request().requiredBytes()).isEqualTo(bytes);
    }

    @Test
    void without_a_secret_none_is_sent() {
        assertThat(situation.request().secrets()).isEqualTo(Secrets.NONE);
    }

    @Test
    void the_secret_is_read_only_once_everything_before_it_is_right() {
        secretParameters();
        assertThat(situation.effects()).containsExactly(new ReadSecret(new ObjectKey("n", "s")));

        situation.secret("n/s", Map.of("key", "value"));
        assertThat(situation.request().secrets().values()).isEqualTo(Map.of("key", "value"));

        situation.claim().accessModes("ReadSometimes");
        assertThat(situation.refusal()).isInstanceOf(UnknownAccessMode.class);
    }

    @Test
    void a_missing_or_unreadable_secret_is_waited_for_and_told() {
        secretParameters();
        assertThat(situation.secretMissing().refusal()).isEqualTo(new SecretMissing(new ObjectKey("n", "s")));
        assertThat(situation.secretUnreadable("forbidden").refusal())
                .isEqualTo(new Unreadable("Secret n/s", "forbidden"));
    }

    @Test
    void a_bad_reference_to_a_secret_for_later_calls_is_found_before_anything_is_created() {
        situation.parameter("csi.storage.k8s.io/node-stage-secret-name", "s");

        assertThat(situation.refusal())
                .isInstanceOfSatisfying(
                        BadSecretReference.class,
                        reason -> assertThat(reason.kind()).isEqualTo("node-stage"));
    }

    // ---- VolumeAttributesClass

    @Test
    void the_parameters_of_an_attributes_class_go_along_unfiltered() {
        situation.can(ControllerCapability.MODIFY_VOLUME).claim().attributesClass("gold");
        assertThat(situation.effects()).containsExactly(new ReadAttributesClass("gold"));

        situation.attributesClass(attributes("model.csi.solo"));
        assertThat(situation.request().mutableParameters()).isEqualTo(Map.of("iops", "9", "csi.storage.k8s.io/x", "y"));
    }

    @Test
    void an_attributes_class_must_exist_and_be_of_this_driver() {
        situation.can(ControllerCapability.MODIFY_VOLUME).claim().attributesClass("gold");

        assertThat(situation.attributesClass(new Fact.Missing<>()).refusal())
                .isEqualTo(new AttributesClassMissing("gold"));
        assertThat(situation.attributesClass(attributes("other.csi")).refusal())
                .isEqualTo(new AttributesClassOfOtherDriver("gold", "other.csi", "model.csi.solo"));
    }

    @Test
    void an_attributes_class_needs_a_driver_that_can_modify() {
        situation.claim().attributesClass("gold");

        assertThat(situation.refusal()).isEqualTo(new NotCapable("MODIFY_VOLUME", "a VolumeAttributesClass"));
    }

    @Test
    void with_the_feature_off_or_an_empty_name_there_is_no_attributes_class() {
        situation.claim().attributesClass("gold");
        situation.without(Feature.VOLUME_ATTRIBUTES_CLASS);
        assertThat(situation.request().mutableParameters()).isEmpty();

        situation.with(Feature.VOLUME_ATTRIBUTES_CLASS).claim().attributesClass("");
        assertThat(situation.request().mutableParameters()).isEmpty();
    }

    // ---- giving a claim back to the scheduler

    @Test
    void a_selected_node_that_is_gone_is_given_back() {
        situation.topology().claim().selectedNode("gone");

        assertThat(situation.effects())
                .containsExactly(new GiveBack(new SelectedNodeGone("gone", "it has no CSINode object")));
    }

    @Test
    void a_node_named_only_by_the_alpha_annotation_cannot_be_given_back() {
        situation.topology().claim().annotation("volume.alpha.kubernetes.io/selected-node", "gone");

        assertThat(situation.refusal()).isInstanceOf(SelectedNodeGone.class);
    }

    @Test
    void a_claim_that_is_gone_is_given_back_to_nobody() {
        situation.topology().claimGone().claim().selectedNode("gone");

        assertThat(situation.refusal()).isInstanceOf(SelectedNodeGone.class);
    }

    private void secretParameters() {
        situation
                .parameter("csi.storage.k8s.io/provisioner-secret-name", "s")
                .parameter("csi.storage.k8s.io/provisioner-secret-namespace", "n");
    }

    private List<AccessMode> modes() {
        return situation.request().capabilities().stream()
                .map(VolumeCapability::accessMode)
                .toList();
    }

    private static Fact<VolumeAttributesClass> attributes(String driver) {
        return new Fact.Known<>(VolumeAttributesClass.of(
                Situation.json(Objects.attributesClass("gold", Map.of("iops", "9", "csi.storage.k8s.io/x", "y"))
                        .with(driver, "driverName"))));
    }

    private static PersistentVolumeClaim namesake() {
        return PersistentVolumeClaim.of(Situation.json(Objects.claim("ns/data").uid("younger")));
    }

    private static VolumeBuilder volume(String name, String claimUid) {
        return Objects.volume(name).claimRef("ns/data", claimUid);
    }
}
