package solo.provisioner;

import solo.kube.model.ObjectKey;
import solo.kube.model.PersistentVolume.ClaimRef;
import solo.kube.model.PersistentVolumeClaim;

/**
 * A claim's key in the queue is its uid, as in Go: a claim deleted and made anew under the same name is another one,
 * and the first one's volume may still be on its way. Namespace and name go along for people who read logs.
 */
final class ClaimKey {
    private ClaimKey() {}

    static ObjectKey of(PersistentVolumeClaim claim) {
        return of(claim.key(), claim.uid());
    }

    static ObjectKey of(ClaimRef claim) {
        return of(claim.key(), claim.uid());
    }

    static String uid(ObjectKey key) {
        return key.name();
    }

    private static ObjectKey of(ObjectKey claim, String uid) {
        return new ObjectKey(claim.toString(), uid);
    }
}
