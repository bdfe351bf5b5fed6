package solo.provisioner.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import solo.csi.model.Code;
import solo.csi.model.CreatedVolume;
import solo.csi.model.DriverError;
import solo.csi.model.Secrets;
import solo.kube.model.PersistentVolume;
import solo.kube.model.Retry;
import solo.provisioner.model.ClaimHistory;
import solo.provisioner.model.ClaimHistory.PastVolume;
import solo.provisioner.model.ClaimHistory.Race;
import solo.provisioner.model.NewPersistentVolume;
import solo.provisioner.model.Progress;
import solo.provisioner.model.ProvisioningAnswer.AlreadyExists;
import solo.provisioner.model.ProvisioningAnswer.CreateFailed;
import solo.provisioner.model.ProvisioningAnswer.Created;
import solo.provisioner.model.ProvisioningAnswer.GivenBack;
import solo.provisioner.model.ProvisioningAnswer.SaveFailed;
import solo.provisioner.model.ProvisioningAnswer.TakenBack;
import solo.provisioner.model.ProvisioningDecision;
import solo.provisioner.model.ProvisioningDecision.Wait;
import solo.provisioner.model.ProvisioningEffect.Announce;
import solo.provisioner.model.ProvisioningEffect.DeleteVolume;
import solo.provisioner.model.ProvisioningEffect.GiveBack;
import solo.provisioner.model.ProvisioningEffect.SaveAgain;
import solo.provisioner.model.ProvisioningEffect.SaveVolume;
import solo.provisioner.model.ProvisioningReason;
import solo.provisioner.model.Unprovisioned.NameTaken;
import solo.provisioner.model.Unprovisioned.NotGivenBack;
import solo.provisioner.model.Unprovisioned.NotSaved;
import solo.provisioner.model.Unprovisioned.TooSmall;
import solo.simulation.Objects;
import solo.simulation.VolumeBuilder;

/** What becomes of a claim after CreateVolume: the code table of inventory §7.4, and what the volume must be like. */
class VolumeAnswerTest {

    private static final long GI = 1L << 30;

    private final Situation situation = new Situation();

    enum Driver {
        WITH_TOPOLOGY,
        WITHOUT_TOPOLOGY
    }

    enum Node {
        SELECTED,
        NOT_SELECTED
    }

    /** Every code that is not in here is final. */
    private static final Map<Code, Progress> NOT_FINAL = new EnumMap<>(Map.of(
            Code.CANCELED, Progress.IN_BACKGROUND,
            Code.DEADLINE_EXCEEDED, Progress.IN_BACKGROUND,
            Code.UNAVAILABLE, Progress.IN_BACKGROUND,
            Code.ABORTED, Progress.IN_BACKGROUND));

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "OK")
    void each_code_means_the_same_in_all_four_combinations_of_topology_and_node_but_one(Code code) {
        for (Driver driver : Driver.values()) {
            for (Node node : Node.values()) {
                boolean elsewhere = driver == Driver.WITH_TOPOLOGY && node == Node.SELECTED;
                Progress expected = code == Code.RESOURCE_EXHAUSTED && elsewhere
                        ? Progress.RESCHEDULE
                        : NOT_FINAL.getOrDefault(code, Progress.FINISHED);

                assertThat(reason(code, driver, node).progress())
                        .as("%s %s %s", code, driver, node)
                        .isEqualTo(expected);
            }
        }
    }

    @Test
    void the_drivers_words_reach_the_user_as_go_writes_them() {
        ProvisioningReason reason = reason(Code.INTERNAL, Driver.WITHOUT_TOPOLOGY, Node.NOT_SELECTED);

        assertThat(reason.message()).isEqualTo("rpc error: code = Internal desc = because");
        assertThat(reason.event()).isNotNull();
        assertThat(reason.retry()).isEqualTo(Retry.backoff());
    }

    @Test
    void an_invalid_request_says_that_retries_are_delayed() {
        assertThat(reason(Code.INVALID_ARGUMENT, Driver.WITHOUT_TOPOLOGY, Node.NOT_SELECTED)
                        .message())
                .contains("retries are delayed")
                .endsWith("rpc error: code = InvalidArgument desc = because");
    }

    @Test
    void a_volume_that_exists_by_another_request_is_named_and_so_is_the_way_out() {
        assertThat(reason(Code.ALREADY_EXISTS, Driver.WITHOUT_TOPOLOGY, Node.NOT_SELECTED)
                        .message())
                .startsWith("rpc error: code = AlreadyExists desc = because; most likely StorageClass \"fast\"")
                .contains("delete the volume named " + Situation.NAME);
    }

    @Test
    void a_volume_that_may_be_saved_is_saved_again_and_the_driver_left_alone() {
        situation.answered(new Created(created("vol-1", GI)));
        NewPersistentVolume unsaved = situation.saved();
        Situation next = new Situation().history(new ClaimHistory(null, unsaved, null, PastVolume.NONE, Race.NONE));

        assertThat(next.effects())
                .hasSize(2)
                .satisfies(effects -> assertThat(effects.getFirst()).isEqualTo(new SaveAgain(unsaved)));
    }

    @Test
    void a_node_without_room_is_taken_off_the_claim_and_then_the_scheduler_is_waited_for() {
        Situation full = failing(Code.RESOURCE_EXHAUSTED, Driver.WITH_TOPOLOGY, Node.SELECTED);
        GiveBack giveBack = (GiveBack) full.effects().getFirst();

        full.answered(new GivenBack(giveBack.because(), null));
        assertThat(full.decide()).isEqualTo(new Wait(giveBack.because(), Retry.onChange()));

        full.answered(new GivenBack(giveBack.because(), "conflict"));
        assertThat(full.decide())
                .isEqualTo(new Wait(new NotGivenBack(giveBack.because(), "conflict"), Retry.backoff()));
    }

    @Test
    void a_good_volume_is_saved_then_told() {
        situation.answered(new Created(created("vol-1", GI)));

        assertThat(situation.effects())
                .hasSize(2)
                .satisfies(effects -> assertThat(effects.get(0)).isInstanceOf(SaveVolume.class))
                .satisfies(effects -> assertThat(effects.get(1))
                        .isInstanceOfSatisfying(
                                Announce.class,
                                announce -> assertThat(announce.note().message())
                                        .isEqualTo("Successfully provisioned volume " + Situation.NAME)));
    }

    @Test
    void a_larger_volume_is_taken_as_it_is() {
        assertThat(situation
                        .answered(new Created(created("vol-1", GI + 1)))
                        .saved()
                        .capacity()
                        .text())
                .isEqualTo("1073741825");
    }

    @Test
    void a_driver_that_does_not_tell_the_size_is_believed_to_have_made_what_was_asked() {
        assertThat(situation
                        .answered(new Created(created("vol-1", 0)))
                        .saved()
                        .capacity()
                        .text())
                .isEqualTo("1Gi");
    }

    @Test
    void a_volume_that_is_too_small_is_taken_back_with_the_same_secret() {
        situation
                .parameter("csi.storage.k8s.io/provisioner-secret-name", "s")
                .parameter("csi.storage.k8s.io/provisioner-secret-namespace", "n")
                .secret("n/s", Map.of("key", "value"))
                .answered(new Created(created("vol-1", GI - 1)));

        assertThat(situation.effects())
                .containsExactly(
                        new DeleteVolume("vol-1", new Secrets(Map.of("key", "value")), new TooSmall(GI, GI - 1, null)));
    }

    @Test
    void once_it_is_taken_back_there_is_no_volume_and_until_then_there_may_be_one() {
        TooSmall small = new TooSmall(GI, 1, null);

        assertThat(situation.answered(new TakenBack(small, null)).refusal().progress())
                .isEqualTo(Progress.FINISHED);
        assertThat(situation
                        .answered(new TakenBack(small, new DriverError(Code.INTERNAL, "no")))
                        .refusal())
                .satisfies(reason -> assertThat(reason.progress()).isEqualTo(Progress.IN_BACKGROUND))
                .satisfies(reason -> assertThat(reason.message())
                        .contains("less than requested")
                        .contains("rpc error: code = Internal desc = no"));
    }

    @Test
    void a_volume_that_could_not_be_saved_may_be_there() {
        assertThat(situation.answered(new SaveFailed("pv", "timeout")).refusal())
                .isEqualTo(new NotSaved("pv", "timeout"))
                .satisfies(reason -> assertThat(reason.progress()).isEqualTo(Progress.IN_BACKGROUND));
    }

    // ---- the PersistentVolume exists already (#1469)

    @Test
    void the_very_same_volume_was_saved_before() {
        assertThat(exists(existing("vol-1", Situation.UID)))
                .isInstanceOfSatisfying(
                        ProvisioningDecision.Run.class,
                        run -> assertThat(run.effects()).singleElement().isInstanceOf(Announce.class));
    }

    @Test
    void a_volume_of_another_claim_is_not_touched() {
        assertThat(exists(existing("vol-1", "other-uid")))
                .isInstanceOfSatisfying(
                        Wait.class, wait -> assertThat(wait.reason()).isInstanceOf(NameTaken.class));
    }

    @Test
    void a_volume_on_its_way_out_is_no_success_because_what_it_names_may_be_deleted_already() {
        for (VolumeBuilder going : List.of(
                existing("vol-1", Situation.UID).deleting().finalizer("f"),
                existing("vol-1", Situation.UID).phase("Released"))) {
            assertThat(exists(going))
                    .isInstanceOfSatisfying(
                            Wait.class,
                            wait -> assertThat(wait.reason())
                                    .isInstanceOf(NotSaved.class)
                                    .satisfies(reason ->
                                            assertThat(reason.progress()).isEqualTo(Progress.IN_BACKGROUND)));
        }
    }

    @Test
    void a_second_volume_for_the_same_claim_is_taken_back() {
        assertThat(exists(existing("vol-0", Situation.UID)))
                .isInstanceOfSatisfying(
                        ProvisioningDecision.Run.class,
                        run -> assertThat(run.effects())
                                .singleElement()
                                .isInstanceOfSatisfying(
                                        DeleteVolume.class,
                                        delete -> assertThat(delete.handle()).isEqualTo("vol-1")));
    }

    private ProvisioningDecision exists(VolumeBuilder existing) {
        NewPersistentVolume wanted =
                situation.answered(new Created(created("vol-1", GI))).saved();
        return situation
                .answered(new AlreadyExists(wanted, PersistentVolume.of(Situation.json(existing))))
                .decide();
    }

    private static VolumeBuilder existing(String handle, String claimUid) {
        return Objects.volume(Situation.NAME).handle(handle).claimRef("ns/data", claimUid);
    }

    private static CreatedVolume created(String id, long bytes) {
        return new CreatedVolume(id, bytes, Map.of(), CreatedVolume.Content.EMPTY, List.of());
    }

    private static ProvisioningReason reason(Code code, Driver driver, Node node) {
        return switch (failing(code, driver, node).decide()) {
            case Wait(var reason, var retry) -> reason;
            case ProvisioningDecision.Run(var effects) -> ((GiveBack) effects.getFirst()).because();
        };
    }

    private static Situation failing(Code code, Driver driver, @Nullable Node node) {
        Situation situation = new Situation();
        if (driver == Driver.WITH_TOPOLOGY) {
            situation.topology().node("n1", Map.of("zone", "a"), "zone");
        }
        if (node == Node.SELECTED) {
            situation.claim().selectedNode("n1");
        }
        return situation.answered(new CreateFailed(new DriverError(code, "because")));
    }
}
