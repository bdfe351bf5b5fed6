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
 * @param room whether the driver has room for the volume here; only where each node has its own provisioner
 */
public record Facts(
        Fact<PersistentVolumeClaim> claim,
        Fact<Secret> secret,
        Fact<VolumeAttributesClass> attributesClass,
        Fact<VolumeSnapshot> snapshot,
        Fact<VolumeSnapshotContent> content,
        Fact<Boolean> room) {

    public static final Facts NONE = new Facts(
            new Fact.Unread<>(),
            new Fact.Unread<>(),
            new Fact.Unread<>(),
            new Fact.Unread<>(),
            new Fact.Unread<>(),
            new Fact.Unread<>());

    public Facts withClaim(Fact<PersistentVolumeClaim> read) {
        return new Facts(read, secret, attributesClass, snapshot, content, room);
    }

    public Facts withSecret(Fact<Secret> read) {
        return new Facts(claim, read, attributesClass, snapshot, content, room);
    }

    public Facts withAttributesClass(Fact<VolumeAttributesClass> read) {
        return new Facts(claim, secret, read, snapshot, content, room);
    }

    public Facts withSnapshot(Fact<VolumeSnapshot> read) {
        return new Facts(claim, secret, attributesClass, read, content, room);
    }

    public Facts withContent(Fact<VolumeSnapshotContent> read) {
        return new Facts(claim, secret, attributesClass, snapshot, read, room);
    }

    public Facts withRoom(Fact<Boolean> read) {
        return new Facts(claim, secret, attributesClass, snapshot, content, read);
    }
}
