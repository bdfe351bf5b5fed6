package solo.provisioner.model;

import solo.kube.model.PersistentVolumeClaim;
import solo.kube.model.Secret;
import solo.kube.model.VolumeAttributesClass;
import solo.kube.model.VolumeSnapshot;
import solo.kube.model.VolumeSnapshotContent;

/**
 * What was read live in this attempt.
 *
 * @param claim the claim itself, when the cached one is in doubt
 * @param secret the one for CreateVolume
 */
public record Facts(
        Fact<PersistentVolumeClaim> claim,
        Fact<Secret> secret,
        Fact<VolumeAttributesClass> attributesClass,
        Fact<VolumeSnapshot> snapshot,
        Fact<VolumeSnapshotContent> content) {

    public static final Facts NONE = new Facts(
            new Fact.Unread<>(), new Fact.Unread<>(), new Fact.Unread<>(), new Fact.Unread<>(), new Fact.Unread<>());

    public Facts withClaim(Fact<PersistentVolumeClaim> read) {
        return new Facts(read, secret, attributesClass, snapshot, content);
    }

    public Facts withSecret(Fact<Secret> read) {
        return new Facts(claim, read, attributesClass, snapshot, content);
    }

    public Facts withAttributesClass(Fact<VolumeAttributesClass> read) {
        return new Facts(claim, secret, read, snapshot, content);
    }

    public Facts withSnapshot(Fact<VolumeSnapshot> read) {
        return new Facts(claim, secret, attributesClass, read, content);
    }

    public Facts withContent(Fact<VolumeSnapshotContent> read) {
        return new Facts(claim, secret, attributesClass, snapshot, read);
    }
}
