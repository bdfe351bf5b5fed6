package solo.provisioner.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.ValueSource;
import solo.csi.model.Code;
import solo.csi.model.ControllerCapability;
import solo.csi.model.DriverCapabilities;
import solo.csi.model.DriverError;
import solo.csi.model.PluginCapability;
import solo.csi.model.Secrets;
import solo.kube.model.EventNote;
import solo.kube.model.ObjectKey;
import solo.kube.model.PersistentVolume;
import solo.kube.model.Secret;
import solo.kube.model.StorageClass;
import solo.kube.model.VolumeAttachment;
import solo.provisioner.model.DeletionAnswer;
import solo.provisioner.model.DeletionAnswer.DeleteFailed;
import solo.provisioner.model.DeletionAnswer.Looked;
import solo.provisioner.model.DeletionAnswer.Sight;
import solo.provisioner.model.DeletionAnswer.VolumeDeleted;
import solo.provisioner.model.DeletionDecision;
import solo.provisioner.model.DeletionEffect;
import solo.provisioner.model.DeletionEffect.AddFinalizer;
import solo.provisioner.model.DeletionEffect.DeletePersistentVolume;
import solo.provisioner.model.DeletionEffect.DeleteVolume;
import solo.provisioner.model.DeletionEffect.LookForVolume;
import solo.provisioner.model.DeletionEffect.ReadSecret;
import solo.provisioner.model.DeletionEffect.RemoveFinalizers;
import solo.provisioner.model.DeletionReason;
import solo.provisioner.model.DeletionReason.AlreadyDeleted;
import solo.provisioner.model.DeletionReason.BadSecret;
import solo.provisioner.model.DeletionReason.CannotDelete;
import solo.provisioner.model.DeletionReason.DriverRefused;
import solo.provisioner.model.DeletionReason.NotCsi;
import solo.provisioner.model.DeletionReason.OtherDriver;
import solo.provisioner.model.DeletionReason.Retained;
import solo.provisioner.model.DeletionReason.SharedHandle;
import solo.provisioner.model.DeletionReason.StillAttached;
import solo.provisioner.model.DeletionReason.StillWanted;
import solo.provisioner.model.DeletionView;
import solo.provisioner.model.DeletionView.Stage;
import solo.provisioner.model.Fact;
import solo.provisioner.model.Feature;
import solo.provisioner.model.ProvisioningOptions;
import solo.provisioner.model.VolumeNaming;
import solo.simulation.ModelDriver;
import solo.simulation.Objects;
import solo.simulation.StorageClassBuilder;
import solo.simulation.VolumeBuilder;

/** When a PersistentVolume and its volume are deleted, and why not; inventory §12. */
class DeletionRulesTest {

    private static final String OURS = "external-provisioner.volume.kubernetes.io/finalizer";
    private static final String ATTACHERS = "external-attacher/model-csi-solo";

    private final VolumeBuilder volume =
            Objects.volume("pv").handle("vol-1").provisioned().phase("Released").claimRef("ns/data", "uid-1");
    private final EnumSet<ControllerCapability> can = EnumSet.of(ControllerCapability.CREATE_DELETE_VOLUME);
    private final EnumSet<Feature> features = EnumSet.noneOf(Feature.class);
    private final List<VolumeAttachment> attachments = new ArrayList<>();
    private final List<PersistentVolume> sameHandle = new ArrayList<>();
    private @Nullable StorageClassBuilder storageClass;
    private Fact<Secret> secret = new Fact.Unread<>();
    private Stage stage = Stage.AT_DRIVER;
    private @Nullable DeletionAnswer answer;

    // ---- whose volume, and has its time come?

    @Test
    void a_released_volume_is_deleted() {
        assertThat(effects()).containsExactly(new DeleteVolume("vol-1", Secrets.NONE));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Pending", "Available", "Bound", "Failed", ""})
    void a_volume_in_any_other_phase_is_not(String phase) {
        volume.phase(phase);

        assertThat(refusal()).isEqualTo(new StillWanted(phase));
    }

    @Test
    void a_bound_volume_with_a_deletion_time_waits_for_its_claim() {
        volume.phase("Bound").deleting();

        assertThat(refusal()).isEqualTo(new StillWanted("Bound"));
    }

    @Test
    void a_retained_volume_is_kept() {
        volume.reclaimPolicy("Retain").without("metadata", "finalizers");

        assertThat(refusal()).isEqualTo(new Retained("Retain"));
    }

    @Test
    void a_volume_that_only_others_still_hold_has_been_deleted() {
        volume.without("metadata", "finalizers")
                .finalizer("kubernetes.io/pv-protection")
                .deleting();

        assertThat(refusal()).isEqualTo(new AlreadyDeleted());
    }

    @Test
    void a_volume_that_kubectl_has_deleted_is_deleted_at_the_driver_too() {
        volume.deleting();

        assertThat(effects()).containsExactly(new DeleteVolume("vol-1", Secrets.NONE));
    }

    @ParameterizedTest
    @CsvSource({
        "model.csi.solo, '',             other.csi,      ours",
        "other.csi,      '',             model.csi.solo, other",
        "other.csi,      model.csi.solo, other.csi,      ours",
        "'',             '',             model.csi.solo, ours",
        "'',             '',             other.csi,      other",
        "'',             model.csi.solo, other.csi,      ours",
    })
    void the_annotation_says_whose_it_is_and_without_one_the_driver_does(
            String provisionedBy, String migratedTo, String driver, String whose) {
        volume.without("metadata", "annotations").driver(driver);
        if (!provisionedBy.isEmpty()) {
            volume.annotation("pv.kubernetes.io/provisioned-by", provisionedBy);
        }
        if (!migratedTo.isEmpty()) {
            volume.annotation("pv.kubernetes.io/migrated-to", migratedTo);
        }

        if (whose.equals("ours")) {
            assertThat(effects()).isNotEmpty();
        } else {
            assertThat(refusal()).isInstanceOf(OtherDriver.class);
        }
    }

    // ---- the finalizer

    @Test
    void a_bound_volume_that_will_be_deleted_gets_the_finalizer_also_a_static_one() {
        volume.phase("Bound").without("metadata", "finalizers").without("metadata", "annotations");

        assertThat(effects()).containsExactly(new AddFinalizer(pv()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Available", "Pending"})
    void before_it_is_bound_it_needs_none(String phase) {
        volume.phase(phase).without("metadata", "finalizers");

        assertThat(refusal()).isEqualTo(new StillWanted(phase));
    }

    @Test
    void a_volume_that_is_being_deleted_gets_none() {
        volume.phase("Bound").without("metadata", "finalizers").finalizer("x").deleting();

        assertThat(refusal()).isEqualTo(new AlreadyDeleted());
    }

    @ParameterizedTest
    @ValueSource(strings = {"Retain", "Recycle"})
    void a_volume_that_will_not_be_deleted_loses_it(String policy) {
        volume.phase("Bound").reclaimPolicy(policy).finalizer("other");

        assertThat(effects()).containsExactly(new RemoveFinalizers(pv(), List.of(OURS)));
    }

    // ---- what stands in the way

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void any_attachment_blocks_whether_attached_or_not(boolean attached) {
        attachments.add(VolumeAttachment.of(Situation.json(Objects.attachment("va")
                .with("pv", "spec", "source", "persistentVolumeName")
                .with("node-1", "spec", "nodeName")
                .with(attached, "status", "attached"))));

        assertThat(refusal()).isEqualTo(new StillAttached("pv", "node-1"));
    }

    @Test
    void being_attached_is_told_without_alarm() {
        EventNote note = new StillAttached("pv", "node-1").event();

        assertThat(note.type().text()).isEqualTo("Normal");
        assertThat(note.reason()).isEqualTo("VolumeDelete");
        assertThat(note.message()).contains("pv", "node-1");
    }

    @Test
    void a_second_object_for_the_same_volume_blocks_unless_it_is_to_be_deleted_too() {
        sameHandle.add(PersistentVolume.of(Situation.json(Objects.volume("twin").phase("Released"))));
        assertThat(effects()).isNotEmpty();

        sameHandle.add(
                PersistentVolume.of(Situation.json(Objects.volume("in-use").phase("Bound"))));
        assertThat(refusal()).isEqualTo(new SharedHandle("in-use"));
    }

    @Test
    void a_volume_that_is_not_csi_cannot_be_deleted() {
        volume.without("spec", "csi");

        assertThat(refusal()).isEqualTo(new NotCsi());
    }

    @Test
    void a_driver_that_cannot_delete_is_told_so() {
        can.clear();

        assertThat(refusal()).isEqualTo(new CannotDelete("CREATE_DELETE_VOLUME"));
    }

    // ---- the secret

    @Test
    void the_annotations_name_the_secret_whatever_the_class_says() {
        volume.annotation("volume.kubernetes.io/provisioner-deletion-secret-name", "s")
                .annotation("volume.kubernetes.io/provisioner-deletion-secret-namespace", "n");
        classNames("other", "n");

        assertThat(effects()).containsExactly(new ReadSecret(new ObjectKey("n", "s")));
    }

    @Test
    void empty_annotations_mean_no_secret_though_the_class_has_one() {
        volume.annotation("volume.kubernetes.io/provisioner-deletion-secret-name", "")
                .annotation("volume.kubernetes.io/provisioner-deletion-secret-namespace", "");
        classNames("s", "n");

        assertThat(effects()).containsExactly(new DeleteVolume("vol-1", Secrets.NONE));
    }

    @Test
    void without_annotations_the_class_is_asked() {
        classNames("for-${pvc.name}-${pv.name}", "${pvc.namespace}");

        assertThat(effects()).containsExactly(new ReadSecret(new ObjectKey("ns", "for-data-pv")));
    }

    @Test
    void without_class_or_claim_there_is_no_secret() {
        assertThat(effects()).containsExactly(new DeleteVolume("vol-1", Secrets.NONE));

        classNames("s", "n");
        volume.without("spec", "claimRef");
        assertThat(effects()).containsExactly(new DeleteVolume("vol-1", Secrets.NONE));
    }

    @Test
    void a_class_that_speaks_of_the_claims_annotations_cannot_be_followed_any_more() {
        classNames("${pvc.annotations['team']}", "n");

        assertThat(refusal()).isInstanceOf(BadSecret.class);
    }

    @Test
    void the_secret_is_handed_to_the_driver_and_its_absence_is_no_obstacle() {
        classNames("s", "n");
        secret = new Fact.Known<>(Secret.of(Situation.json(Objects.secret("n/s", Map.of("k", "v")))));
        assertThat(effects()).containsExactly(new DeleteVolume("vol-1", new Secrets(Map.of("k", "v"))));

        secret = new Fact.Missing<>();
        assertThat(effects()).containsExactly(new DeleteVolume("vol-1", Secrets.NONE));

        secret = new Fact.Unreadable<>("forbidden");
        assertThat(effects()).containsExactly(new DeleteVolume("vol-1", Secrets.NONE));
    }

    // ---- after the driver

    @Test
    void once_the_driver_has_deleted_it_finalizer_and_object_go() {
        answer = new VolumeDeleted();

        assertThat(effects())
                .containsExactly(new RemoveFinalizers(pv(), List.of(OURS)), new DeletePersistentVolume(pv()));
    }

    @Test
    void the_attachers_finalizer_goes_in_the_same_write_and_others_stay() {
        features.add(Feature.ATTACHER_FINALIZER);
        volume.finalizer(ATTACHERS).finalizer("kubernetes.io/pv-protection");
        answer = new VolumeDeleted();

        assertThat(effects().getFirst()).isEqualTo(new RemoveFinalizers(pv(), List.of(OURS, ATTACHERS)));
    }

    @Test
    void what_kubectl_has_deleted_needs_no_second_deletion() {
        volume.deleting();
        answer = new VolumeDeleted();

        assertThat(effects()).containsExactly(new RemoveFinalizers(pv(), List.of(OURS)));
    }

    @Test
    void the_driver_is_not_asked_again_for_what_it_has_deleted() {
        stage = Stage.GONE_AT_DRIVER;

        assertThat(effects().getFirst()).isInstanceOf(RemoveFinalizers.class);
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "OK")
    void every_error_is_told_and_tried_again(Code code) {
        answer = new DeleteFailed(new DriverError(code, "no"));

        assertThat(refusal()).isInstanceOf(DriverRefused.class);
        assertThat(refusal().event())
                .isEqualTo(
                        EventNote.warning("VolumeFailedDelete", "rpc error: code = " + code.goName() + " desc = no"));
    }

    @Test
    void not_found_is_believed_only_when_a_complete_list_agrees() {
        can.add(ControllerCapability.LIST_VOLUMES);
        DriverError notFound = new DriverError(Code.NOT_FOUND, "no");
        answer = new DeleteFailed(notFound);
        assertThat(effects()).containsExactly(new LookForVolume("vol-1"));

        answer = new Looked(notFound, Sight.NOT_SEEN);
        assertThat(effects().getFirst()).isInstanceOf(RemoveFinalizers.class);

        answer = new Looked(notFound, Sight.SEEN);
        assertThat(refusal()).isEqualTo(new DriverRefused(notFound));

        answer = new Looked(notFound, Sight.UNKNOWN);
        assertThat(refusal()).isEqualTo(new DriverRefused(notFound));
    }

    private void classNames(String name, String namespace) {
        storageClass = Objects.storageClass("fast")
                .parameter("csi.storage.k8s.io/provisioner-secret-name", name)
                .parameter("csi.storage.k8s.io/provisioner-secret-namespace", namespace);
    }

    private PersistentVolume pv() {
        return PersistentVolume.of(Situation.json(volume));
    }

    private DeletionDecision decide() {
        var options = new ProvisioningOptions(
                ModelDriver.NAME,
                new DriverCapabilities(Set.of(PluginCapability.CONTROLLER_SERVICE), Set.of(), can, Set.of(), Set.of()),
                "identity-1",
                VolumeNaming.DEFAULT,
                "",
                features);
        return DeletionRules.decide(new DeletionView(
                options,
                pv(),
                storageClass == null ? null : StorageClass.of(Situation.json(storageClass)),
                attachments,
                sameHandle,
                stage,
                secret,
                answer));
    }

    private DeletionReason refusal() {
        return switch (decide()) {
            case DeletionDecision.Wait(var reason, var retry) -> reason;
            case DeletionDecision.Run(var effects) -> throw new AssertionError("not refused but: " + effects);
        };
    }

    private List<DeletionEffect> effects() {
        return switch (decide()) {
            case DeletionDecision.Wait(var reason, var retry) ->
                throw new AssertionError("refused: " + reason.message());
            case DeletionDecision.Run(var effects) -> effects;
        };
    }
}
