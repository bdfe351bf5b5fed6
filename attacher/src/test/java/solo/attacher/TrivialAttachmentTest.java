package solo.attacher;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import solo.attacher.model.AttachingDriver;
import solo.attacher.model.AttachingDriver.ErrorCodes;
import solo.csi.model.ControllerCapability;
import solo.csi.model.DriverCapabilities;
import solo.kube.ApiException.Failure;
import solo.kube.Kinds;
import solo.kube.model.Outcome;
import solo.simulation.Fault;
import solo.simulation.ModelDriver;
import solo.simulation.Verb;

/** A driver that has nothing to attach: its attachments are attached as soon as they exist. */
class TrivialAttachmentTest {
    private final AttacherWorld world = new AttacherWorld(Set.of(ControllerCapability.CREATE_DELETE_VOLUME));

    @Test
    void an_attachment_is_attached_in_one_write_and_without_a_call() {
        world.with(AttacherWorld.fresh());

        assertThat(world.run()).isEqualTo(Outcome.done());

        assertThat(world.log).containsExactly("patch volumeattachments/va status");
        assertThat(world.va().at("status", "attached").flag(false)).isTrue();
        assertThat(world.va().at("metadata", "finalizers").texts()).isEmpty();
    }

    @Test
    void an_attached_one_and_another_attachers_are_left_alone() {
        world.with(AttacherWorld.fresh().attached());
        world.run();
        world.with(AttacherWorld.fresh().attacher("other"));
        world.run();

        assertThat(world.log).isEmpty();
    }

    @Test
    void a_write_that_fails_is_repeated() {
        world.with(AttacherWorld.fresh());
        world.fail(Fault.refused(Verb.PATCH, Kinds.ATTACHMENT, Failure.UNAVAILABLE));

        assertThat(world.run()).isInstanceOf(Outcome.Waiting.class);
        assertThat(world.run()).isEqualTo(Outcome.done());
    }

    @Test
    void what_an_attaching_version_of_the_driver_left_behind_can_go() {
        world.with(
                AttacherWorld.marked().attached().deleting(),
                AttacherWorld.volume().deleting());

        world.run();
        world.runVolume();

        assertThat(world.findVa()).isNull();
        assertThat(world.server.objects(Kinds.VOLUME)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource
    void only_a_controller_service_that_publishes_attaches(AttachingDriver driver, String handler) {
        world.attacher(driver);

        assertThat(world.controller(Attacher.ATTACHMENTS)
                        .reconciler()
                        .getClass()
                        .getSimpleName())
                .isEqualTo(handler);
    }

    static Object[][] only_a_controller_service_that_publishes_attaches() {
        AttachingDriver publishing = AttacherWorld.profile(Set.of(ControllerCapability.PUBLISH_UNPUBLISH_VOLUME));
        AttachingDriver withoutService = new AttachingDriver(
                ModelDriver.NAME,
                new DriverCapabilities(
                        Set.of(), Set.of(), publishing.capabilities().controller(), Set.of(), Set.of()),
                "",
                ErrorCodes.RECORDED);
        return new Object[][] {
            {publishing, "AttachmentReconciler"},
            {withoutService, "TrivialAttachmentReconciler"},
            {AttacherWorld.profile(Set.of()), "TrivialAttachmentReconciler"},
        };
    }
}
