package solo.it;

import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import io.fabric8.kubernetes.client.Config;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A kubeconfig with the rights of a service account of solo-system and no others, for an hour. */
final class ServiceAccountKubeconfig {

    private ServiceAccountKubeconfig() {}

    static Path of(Bench bench, String account) {
        String token = bench.client()
                .serviceAccounts()
                .inNamespace("solo-system")
                .withName(account)
                .tokenRequest(new TokenRequestBuilder()
                        .withNewSpec()
                        .withExpirationSeconds(3600L)
                        .endSpec()
                        .build())
                .getStatus()
                .getToken();
        Config admin = bench.client().getConfiguration();
        String authority = admin.getCaCertData() == null
                ? "certificate-authority: " + admin.getCaCertFile()
                : "certificate-authority-data: " + admin.getCaCertData();
        try {
            return Files.writeString(Files.createTempFile("solo-it-", ".kubeconfig"), """
                    apiVersion: v1
                    kind: Config
                    current-context: it
                    contexts: [{name: it, context: {cluster: it, user: it}}]
                    clusters:
                      - name: it
                        cluster:
                          server: %s
                          %s
                    users: [{name: it, user: {token: %s}}]
                    """.formatted(
                            admin.getMasterUrl(), authority, token));
        } catch (IOException full) {
            throw new UncheckedIOException(full);
        }
    }
}
