package solo.attacher;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import solo.kube.ApiException.Failure;
import solo.kube.Kinds;
import solo.kube.model.ObjectKey;
import solo.kube.model.Outcome;
import solo.simulation.Fault;
import solo.simulation.Objects;
import solo.simulation.Verb;

/** Our finalizer comes off a PersistentVolume that is being deleted, once no attachment names it. */
class VolumeFinalizerTest {
    private final AttacherWorld world = new AttacherWorld();

    @Test
    void a_deleted_volume_without_attachments_is_let_go() {
        world.with(AttacherWorld.volume().deleting());

        assertThat(world.runVolume()).isEqualTo(Outcome.done());

        assertThat(world.server.find(Kinds.VOLUME, ObjectKey.cluster("pv"))).isNull();
    }

    @Test
    void other_finalizers_survive() {
        world.with(Objects.volume("pv")
                .finalizer("first")
                .finalizer(AttacherWorld.FINALIZER)
                .finalizer("last")
                .deleting());

        world.runVolume();

        assertThat(world.pv().at("metadata", "finalizers").texts()).containsExactly("first", "last");
    }

    @Test
    void a_finalizer_that_was_added_twice_goes_at_once() {
        world.with(AttacherWorld.volume()
                .finalizer("other")
                .finalizer(AttacherWorld.FINALIZER)
                .deleting());

        world.runVolume();

        assertThat(world.pv().at("metadata", "finalizers").texts()).containsExactly("other");
    }

    @Test
    void an_attachment_of_any_attacher_in_any_state_keeps_it() {
        world.with(
                AttacherWorld.volume().deleting(),
                AttacherWorld.fresh().attacher("other").deleting().finalizer("other"));

        assertThat(world.runVolume()).isEqualTo(Outcome.done());

        assertThat(world.log).isEmpty();
    }

    @Test
    void a_volume_that_is_not_deleted_keeps_it_for_life() {
        world.with(AttacherWorld.volume());

        world.runVolume();

        assertThat(world.log).isEmpty();
    }

    @Test
    void a_volume_without_our_finalizer_is_none_of_our_business() {
        world.with(Objects.volume("pv").finalizer("other").deleting());

        world.runVolume();

        assertThat(world.log).isEmpty();
    }

    @Test
    void the_removal_is_retried_after_an_error() {
        world.with(AttacherWorld.volume().deleting());
        world.fail(Fault.refused(Verb.PATCH, Kinds.VOLUME, Failure.UNAVAILABLE));

        assertThat(world.runVolume()).isInstanceOf(Outcome.Waiting.class);
        assertThat(world.runVolume()).isEqualTo(Outcome.done());

        assertThat(world.server.find(Kinds.VOLUME, ObjectKey.cluster("pv"))).isNull();
    }

    @Test
    void a_stale_cache_undoes_nobodys_work() {
        // ext-provisioner #1217, the other way round: the provisioner has just removed its own.
        world.with(
                AttacherWorld.volume().finalizer("provisioner").finalizer("x").deleting());
        world.cluster.lag();
        world.with(AttacherWorld.volume().finalizer("x").deleting());

        assertThat(world.runVolume()).isInstanceOf(Outcome.Waiting.class);
        assertThat(world.pv().at("metadata", "finalizers").texts()).containsExactly(AttacherWorld.FINALIZER, "x");

        world.cluster.catchUp();
        world.runVolume();
        assertThat(world.pv().at("metadata", "finalizers").texts()).containsExactly("x");
    }

    @Test
    void a_volume_made_anew_keeps_its_finalizer() {
        world.with(AttacherWorld.volume().uid("old").finalizer("x").deleting());
        world.cluster.lag();
        world.with(AttacherWorld.volume().uid("new").finalizer("x"));

        assertThat(world.runVolume()).isInstanceOf(Outcome.Waiting.class);

        assertThat(world.pv().at("metadata", "finalizers").texts()).containsExactly(AttacherWorld.FINALIZER, "x");
    }
}
