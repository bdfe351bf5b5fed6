package solo.resizer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import solo.csi.model.Code;
import solo.kube.Kinds;
import solo.kube.model.Actor;
import solo.kube.model.EventNote;
import solo.kube.model.Outcome;
import solo.resizer.model.ExpansionReason.NodeIsNext;
import solo.simulation.ClaimBuilder;
import solo.simulation.Objects;

/** What the owner of a claim, its driver and nobody else are told of an expansion or a modification. */
class ResizerTellingTest {
    private final ResizerWorld world = new ResizerWorld();

    // --- the events of Go, in Go's words ---

    @Test
    void a_refusal_is_told_with_volume_driver_and_code() {
        world.with(ResizerWorld.claim("3Gi", "5Gi"), ResizerWorld.volume("3Gi"));
        world.driver.failing(Code.INTERNAL);

        Outcome outcome = world.grow();

        assertThat(event(outcome))
                .isEqualTo(EventNote.warning(
                        "VolumeResizeFailed",
                        "resize volume \"pv\" by resizer \"model.csi.solo\" failed:"
                                + " rpc error: code = Internal desc = no"));
        assertThat(about(outcome)).isEqualTo(ResizerWorld.CLAIM.name());
        assertThat(world.events.reasons()).containsExactly("Resizing");
    }

    @Test
    void a_volume_in_use_is_told_as_an_event_too() {
        world.with(ResizerWorld.claim("3Gi", "5Gi"), ResizerWorld.volume("3Gi"), Objects.pod("ns/p", "data"));
        world.driver.failing(Code.FAILED_PRECONDITION);
        world.grow();
        world.events.clear();

        assertThat(event(world.grow()))
                .isNotNull()
                .extracting(EventNote::reason)
                .isEqualTo("VolumeResizeFailed");
        assertThat(world.events.reasons()).as("not announced again").isEmpty();
    }

    @Test
    void what_cannot_be_described_to_the_driver_is_told_and_the_claim_is_not_marked() {
        world.with(
                ResizerWorld.claim("3Gi", "5Gi"), ResizerWorld.volume("3Gi").with("", "spec", "csi", "volumeHandle"));
        assertThat(message(world.grow())).endsWith("failed: empty volume handle");

        world.with(
                ResizerWorld.volume("3Gi").with(List.of("ReadWriteOncePod", "ReadWriteMany"), "spec", "accessModes"));
        Outcome outcome = world.grow();

        assertThat(message(outcome)).contains("failed to get capabilities of volume pv with");
        assertThat(event(outcome)).isNotNull();
        assertThat(((Outcome.Waiting) outcome).reason().actor()).isEqualTo(Actor.ADMINISTRATOR);
        assertThat(world.log).isEmpty();
    }

    @Test
    void a_modification_that_could_not_be_asked_for_has_no_event() {
        world.with(
                changing(),
                ResizerWorld.volume("5Gi")
                        .with(Map.of("namespace", "ns", "name", "s"), "spec", "csi", "controllerExpandSecretRef"),
                attributes());

        Outcome outcome = world.modify();

        assertThat(message(outcome)).isEqualTo("error getting secret s in namespace ns: secrets \"s\" not found");
        assertThat(event(outcome)).isNull();
        assertThat(world.driver.modified).isEmpty();
    }

    @Test
    void a_modification_without_a_handle_is_not_asked_for() {
        world.with(changing(), ResizerWorld.volume("5Gi").with("", "spec", "csi", "volumeHandle"), attributes());

        assertThat(message(world.modify())).isEqualTo("empty volume handle");
        assertThat(world.driver.modified).isEmpty();
    }

    // --- what is not looked at ---

    @Test
    void a_claim_that_is_being_deleted_still_grows_and_changes() {
        world.with(changing().size("7Gi").finalizer("kubernetes.io/pvc-protection"), ResizerWorld.volume("5Gi"));
        world.with(attributes());
        world.server.edit(
                Kinds.CLAIM, ResizerWorld.CLAIM, Edit.set("2026-01-01T00:00:00Z", "metadata", "deletionTimestamp"));

        assertThat(world.grow())
                .matches(outcome ->
                        outcome instanceof Outcome.Waiting waiting && waiting.reason() instanceof NodeIsNext);
        assertThat(world.modify()).isEqualTo(Outcome.done());
        assertThat(world.log).contains("expand 7", "modify b");
    }

    @Test
    void a_class_of_another_driver_is_used_all_the_same() {
        world.with(changing(), ResizerWorld.volume("5Gi"), attributes().with("other.csi.solo", "driverName"));

        assertThat(world.modify()).isEqualTo(Outcome.done());
    }

    @Test
    void whose_claim_a_volume_is_matters_to_its_size_alone() {
        world.with(changing().size("7Gi"), ResizerWorld.volume("5Gi").claimRef("ns/data", "another-uid"), attributes());

        world.grow();
        world.modify();

        assertThat(world.log).contains("modify b").doesNotContain("expand 7");
    }

    // --- what is remembered ---

    @Test
    void a_secret_that_cannot_be_read_does_not_make_the_last_refusal_forgotten() {
        world.with(ResizerWorld.claim("3Gi", "10Gi"), ResizerWorld.volume("3Gi"));
        world.driver.failing(Code.INTERNAL);
        world.grow();
        world.with(ResizerWorld.volume("3Gi")
                .with(Map.of("namespace", "ns", "name", "s"), "spec", "csi", "controllerExpandSecretRef"));
        world.grow();
        world.with(Objects.secret("ns/s", Map.of()));
        world.server.edit(Kinds.CLAIM, ResizerWorld.CLAIM, Edit.set("5Gi", "spec", "resources", "requests", "storage"));

        world.grow();

        assertThat(world.log).contains("expand 5");
    }

    private static ClaimBuilder changing() {
        return ResizerWorld.claim("5Gi", "5Gi")
                .attributesClass("b")
                .with("a", "status", "currentVolumeAttributesClassName");
    }

    private static Objects.Plain attributes() {
        return Objects.attributesClass("b", Map.of("class", "b"));
    }

    private static @Nullable EventNote event(Outcome outcome) {
        return ((Outcome.Waiting) outcome).reason().event();
    }

    private static @Nullable String about(Outcome outcome) {
        var about = ((Outcome.Waiting) outcome).about();
        return about == null ? null : about.key().name();
    }

    private static String message(Outcome outcome) {
        return ((Outcome.Waiting) outcome).reason().message();
    }
}
