package solo.provisioner;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import solo.csi.CsiException;
import solo.csi.Rpcs;
import solo.csi.model.Code;
import solo.csi.model.Secrets;
import solo.kube.ApiException.Failure;
import solo.kube.Change;
import solo.kube.Kinds;
import solo.kube.model.ObjectKey;
import solo.kube.model.Outcome;
import solo.kube.model.VolumeAttachment;
import solo.provisioner.csi.VolumeCalls;
import solo.provisioner.model.DeletionReason.DriverRefused;
import solo.provisioner.model.DeletionReason.NotWritten;
import solo.provisioner.model.DeletionReason.StillAttached;
import solo.provisioner.model.Feature;
import solo.simulation.DriverFault;
import solo.simulation.Fault;
import solo.simulation.Objects;
import solo.simulation.Verb;

/** A volume that nobody wants any more goes away, at the driver first. */
class DeletionTest {

    private static final String PV = "pvc-uid-1";

    private final ProvisionerWorld world = new ProvisionerWorld();

    @Test
    void a_released_volume_goes_with_two_writes() {
        released("Delete");

        assertThat(world.volume(PV)).isEqualTo(Outcome.done());

        assertThat(world.volumesAtDriver()).isZero();
        assertThat(world.server.objects(Kinds.VOLUME)).isEmpty();
        assertThat(world.server.requests().all())
                .isEqualTo(Map.of("patch persistentvolumes", 1, "delete persistentvolumes", 1));
    }

    @Test
    void both_own_finalizers_go_with_one_write() {
        world.with(Feature.ATTACHER_FINALIZER);
        released("Delete");

        assertThat(world.volume(PV)).isEqualTo(Outcome.done());

        assertThat(world.server.objects(Kinds.VOLUME)).isEmpty();
        assertThat(world.server.requests().writes()).isEqualTo(2);
    }

    @Test
    void a_retained_volume_costs_no_call_at_all() {
        released("Retain");

        assertThat(world.volume(PV)).isEqualTo(Outcome.done());

        assertThat(world.volumesAtDriver()).isEqualTo(1);
        assertThat(world.server.requests().all()).isEmpty();
    }

    @Test
    void while_it_is_attached_it_stays_and_detaching_wakes_us_at_once() {
        released("Delete");
        world.with(Objects.attachment("va").with(PV, "spec", "source", "persistentVolumeName"));

        assertThat(((Outcome.Waiting) world.volume(PV)).reason()).isInstanceOf(StillAttached.class);
        assertThat(world.driver.calls().made(Rpcs.DELETE_VOLUME)).isEmpty();

        VolumeAttachment gone = VolumeAttachment.of(world.server.object(Kinds.ATTACHMENT, ObjectKey.cluster("va")));
        world.server.remove(Kinds.ATTACHMENT, gone.key());
        assertThat(world.triggered("volumes", Kinds.ATTACHMENT, new Change<>(gone, null)))
                .containsExactly(ObjectKey.cluster(PV));
        assertThat(world.volume(PV)).isEqualTo(Outcome.done());
        assertThat(world.volumesAtDriver()).isZero();
    }

    @Test
    void another_volumes_attachment_is_no_obstacle() {
        released("Delete");
        world.with(Objects.attachment("va").with("other", "spec", "source", "persistentVolumeName"));

        assertThat(world.volume(PV)).isEqualTo(Outcome.done());
    }

    @Test
    void the_finalizer_stays_until_the_driver_confirms() {
        released("Delete");
        world.driver.calls().plan(Rpcs.DELETE_VOLUME, DriverFault.refused(Code.INTERNAL));

        Outcome.Waiting waiting = (Outcome.Waiting) world.volume(PV);

        assertThat(waiting.reason()).isInstanceOf(DriverRefused.class);
        assertThat(waiting.reason().event()).isNotNull();
        assertThat(world.pv(PV).at("metadata", "finalizers").texts()).contains(ProvisionerWorld.FINALIZER);
        assertThat(world.pv(PV).at("metadata", "deletionTimestamp").present()).isFalse();
    }

    @Test
    void a_write_that_fails_does_not_make_the_driver_delete_twice() {
        released("Delete");
        world.server.fail(Fault.refused(Verb.DELETE, Kinds.VOLUME, Failure.TOO_MANY_REQUESTS));

        assertThat(((Outcome.Waiting) world.volume(PV)).reason()).isInstanceOf(NotWritten.class);
        assertThat(world.volume(PV)).isEqualTo(Outcome.done());

        assertThat(world.driver.calls().made(Rpcs.DELETE_VOLUME)).hasSize(1);
        assertThat(world.server.objects(Kinds.VOLUME)).isEmpty();
    }

    @Test
    void after_a_crash_in_the_middle_the_driver_is_asked_again_and_nothing_stays() {
        released("Delete");
        world.server.fail(Fault.refused(Verb.PATCH, Kinds.VOLUME, Failure.UNAVAILABLE));
        world.volume(PV);

        world.restart();
        assertThat(world.volume(PV)).isEqualTo(Outcome.done());

        assertThat(world.driver.calls().made(Rpcs.DELETE_VOLUME)).hasSize(2);
        assertThat(world.server.objects(Kinds.VOLUME)).isEmpty();
    }

    @Test
    void not_found_is_believed_when_the_list_shows_all_other_volumes_but_not_this_one() throws CsiException {
        released("Delete");
        world.driver.backend().put("handle-other", "other", 1L << 30);
        world.with(Objects.volume("other").phase("Bound"));
        vanishes("vol-1");
        notFound();

        assertThat(world.volume(PV)).isEqualTo(Outcome.done());
        assertThat(world.server.find(Kinds.VOLUME, ObjectKey.cluster(PV))).isNull();
    }

    @Test
    void not_found_is_not_believed_while_the_list_shows_the_volume_or_lacks_another_that_must_be_there()
            throws CsiException {
        released("Delete");
        notFound();
        assertThat(((Outcome.Waiting) world.volume(PV)).reason()).isInstanceOf(DriverRefused.class);

        world.with(Objects.volume("other").phase("Bound"));
        vanishes("vol-1");
        notFound();
        assertThat(((Outcome.Waiting) world.volume(PV)).reason()).isInstanceOf(DriverRefused.class);
    }

    @Test
    void a_static_volume_gets_the_finalizer_when_it_is_bound() {
        world.with(Objects.volume("static").phase("Bound"));

        assertThat(world.volume("static")).isEqualTo(Outcome.done());

        assertThat(world.pv("static").at("metadata", "finalizers").texts()).containsExactly(ProvisionerWorld.FINALIZER);
    }

    @Test
    void deletions_are_counted_as_in_go() {
        released("Delete");
        world.driver.calls().plan(Rpcs.DELETE_VOLUME, DriverFault.refused(Code.INTERNAL));

        world.volume(PV);
        world.volume(PV);

        assertThat(world.counter("controller_persistentvolume_delete_failed", "fast"))
                .isEqualTo(1);
        assertThat(world.counter("controller_persistentvolume_delete", "fast")).isEqualTo(1);
    }

    @Test
    void only_volumes_of_this_driver_are_looked_at() {
        world.with(Objects.volume("ours"), Objects.volume("theirs").driver("other.csi"));

        assertThat(world.triggered("volumes", Kinds.VOLUME, world.appeared(Kinds.VOLUME, "ours")))
                .containsExactly(ObjectKey.cluster("ours"));
        assertThat(world.triggered("volumes", Kinds.VOLUME, world.appeared(Kinds.VOLUME, "theirs")))
                .isEmpty();
    }

    private void released(String policy) {
        world.with(
                Objects.storageClass("fast").reclaimPolicy(policy),
                Objects.claim("ns/data").uid("uid-1").storageClass("fast").provisioner());
        world.claim("ns/data");
        world.server.remove(Kinds.CLAIM, Objects.key("ns/data"));
        world.phase(PV, "Released");
        world.server.requests().reset();
        world.driver.calls().forgetMade();
    }

    /** Somebody deletes a volume behind our back. */
    private void vanishes(String id) throws CsiException {
        new VolumeCalls(world.driver).delete(id, Secrets.NONE);
        assertThat(world.driver.backend().volume(id)).isNull();
    }

    private void notFound() {
        world.driver.calls().plan(Rpcs.DELETE_VOLUME, DriverFault.refused(Code.NOT_FOUND));
    }
}
