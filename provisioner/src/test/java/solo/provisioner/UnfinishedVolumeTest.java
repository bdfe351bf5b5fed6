package solo.provisioner;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import solo.csi.Rpcs;
import solo.csi.model.Code;
import solo.kube.ApiException;
import solo.kube.Change;
import solo.kube.Kinds;
import solo.kube.model.Outcome;
import solo.kube.model.PersistentVolumeClaim;
import solo.kube.model.Reason;
import solo.provisioner.model.ClaimHistory.InBackground;
import solo.provisioner.model.NotYet.Held;
import solo.provisioner.model.NotYet.VolumeGoing;
import solo.provisioner.model.Unprepared.NotSafe;
import solo.provisioner.model.Unprovisioned.DriverRefused;
import solo.provisioner.model.Unprovisioned.NotSaved;
import solo.simulation.DriverFault;
import solo.simulation.Objects;

/** No volume is lost sight of: not when answers get lost, claims vanish, caches lie, or a crash comes in between. */
class UnfinishedVolumeTest {

    private static final String PV = "pvc-uid-1";

    private final ProvisionerWorld world = new ProvisionerWorld();

    @ParameterizedTest
    @EnumSource(
            mode = Mode.INCLUDE,
            names = {"CANCELED", "DEADLINE_EXCEEDED", "UNAVAILABLE", "ABORTED"})
    void a_claim_deleted_while_the_driver_may_be_at_it_is_pursued_until_its_volume_is_deleted(Code code) {
        pending();
        world.driver.calls().plan(Rpcs.CREATE_VOLUME, new DriverFault.AnswerLost(code));
        world.claim("ns/data");
        world.server.remove(Kinds.CLAIM, Objects.key("ns/data"));
        world.server.remove(Kinds.STORAGE_CLASS, Objects.key("fast"));

        assertThat(world.claimUid("ns/data", "uid-1")).isEqualTo(Outcome.done());

        assertThat(world.pv(PV).at("spec", "claimRef", "uid").text()).isEqualTo("uid-1");
        world.phase(PV, "Released"); // the controller-manager finds no such claim
        world.volume(PV);
        assertThat(world.volumesAtDriver()).isZero();
        assertThat(world.server.objects(Kinds.VOLUME)).isEmpty();
    }

    @Test
    void a_claim_deleted_after_a_final_answer_is_forgotten() {
        pending();
        world.driver.calls().plan(Rpcs.CREATE_VOLUME, DriverFault.refused(Code.INTERNAL));
        world.claim("ns/data");
        world.server.remove(Kinds.CLAIM, Objects.key("ns/data"));

        assertThat(world.claimUid("ns/data", "uid-1")).isEqualTo(Outcome.done());

        assertThat(world.driver.calls().made(Rpcs.CREATE_VOLUME)).hasSize(1);
    }

    @Test
    void a_mistake_in_the_class_does_not_make_us_forget_a_volume_that_is_coming() {
        // Trap 5: Go takes the failed preparation for the end of the attempt. Here the class counts as it was.
        pending();
        world.driver.calls().plan(Rpcs.CREATE_VOLUME, DriverFault.timeoutAfterSuccess());
        world.claim("ns/data");
        world.with(Objects.storageClass("fast").parameter("csi.storage.k8s.io/typo", "x"));
        world.driver.calls().plan(Rpcs.CREATE_VOLUME, DriverFault.refused(Code.UNAVAILABLE));
        assertThat(reason(world.claim("ns/data")).code()).isEqualTo("AskedAsBefore");

        world.server.remove(Kinds.CLAIM, Objects.key("ns/data"));
        world.claimUid("ns/data", "uid-1");

        assertThat(world.pv(PV).at("spec", "csi", "volumeHandle").text()).isEqualTo("vol-1");
    }

    @Test
    void a_younger_claim_of_the_same_name_is_another_claim() {
        pending();
        world.driver.calls().plan(Rpcs.CREATE_VOLUME, DriverFault.timeoutAfterSuccess());
        world.claim("ns/data");
        world.server.remove(Kinds.CLAIM, Objects.key("ns/data"));
        world.with(Objects.claim("ns/data").uid("uid-2").storageClass("fast").provisioner());

        world.claim("ns/data");
        world.claimUid("ns/data", "uid-1");

        assertThat(world.server.objects(Kinds.VOLUME)).hasSize(2);
        assertThat(world.volumesAtDriver()).isEqualTo(2);
    }

    @Test
    void an_invalid_request_is_asked_again_after_five_minutes_or_with_a_class_made_anew() {
        pending();
        world.driver
                .calls()
                .plan(
                        Rpcs.CREATE_VOLUME,
                        DriverFault.refused(Code.INVALID_ARGUMENT),
                        DriverFault.refused(Code.INVALID_ARGUMENT));
        world.claim("ns/data");
        world.clock.advance(Duration.ofMinutes(4));
        assertThat(reason(world.claim("ns/data"))).isEqualTo(new Held(Duration.ofMinutes(1)));
        world.clock.advance(Duration.ofMinutes(1));
        assertThat(reason(world.claim("ns/data"))).isInstanceOf(DriverRefused.class);

        world.server.remove(Kinds.STORAGE_CLASS, Objects.key("fast"));
        world.with(Objects.storageClass("fast"));
        assertThat(world.claim("ns/data")).isEqualTo(Outcome.done());
        assertThat(world.driver.calls().made(Rpcs.CREATE_VOLUME)).hasSize(3);
    }

    @Test
    void a_person_who_writes_retry_now_ends_the_hold_of_an_invalid_request_once() {
        pending();
        world.driver
                .calls()
                .plan(
                        Rpcs.CREATE_VOLUME,
                        DriverFault.refused(Code.INVALID_ARGUMENT),
                        DriverFault.refused(Code.INVALID_ARGUMENT));
        world.claim("ns/data");
        assertThat(reason(world.claim("ns/data"))).isInstanceOf(Held.class);

        retryNow("1");
        assertThat(reason(world.claim("ns/data"))).isInstanceOf(DriverRefused.class);
        assertThat(reason(world.claim("ns/data"))).as("a value counts once").isInstanceOf(Held.class);

        retryNow("2");
        assertThat(world.claim("ns/data")).isEqualTo(Outcome.done());
    }

    private void retryNow(String value) {
        world.server.edit(
                Kinds.CLAIM,
                Objects.key("ns/data"),
                tree -> ProvisionerWorld.with(tree, value, "metadata", "annotations", "solo.csi/retry-now"));
    }

    @Test
    void after_a_crash_between_the_volume_and_its_object_the_same_volume_comes_again() {
        pending();
        world.driver.calls().plan(Rpcs.CREATE_VOLUME, DriverFault.timeoutAfterSuccess());
        world.claim("ns/data");

        world.restart();
        assertThat(world.claim("ns/data")).isEqualTo(Outcome.done());

        assertThat(world.volumesAtDriver()).isEqualTo(1);
    }

    @Test
    void a_lagging_cache_does_not_make_a_new_volume_for_a_claim_whose_volume_we_deleted() {
        // #1469: bound and deleted quickly, while the cache still shows the claim as it was at first.
        pending();
        world.claim("ns/data");
        world.cluster.lag();
        world.bind("ns/data");
        world.server.remove(Kinds.CLAIM, Objects.key("ns/data"));
        world.phase(PV, "Released");
        world.cluster.simulated(Kinds.VOLUME).deliverAll();
        world.volume(PV);
        world.cluster.simulated(Kinds.VOLUME).deliverAll();

        assertThat(world.claimUid("ns/data", "uid-1")).isEqualTo(Outcome.done());

        assertThat(world.volumesAtDriver()).isZero();
        assertThat(world.driver.calls().made(Rpcs.CREATE_VOLUME)).hasSize(1);
    }

    @Test
    void a_conflict_with_a_volume_on_its_way_out_is_no_success() {
        // #1469, across a change of leader: our cache knows neither the volume nor that the claim is gone.
        pending();
        world.cluster.lag();
        world.with(Objects.volume(PV)
                .claimRef("ns/data", "uid-1")
                .handle("vol-0")
                .provisioned()
                .deleting()
                .phase("Released"));

        assertThat(reason(world.claim("ns/data"))).isInstanceOf(NotSaved.class);

        world.cluster.catchUp();
        assertThat(reason(world.claim("ns/data"))).isInstanceOf(VolumeGoing.class);
        world.server.remove(Kinds.CLAIM, Objects.key("ns/data"));
        world.volume(PV);
        world.claimUid("ns/data", "uid-1");

        assertThat(world.pv(PV).at("spec", "csi", "volumeHandle").text())
                .as("the volume that was made meanwhile has an object again, so it can be deleted")
                .isEqualTo("vol-1");
    }

    @Test
    void after_a_crash_a_deleted_claim_is_pursued_if_it_was_written_down() {
        // #486
        Notebook notebook = new Notebook();
        world.unfinished = notebook;
        world.restart();
        pending();
        world.driver.calls().plan(Rpcs.CREATE_VOLUME, DriverFault.timeoutAfterSuccess());
        world.claim("ns/data");
        world.server.remove(Kinds.CLAIM, Objects.key("ns/data"));

        world.restart();
        assertThat(world.triggered("claims", Kinds.STORAGE_CLASS, world.appeared(Kinds.STORAGE_CLASS, "fast")))
                .hasSize(1);
        assertThat(world.claimUid("ns/data", "uid-1")).isEqualTo(Outcome.done());

        assertThat(world.pv(PV).at("spec", "csi", "volumeHandle").text()).isEqualTo("vol-1");
        assertThat(notebook.left()).isEmpty();
    }

    @Test
    void a_claim_that_was_there_before_this_process_is_pursued_if_it_goes_unbound() {
        // The process before may have called CreateVolume without a note of it.
        pending();
        world.driver.calls().plan(Rpcs.CREATE_VOLUME, DriverFault.timeoutAfterSuccess());
        world.claim("ns/data");

        world.restart();
        begin();
        vanish();
        assertThat(world.claimUid("ns/data", "uid-1")).isEqualTo(Outcome.done());

        assertThat(world.pv(PV).at("spec", "csi", "volumeHandle").text()).isEqualTo("vol-1");
    }

    @Test
    void a_claim_that_goes_together_with_its_class_is_pursued_by_the_class_as_we_knew_it() {
        pending();
        world.driver.calls().plan(Rpcs.CREATE_VOLUME, DriverFault.timeoutAfterSuccess());
        world.claim("ns/data");

        world.restart();
        begin();
        world.server.remove(Kinds.STORAGE_CLASS, Objects.key("fast"));
        vanish();
        assertThat(world.claimUid("ns/data", "uid-1")).isEqualTo(Outcome.done());

        assertThat(world.pv(PV).at("spec", "csi", "volumeHandle").text()).isEqualTo("vol-1");
    }

    @Test
    void a_claim_that_goes_bound_or_came_after_us_is_not_pursued() {
        pending();
        world.claim("ns/data");
        world.bind("ns/data");
        world.restart();
        begin();
        vanish();
        world.with(Objects.claim("ns/data").uid("uid-2").storageClass("fast").provisioner());
        vanish();

        assertThat(world.claimUid("ns/data", "uid-1")).isEqualTo(Outcome.done());
        assertThat(world.claimUid("ns/data", "uid-2")).isEqualTo(Outcome.done());

        assertThat(world.driver.calls().made(Rpcs.CREATE_VOLUME)).hasSize(1);
    }

    @Test
    void a_claim_for_which_no_request_can_be_made_was_not_asked_for_before_either() {
        world.with(
                Objects.storageClass("fast").parameter("csi.storage.k8s.io/typo", "x"),
                Objects.claim("ns/data").uid("uid-1").storageClass("fast").provisioner());
        world.restart();
        begin();
        vanish();
        assertThat(reason(world.claimUid("ns/data", "uid-1")).code()).isEqualTo("UnknownReservedKey");

        assertThat(world.claimUid("ns/data", "uid-1")).as("forgotten").isEqualTo(Outcome.done());
    }

    @Test
    void what_was_deleted_while_nobody_led_is_pursued_unless_it_was_bound() {
        pending();
        world.driver.calls().plan(Rpcs.CREATE_VOLUME, DriverFault.timeoutAfterSuccess());
        world.claim("ns/data");
        PersistentVolumeClaim deleted =
                PersistentVolumeClaim.of(world.server.object(Kinds.CLAIM, Objects.key("ns/data")));
        world.server.remove(Kinds.CLAIM, Objects.key("ns/data"));
        world.unfinished = new Notebook() {
            @Override
            public void deletedMeanwhile(Consumer<List<PersistentVolumeClaim>> then) {
                then.accept(List.of(deleted));
            }
        };
        world.restart();
        begin();

        assertThat(world.claimUid("ns/data", "uid-1")).isEqualTo(Outcome.done());

        assertThat(world.pv(PV).at("spec", "csi", "volumeHandle").text()).isEqualTo("vol-1");
    }

    /** What the runtime does when work begins. */
    private void begin() {
        world.triggered("claims", Kinds.STORAGE_CLASS, world.appeared(Kinds.STORAGE_CLASS, "fast"));
    }

    private void vanish() {
        PersistentVolumeClaim last = PersistentVolumeClaim.of(world.server.object(Kinds.CLAIM, Objects.key("ns/data")));
        world.server.remove(Kinds.CLAIM, Objects.key("ns/data"));
        world.triggered("claims", Kinds.CLAIM, new Change<>(last, null));
    }

    @Test
    void nothing_is_created_that_cannot_be_written_down() {
        world.unfinished = new Notebook() {
            @Override
            public void awaitSafe(PersistentVolumeClaim claim) throws ApiException {
                throw new ApiException(ApiException.Failure.UNAVAILABLE, "no answer");
            }
        };
        world.restart();
        pending();

        assertThat(reason(world.claim("ns/data"))).isEqualTo(new NotSafe("no answer"));
        assertThat(world.driver.calls().made(Rpcs.CREATE_VOLUME)).isEmpty();
    }

    /** Survives restarts, as the Lease does. */
    private static class Notebook implements Unfinished {
        private final Map<String, InBackground> claims = new TreeMap<>();

        @Override
        public void begun(InBackground claim) {
            claims.put(claim.claim().uid(), claim);
        }

        @Override
        public void awaitSafe(PersistentVolumeClaim claim) throws ApiException {}

        @Override
        public void ended(String claimUid) {
            claims.remove(claimUid);
        }

        @Override
        public void settled(String claimUid) {
            claims.remove(claimUid);
        }

        @Override
        public List<InBackground> left() {
            return List.copyOf(claims.values());
        }
    }

    private void pending() {
        world.with(
                Objects.storageClass("fast"),
                Objects.claim("ns/data").uid("uid-1").storageClass("fast").provisioner());
    }

    private static Reason reason(Outcome outcome) {
        assertThat(outcome).isInstanceOf(Outcome.Waiting.class);
        return ((Outcome.Waiting) outcome).reason();
    }
}
