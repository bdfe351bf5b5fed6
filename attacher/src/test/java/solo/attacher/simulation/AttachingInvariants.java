package solo.attacher.simulation;

import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import solo.attacher.rules.AttachmentName;
import solo.kube.Kinds;
import solo.kube.model.Finalizers;
import solo.kube.model.Json;
import solo.kube.model.ObjectKey;
import solo.simulation.Invariant;
import solo.simulation.ModelDriver;
import solo.simulation.ModelVolume;
import solo.simulation.World;

/**
 * What must hold where volumes are attached. Told by the names of attachments alone, so that it holds for volumes whose
 * PersistentVolume is gone, too.
 */
final class AttachingInvariants {
    private static final String FINALIZER = Finalizers.attacher(ModelDriver.NAME);

    private static final String OWED = "what is attached has an attachment with our finalizer";
    private static final String SETTLED = "every attachment is attached or gone";

    /**
     * What a former leader's ControllerPublishVolume that arrives late can break (docs/decisions/012): the volume stays
     * where no attachment says so, and the driver refuses to attach it elsewhere.
     */
    static final Set<String> LATE = Set.of(OWED, SETTLED);

    private AttachingInvariants() {}

    static List<Supplier<Invariant>> all() {
        return List.of(
                AttachingInvariants::whatIsAttachedIsOwed,
                AttachingInvariants::whatSaysAttachedIsAttached,
                AttachingInvariants::everythingIsSettled,
                AttachingInvariants::nothingHangs);
    }

    /** Never a volume on a node that nobody will detach. */
    static Invariant whatIsAttachedIsOwed() {
        return Invariant.always(OWED, world -> {
            for (ModelVolume volume : world.backend().volumes().values()) {
                for (String nodeId : volume.attachments().keySet()) {
                    Json attachment = attachment(world, volume.id(), nodeId);
                    if (!attachment.at("metadata", "finalizers").texts().contains(FINALIZER)) {
                        return volume.id() + " stays attached to " + nodeId;
                    }
                }
            }
            return null;
        });
    }

    static Invariant whatSaysAttachedIsAttached() {
        return Invariant.always(
                "what says attached is attached",
                world -> first(attachments(world)
                        .filter(one -> one.at("status", "attached").flag(false) && !deleting(one))
                        .filter(one -> !reallyAttached(world, one))
                        .map(one -> name(one) + " says attached, the backend does not")));
    }

    /** Every attachment whose volume is there to stay is attached, and those that were to go are gone. */
    static Invariant everythingIsSettled() {
        return Invariant.atRest(
                SETTLED,
                world -> first(attachments(world)
                        .filter(one -> deleting(one)
                                || (canAttach(world, one)
                                        && (!one.at("status", "attached").flag(false)
                                                || one.at("status", "attachError")
                                                        .present())))
                        .map(one -> name(one) + " is not settled: " + one.at("status"))));
    }

    static Invariant nothingHangs() {
        return Invariant.atRest(
                "volumes that were to go are gone",
                world -> first(world.server().objects(Kinds.VOLUME).stream()
                        .filter(AttachingInvariants::deleting)
                        .filter(one -> one.at("metadata", "finalizers").texts().contains(FINALIZER))
                        .filter(one -> attachments(world)
                                .noneMatch(other -> other.at("spec", "source", "persistentVolumeName")
                                        .text("")
                                        .equals(name(one))))
                        .map(one -> name(one) + " hangs")));
    }

    // A volume that is being deleted is not attached any more, nor is one made anew under an old attachment.
    private static boolean canAttach(World world, Json attachment) {
        Json volume = world.object(
                Kinds.VOLUME,
                ObjectKey.cluster(
                        attachment.at("spec", "source", "persistentVolumeName").text("")));
        String meant = AttachmentName.of(
                volume.at("spec", "csi", "volumeHandle").text(""),
                ModelDriver.NAME,
                attachment.at("spec", "nodeName").text(""));
        return !deleting(volume) && meant.equals(name(attachment));
    }

    private static boolean reallyAttached(World world, Json attachment) {
        String node = attachment.at("spec", "nodeName").text("");
        return world.backend().volumes().values().stream()
                .filter(volume ->
                        AttachmentName.of(volume.id(), ModelDriver.NAME, node).equals(name(attachment)))
                .anyMatch(volume -> volume.attachments().containsKey("id-" + node));
    }

    private static Json attachment(World world, String handle, String nodeId) {
        String node = nodeId.substring("id-".length());
        return world.object(Kinds.ATTACHMENT, ObjectKey.cluster(AttachmentName.of(handle, ModelDriver.NAME, node)));
    }

    private static Stream<Json> attachments(World world) {
        return world.server().objects(Kinds.ATTACHMENT).stream();
    }

    private static String name(Json object) {
        return object.at("metadata", "name").text("");
    }

    private static boolean deleting(Json object) {
        return object.at("metadata", "deletionTimestamp").present();
    }

    private static @Nullable String first(Stream<String> broken) {
        return broken.findFirst().orElse(null);
    }
}
