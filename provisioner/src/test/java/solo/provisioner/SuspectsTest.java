package solo.provisioner;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import solo.csi.Rpcs;
import solo.csi.model.Code;
import solo.kube.Kinds;
import solo.kube.model.ObjectKey;
import solo.kube.model.Outcome;
import solo.simulation.DriverFault;
import solo.simulation.Objects;
import solo.simulation.VolumeBuilder;

/** Volumes that the driver lists and nothing explains are told, and nothing else (docs/decisions/005). */
class SuspectsTest {

    private final ProvisionerWorld world = new ProvisionerWorld();
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();

    @BeforeEach
    void oneVolumeTooMany() {
        world.driver.backend().put("lost-1", "pvc-of-somebody", 1 << 20);
        log.start();
        logger().addAppender(log);
    }

    @AfterEach
    void stopListening() {
        logger().detachAppender(log);
    }

    @Test
    void what_two_looks_have_found_is_told_in_one_line_and_counted() {
        assertThat(look()).isEqualTo(Outcome.again(Duration.ofMinutes(5)));
        assertThat(suspects()).isZero();

        assertThat(lookAfter(Duration.ofMinutes(5))).isEqualTo(Outcome.again(Duration.ofHours(1)));
        assertThat(suspects()).isEqualTo(1);

        lookAfter(Duration.ofHours(1));
        assertThat(suspects()).isEqualTo(1);
        assertThat(log.list)
                .singleElement()
                .extracting(ILoggingEvent::getFormattedMessage)
                .asString()
                .contains("lists 1 volumes that no PersistentVolume names", "lost-1");
    }

    @Test
    void nothing_is_ever_done_about_them() {
        lookTwice();
        lookAfter(Duration.ofHours(1));
        assertThat(world.volumesAtDriver()).isEqualTo(1);
        assertThat(world.driver.calls().made(Rpcs.DELETE_VOLUME)).isEmpty();
        assertThat(world.events.all()).isEmpty();
    }

    @Test
    void between_two_looks_the_driver_is_not_asked() {
        lookTwice();
        int asked = world.driver.calls().made(Rpcs.LIST_VOLUMES).size();

        assertThat(lookAfter(Duration.ofMinutes(59))).isEqualTo(Outcome.again(Duration.ofMinutes(1)));

        assertThat(world.driver.calls().made(Rpcs.LIST_VOLUMES)).hasSize(asked);
    }

    @Test
    void a_persistent_volume_of_this_driver_explains_its_volume_and_no_other_does() {
        world.with(volume().driver("other.csi.example.org"));
        lookTwice();
        assertThat(suspects()).isEqualTo(1);

        world.server.remove(Kinds.VOLUME, ObjectKey.cluster("static"));
        world.with(volume());
        lookAfter(Duration.ofHours(1));
        assertThat(suspects()).isZero();
    }

    @Test
    void a_claim_that_may_have_a_volume_coming_explains_one_of_them() {
        pending();
        world.driver.calls().plan(Rpcs.CREATE_VOLUME, DriverFault.refused(Code.DEADLINE_EXCEEDED));
        world.claim("ns/data");

        lookTwice();

        assertThat(suspects()).isZero();
        assertThat(log.list).isEmpty();
    }

    @Test
    void and_no_more_however_long_its_answer_takes() {
        pending();
        world.driver.calls().plan(Rpcs.CREATE_VOLUME, new DriverFault.AnswerLost(Code.DEADLINE_EXCEEDED));
        world.claim("ns/data");

        lookTwice();
        assertThat(suspects()).as("lost-1 and the claim's, whichever is which").isEqualTo(1);
        assertThat(log.list)
                .singleElement()
                .extracting(ILoggingEvent::getFormattedMessage)
                .asString()
                .contains("lists 2 volumes", "of which at least 1 belong to no claim either");

        world.claim("ns/data");
        lookTwice();
        assertThat(suspects()).as("lost-1, and not the claim's").isEqualTo(1);
    }

    @Test
    void a_volume_that_waits_for_its_persistent_volume_is_none() {
        pending();
        world.cluster.lag();
        world.with(Objects.volume("pvc-uid-1")
                .claimRef("ns/data", "uid-1")
                .handle("lost-1")
                .provisioned()
                .deleting()
                .phase("Released"));
        world.claim("ns/data");
        assertThat(world.volumesAtDriver()).as("made, and not saved").isEqualTo(2);

        lookTwice();

        assertThat(suspects())
                .as("lost-1, which the lagging cache does not show")
                .isEqualTo(1);
    }

    @Test
    void a_driver_that_does_not_list_is_asked_again_in_an_hour() {
        world.driver.calls().plan(Rpcs.LIST_VOLUMES, DriverFault.refused(Code.INTERNAL));

        assertThat(look())
                .isInstanceOfSatisfying(
                        Outcome.Waiting.class,
                        waiting -> assertThat(waiting.reason().message())
                                .startsWith("the driver does not list its volumes: rpc error: code = Internal"));

        assertThat(lookAfter(Duration.ofHours(1))).isEqualTo(Outcome.again(Duration.ofMinutes(5)));
    }

    private void lookTwice() {
        lookAfter(Duration.ofHours(1));
        lookAfter(Duration.ofMinutes(5));
    }

    private Outcome lookAfter(Duration time) {
        world.clock.advance(time);
        return look();
    }

    private Outcome look() {
        return world.reconcile("suspects", Suspects.KEY);
    }

    private double suspects() {
        return world.gauge("solo_suspect_volumes");
    }

    private void pending() {
        world.with(
                Objects.storageClass("fast"),
                Objects.claim("ns/data").uid("uid-1").storageClass("fast").provisioner());
    }

    private static VolumeBuilder volume() {
        return Objects.volume("static").handle("lost-1");
    }

    private static Logger logger() {
        return (Logger) LoggerFactory.getLogger(Suspects.class);
    }
}
