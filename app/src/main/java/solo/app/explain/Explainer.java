package solo.app.explain;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import solo.kube.ApiException;
import solo.kube.Clock;
import solo.kube.Cluster;
import solo.kube.Kinds;
import solo.kube.model.Actor;
import solo.kube.model.ObjectKey;
import solo.kube.model.PersistentVolume;
import solo.kube.model.PersistentVolumeClaim;
import solo.kube.model.VolumeAttachment;
import solo.provisioner.model.Feature;
import solo.resizer.ResizerOptions.AttributesClasses;

/** Explains one object of a cluster. Reads only. */
final class Explainer {

    /**
     * @param subject what it is about, for example {@code claim default/data}
     * @param keys under which controllers wait for it
     */
    record Answer(String subject, String uid, List<String> keys, Explanation explanation) {
        Answer {
            keys = List.copyOf(keys);
        }

        static Answer of(String kind, ObjectKey key, String uid, Explanation explanation) {
            // The provisioner's key of a claim has the uid as its last part.
            return new Answer(kind + " " + key, uid, List.of(key.toString(), key + "/" + uid), explanation);
        }

        /** What keeps an attachment waiting is told of its volume too. */
        Answer with(List<RehearsedAttachment> attachments) {
            return new Answer(
                    subject,
                    uid,
                    Stream.concat(keys.stream(), attachments.stream().map(RehearsedAttachment::name))
                            .toList(),
                    explanation);
        }
    }

    private final Cluster cluster;
    private final Clock clock;
    private final Setup setup;

    Explainer(Cluster cluster, Clock clock, Setup setup) {
        this.cluster = cluster;
        this.clock = clock;
        this.setup = setup;
        // Asked for now, so that they are filled when the questions come.
        List.of(Kinds.CLAIM, Kinds.VOLUME, Kinds.STORAGE_CLASS, Kinds.NODE, Kinds.CSI_NODE, Kinds.ATTACHMENT, Kinds.POD)
                .forEach(cluster::store);
        var _ = cluster.store(Told.KIND);
        if (setup.attributesClasses() == AttributesClasses.SERVED) {
            var _ = cluster.store(Kinds.ATTRIBUTES_CLASS);
        }
        if (setup.options().provisionerFeatures().contains(Feature.CROSS_NAMESPACE_DATA_SOURCE)) {
            var _ = cluster.store(Kinds.REFERENCE_GRANT);
        }
    }

    /** Null if there is no such claim. */
    @Nullable
    Answer claim(ObjectKey key) throws ApiException, InterruptedException {
        PersistentVolumeClaim claim = cluster.store(Kinds.CLAIM).get(key);
        return claim == null ? null : claim(claim);
    }

    private Answer claim(PersistentVolumeClaim claim) throws ApiException, InterruptedException {
        ClaimSituation situation = ClaimSituation.of(cluster, claim);
        DriverFacts driver = DriverFacts.of(cluster, situation.driver());
        Rehearsals rehearsals = new Rehearsals(cluster, driver, clock, setup);
        PersistentVolume volume = situation.volume();
        List<RehearsedAttachment> attachments = volume == null
                ? List.of()
                : RehearsedAttachment.of(cluster, volume.key().name(), rehearsals);
        Explanation told =
                new ClaimExplanation(situation, driver, rehearsals.of(Kinds.CLAIM, claim), attachments).explain();
        return Answer.of("claim", claim.key(), claim.uid(), LastAnswer.weighed(told, lastAnswer(claim, told.stage())))
                .with(attachments);
    }

    /** The message that holds what the driver answered last in this stage; empty if nothing does. */
    private String lastAnswer(PersistentVolumeClaim claim, Stage stage) {
        String shown = LastAnswer.shown(claim, stage);
        if (shown != null) {
            return shown;
        }
        Told last = Told.lastWarning(cluster, claim.uid());
        return last == null || !LastAnswer.belongs(last.reason(), stage) ? "" : last.message();
    }

    /**
     * A volume that belongs to a living claim is explained by its claim, one that is gone by the attachments it left.
     * Null if there is no such volume.
     */
    @Nullable
    Answer volume(String name) throws ApiException, InterruptedException {
        PersistentVolume volume = cluster.store(Kinds.VOLUME).get(ObjectKey.cluster(name));
        if (volume == null) {
            return leftAttached(name);
        }
        if (volume.claimRef() != null && !volume.meta().deleting()) {
            PersistentVolumeClaim claim =
                    cluster.store(Kinds.CLAIM).get(volume.claimRef().key());
            if (claim != null && claim.uid().equals(volume.claimRef().uid())) {
                return claim(claim);
            }
        }
        DriverFacts driver =
                DriverFacts.of(cluster, volume.csi() == null ? "" : volume.csi().driver());
        Rehearsals rehearsals = new Rehearsals(cluster, driver, clock, setup);
        List<RehearsedAttachment> attachments = RehearsedAttachment.of(cluster, name, rehearsals);
        Explanation detachment = Detachment.of(attachments, driver.name());
        return Answer.of(
                        "volume",
                        volume.key(),
                        volume.uid(),
                        detachment != null
                                ? detachment
                                : VolumeExplanation.of(volume, rehearsals.of(Kinds.VOLUME, volume), attachments))
                .with(attachments);
    }

    private @Nullable Answer leftAttached(String name) throws ApiException, InterruptedException {
        VolumeAttachment first = cluster.store(Kinds.ATTACHMENT).byIndex(Kinds.ATTACHMENT_BY_VOLUME, name).stream()
                .findFirst()
                .orElse(null);
        if (first == null) {
            return null;
        }
        DriverFacts driver = DriverFacts.of(cluster, first.attacher());
        List<RehearsedAttachment> attachments =
                RehearsedAttachment.of(cluster, name, new Rehearsals(cluster, driver, clock, setup));
        Explanation detachment = Detachment.of(attachments, driver.name());
        return Answer.of(
                        "volume",
                        ObjectKey.cluster(name),
                        first.uid(),
                        detachment != null
                                ? detachment
                                : Explanation.of(
                                        Stage.DETACHING,
                                        "the PersistentVolume is gone, and VolumeAttachment "
                                                + first.key().name() + " still names it; delete that once no pod on"
                                                + " node " + first.nodeName() + " uses it",
                                        Actor.ADMINISTRATOR))
                .with(attachments);
    }

    /** What a claim from a file would ask the driver for, or why it would not. */
    Answer dryRun(PersistentVolumeClaim claim) throws ApiException, InterruptedException {
        return new Explainer(new WithClaim(cluster, claim), clock, setup).claim(claim);
    }
}
