package solo.snapshotter;

import org.jspecify.annotations.Nullable;
import solo.csi.model.Secrets;
import solo.kube.ApiException;
import solo.kube.Cluster;
import solo.kube.Kinds;
import solo.kube.model.ObjectKey;
import solo.kube.model.Secret;
import solo.snapshotter.model.SecretAnswer;

/** Secrets that go with calls of the driver, read when they are needed. */
final class CallSecrets {
    private CallSecrets() {}

    static SecretAnswer read(Cluster cluster, ObjectKey key) {
        try {
            @Nullable Secret secret = cluster.live(Kinds.SECRET, key);
            return secret == null
                    ? new SecretAnswer.Missing(
                            "secrets \"" + key.name() + "\" not found in namespace " + key.namespace())
                    : new SecretAnswer.Read(new Secrets(secret.data()));
        } catch (ApiException e) {
            return new SecretAnswer.Unreadable(String.valueOf(e.getMessage()));
        }
    }
}
