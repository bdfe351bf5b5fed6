package solo.provisioner;

import static org.assertj.core.api.Assertions.assertThat;

import csi.v1.CreateVolumeRequest;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import solo.csi.Rpcs;
import solo.csi.model.Code;
import solo.csi.model.ControllerCapability;
import solo.csi.model.PluginCapability;
import solo.kube.Change;
import solo.kube.CompactJson;
import solo.kube.History;
import solo.kube.Kind;
import solo.kube.Kinds;
import solo.kube.model.Actor;
import solo.kube.model.Json;
import solo.kube.model.Outcome;
import solo.kube.model.Projected;
import solo.kube.model.Reason;
import solo.provisioner.UnfinishedRecord.Safety;
import solo.provisioner.model.Feature;
import solo.provisioner.model.Unprovisioned.AskedAsBefore;
import solo.provisioner.model.Unprovisioned.DriverRefused;
import solo.provisioner.model.Unprovisioned.MadeOtherwise;
import solo.simulation.DriverFault;
import solo.simulation.Objects;
import solo.simulation.StorageClassBuilder;

/**
 * A class comes back under its name with other parameters while CreateVolume has no final answer. The driver takes the
 * same name with other parameters for another volume, so what was asked once is asked again as it was.
 */
class EditedClassTest {

    private static final String PV = "pvc-uid-1";

    private ProvisionerWorld world = new ProvisionerWorld();

    /** What a process leaves to the next one. */
    private String lease = "";

    @Test
    void a_request_without_a_final_answer_is_repeated_as_it_was() {
        pending();
        world.driver.calls().plan(Rpcs.CREATE_VOLUME, DriverFault.timeoutAfterSuccess());
        world.claim("ns/data");
        edited();

        assertThat(world.claim("ns/data")).isEqualTo(Outcome.done());

        assertThat(asked()).hasSize(2).containsOnly(asked().getFirst());
    }

    @Test
    void after_a_final_answer_the_class_counts_as_it_is() {
        pending();
        world.driver.calls().plan(Rpcs.CREATE_VOLUME, DriverFault.refused(Code.INTERNAL));
        world.claim("ns/data");
        edited();

        assertThat(world.claim("ns/data")).isEqualTo(Outcome.done());

        assertThat(asked().getLast().getParametersMap()).isEqualTo(Map.of("edition", "2"));
    }

    @Test
    void after_a_crash_the_next_process_repeats_the_request_as_it_was() {
        killed();
        pending();
        world.driver.calls().plan(Rpcs.CREATE_VOLUME, DriverFault.timeoutAfterSuccess());
        world.claim("ns/data");
        killed();
        edited();

        assertThat(world.claim("ns/data")).isEqualTo(Outcome.done());

        assertThat(asked()).hasSize(2).containsOnly(asked().getFirst());
    }

    @Test
    void the_volume_is_used_as_if_the_edit_had_come_later() {
        killed();
        pending();
        world.driver.calls().plan(Rpcs.CREATE_VOLUME, DriverFault.timeoutAfterSuccess());
        world.claim("ns/data");
        killed();
        edited();
        world.claim("ns/data");

        Json spec = world.pv(PV).at("spec");
        assertThat(spec.at("mountOptions").texts()).containsExactly("noatime");
        assertThat(spec.at("persistentVolumeReclaimPolicy").text()).isEqualTo("Delete");
        assertThat(spec.at("csi", "fsType").text()).isEqualTo("xfs");
    }

    @Test
    void a_claim_that_is_gone_too_is_pursued_by_the_class_as_it_was() {
        killed();
        pending();
        world.driver.calls().plan(Rpcs.CREATE_VOLUME, DriverFault.timeoutAfterSuccess());
        world.claim("ns/data");
        killed();
        edited();
        world.server.remove(Kinds.CLAIM, Objects.key("ns/data"));

        world.claimUid("ns/data", "uid-1");
        world.phase(PV, "Released");
        world.volume(PV);

        assertThat(world.volumesAtDriver()).isZero();
    }

    @Test
    void what_was_noted_of_an_earlier_request_is_put_right_before_another_is_made() {
        killed();
        pending();
        world.driver
                .calls()
                .plan(Rpcs.CREATE_VOLUME, DriverFault.refused(Code.INTERNAL), DriverFault.timeoutAfterSuccess());
        world.claim("ns/data");
        edited();
        world.claim("ns/data");
        killed();
        edited("3");

        assertThat(world.claim("ns/data")).isEqualTo(Outcome.done());

        assertThat(asked().getLast().getParametersMap()).isEqualTo(Map.of("edition", "2"));
    }

    @Test
    void the_parameters_of_an_attributes_class_are_repeated_even_if_it_has_gone() {
        world = new ProvisionerWorld(
                        EnumSet.of(PluginCapability.CONTROLLER_SERVICE),
                        EnumSet.of(ControllerCapability.CREATE_DELETE_VOLUME, ControllerCapability.MODIFY_VOLUME))
                .with(Feature.VOLUME_ATTRIBUTES_CLASS);
        killed();
        world.with(
                Objects.storageClass("fast"),
                Objects.attributesClass("gold", Map.of("iops", "9")),
                Objects.claim("ns/data")
                        .uid("uid-1")
                        .storageClass("fast")
                        .attributesClass("gold")
                        .provisioner());
        world.driver.calls().plan(Rpcs.CREATE_VOLUME, DriverFault.timeoutAfterSuccess());
        world.claim("ns/data");
        killed();
        world.server.remove(Kinds.ATTRIBUTES_CLASS, Objects.key("gold"));

        assertThat(world.claim("ns/data")).isEqualTo(Outcome.done());

        assertThat(asked()).hasSize(2).containsOnly(asked().getFirst());
        assertThat(asked().getFirst().getMutableParamsMap()).isEqualTo(Map.of("iops", "9"));
    }

    @Test
    void whoever_waits_for_an_edit_to_count_is_told_why_it_does_not() {
        pending();
        world.driver
                .calls()
                .plan(Rpcs.CREATE_VOLUME, DriverFault.refused(Code.UNAVAILABLE), DriverFault.refused(Code.UNAVAILABLE));
        assertThat(reason(world.claim("ns/data"))).isInstanceOf(DriverRefused.class);
        edited();

        Reason reason = reason(world.claim("ns/data"));

        assertThat(reason).isInstanceOf(AskedAsBefore.class);
        assertThat(reason.message())
                .startsWith("rpc error: code = Unavailable")
                .contains("it is asked as StorageClass \"fast\" was when it was asked first")
                .contains("a claim made anew gets the class as it is now");
    }

    /** A driver that lists is asked before the note is on the Lease: a crash before it rides leaves this. */
    @Test
    void a_volume_made_otherwise_by_a_process_that_left_no_note_tells_what_to_do() {
        pending();
        world.driver.calls().plan(Rpcs.CREATE_VOLUME, DriverFault.timeoutAfterSuccess());
        world.claim("ns/data");
        world.restart();
        edited();

        Reason reason = reason(world.claim("ns/data"));

        assertThat(reason).isInstanceOf(MadeOtherwise.class);
        assertThat(reason.actor()).isEqualTo(Actor.ADMINISTRATOR);
        assertThat(reason.event())
                .isNotNull()
                .satisfies(note -> assertThat(note.message())
                        .startsWith("rpc error: code = AlreadyExists")
                        .contains("StorageClass \"fast\"")
                        .contains("was edited after volume " + PV + " had been asked for")
                        .contains("Make the class as it was until the claim is bound")
                        .contains("if only the claim is deleted, that volume stays behind"));

        world.server.remove(Kinds.STORAGE_CLASS, Objects.key("fast"));
        world.with(fast());
        assertThat(world.claim("ns/data")).as("as it was told").isEqualTo(Outcome.done());
    }

    @Test
    void a_claim_that_goes_before_this_process_asked_is_pursued_by_the_class_it_found() {
        pending();
        world.driver.calls().plan(Rpcs.CREATE_VOLUME, DriverFault.timeoutAfterSuccess());
        world.claim("ns/data");
        world.restart();
        var begins = world.appeared(Kinds.STORAGE_CLASS, "fast");
        world.triggered("claims", Kinds.STORAGE_CLASS, begins);
        edited();
        var goes = world.appeared(Kinds.CLAIM, "ns/data");
        world.server.remove(Kinds.CLAIM, Objects.key("ns/data"));
        world.triggered("claims", Kinds.CLAIM, new Change<>(goes.after(), null));

        assertThat(world.claimUid("ns/data", "uid-1")).isEqualTo(Outcome.done());

        assertThat(world.pv(PV).at("spec", "csi", "volumeHandle").text()).isEqualTo("vol-1");
    }

    @Test
    void a_secret_is_noted_by_its_name_and_read_again() {
        killed();
        world.with(
                fast().parameter("csi.storage.k8s.io/provisioner-secret-name", "login")
                        .parameter("csi.storage.k8s.io/provisioner-secret-namespace", "ns"),
                Objects.secret("ns/login", Map.of("user", "not-for-the-lease")),
                Objects.claim("ns/data").uid("uid-1").storageClass("fast").provisioner());
        world.driver.calls().plan(Rpcs.CREATE_VOLUME, DriverFault.timeoutAfterSuccess());
        world.claim("ns/data");
        assertThat(String.valueOf(CompactJson.tree(lease).value()))
                .contains("login")
                .doesNotContain("not-for-the-lease");
        killed();
        edited();

        world.claim("ns/data");

        assertThat(asked().getLast().getSecretsMap()).isEqualTo(Map.of("user", "not-for-the-lease"));
    }

    private void pending() {
        world.with(
                fast(),
                Objects.claim("ns/data").uid("uid-1").storageClass("fast").provisioner());
    }

    private static StorageClassBuilder fast() {
        return Objects.storageClass("fast")
                .parameter("edition", "1")
                .parameter("csi.storage.k8s.io/fstype", "xfs")
                .mountOptions("noatime");
    }

    private void edited() {
        edited("2");
    }

    private void edited(String edition) {
        world.server.remove(Kinds.STORAGE_CLASS, Objects.key("fast"));
        world.with(Objects.storageClass("fast").parameter("edition", edition).reclaimPolicy("Retain"));
    }

    private List<CreateVolumeRequest> asked() {
        return world.driver.calls().made(Rpcs.CREATE_VOLUME);
    }

    /** The process that follows knows what is on the Lease, and nothing else. */
    private void killed() {
        UnfinishedRecord[] made = new UnfinishedRecord[1];
        made[0] = new UnfinishedRecord(
                world.cluster,
                NO_HISTORY,
                () -> {
                    lease = made[0].notes().getOrDefault(UnfinishedRecord.UNFINISHED, "");
                    made[0].written();
                },
                Safety.BEFORE_CREATE_VOLUME);
        made[0].found(Map.of(UnfinishedRecord.UNFINISHED, lease));
        world.unfinished = made[0];
        world.restart();
    }

    private static Reason reason(Outcome outcome) {
        assertThat(outcome).isInstanceOf(Outcome.Waiting.class);
        return ((Outcome.Waiting) outcome).reason();
    }

    private static final History NO_HISTORY = new History() {
        @Override
        public String seen(Kind<?> kind) {
            return "1";
        }

        @Override
        public <R extends Projected> List<R> deletedSince(Kind<R> kind, String version) {
            return List.of();
        }
    };
}
