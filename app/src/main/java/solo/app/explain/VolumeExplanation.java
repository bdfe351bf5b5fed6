package solo.app.explain;

import java.util.List;
import solo.kube.model.Actor;
import solo.kube.model.PersistentVolume;
import solo.kube.model.Reason;

/** What is told of a volume without a claim. */
final class VolumeExplanation {

    private VolumeExplanation() {}

    /**
     * @param rehearsals what the controllers would do about the volume
     * @param attachments none of which is being deleted
     */
    static Explanation of(PersistentVolume volume, List<Rehearsal> rehearsals, List<RehearsedAttachment> attachments) {
        List<String> effects = rehearsals.stream()
                .flatMap(rehearsal -> rehearsal.effects().stream())
                .toList();
        for (Rehearsal rehearsal : rehearsals) {
            Reason reason = rehearsal.reason();
            if (reason != null) {
                return new Explanation(stage(volume), reason.message(), reason.actor(), effects);
            }
        }
        if (!effects.isEmpty()) {
            return new Explanation(stage(volume), "Solo acts next", Actor.SOLO, effects);
        }
        if (volume.meta().deleting()) {
            return Explanation.of(
                    Stage.DELETING,
                    "kept by its finalizers " + String.join(", ", volume.meta().finalizers())
                            + " until whoever set them takes them off"
                            + (attachments.isEmpty()
                                    ? ""
                                    : "; still attached to node "
                                            + attachments.getFirst().node() + ", whose pods must end first"),
                    attachments.isEmpty() ? Actor.KUBERNETES : Actor.USER);
        }
        if (volume.claimRef() == null) {
            return Explanation.of(Stage.AVAILABLE, "no claim has taken it", null);
        }
        return volume.reclaimPolicy().equals("Retain")
                ? Explanation.of(
                        Stage.RELEASED,
                        "its reclaim policy is Retain: remove spec.claimRef to give it to another claim, or delete it and"
                                + " the storage behind it",
                        Actor.ADMINISTRATOR)
                : Explanation.of(
                        Stage.RELEASED,
                        "its phase is " + volume.phase() + ", and Solo has nothing to do about it",
                        Actor.KUBERNETES);
    }

    private static Stage stage(PersistentVolume volume) {
        return volume.meta().deleting() || volume.reclaimPolicy().equals("Delete") ? Stage.DELETING : Stage.RELEASED;
    }
}
