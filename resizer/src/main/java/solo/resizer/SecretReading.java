package solo.resizer;

import org.jspecify.annotations.Nullable;
import solo.csi.model.Secrets;
import solo.kube.ApiException;
import solo.kube.Cluster;
import solo.kube.Kinds;
import solo.kube.model.ObjectKey;
import solo.kube.model.Secret;
import solo.resizer.model.SecretAnswer;

/** A Secret as an answer, whether it could be read or not. */
final class SecretReading {
    private SecretReading() {}

    static SecretAnswer read(Cluster cluster, ObjectKey key) {
        try {
            @Nullable Secret secret = cluster.live(Kinds.SECRET, key);
            return secret == null
                    ? new SecretAnswer.Unreadable("secrets \"" + key.name() + "\" not found")
                    : new SecretAnswer.Read(new Secrets(secret.data()));
        } catch (ApiException e) {
            return new SecretAnswer.Unreadable(String.valueOf(e.getMessage()));
        }
    }
}
