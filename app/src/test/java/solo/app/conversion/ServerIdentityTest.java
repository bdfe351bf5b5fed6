package solo.app.conversion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which PEM texts are a server's identity. */
class ServerIdentityTest {

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"RSA", "EC", "Ed25519"})
    void a_key_of_any_kind_is_read(String algorithm) throws Exception {
        PemFiles pem = PemFiles.made(folder, algorithm);
        ServerIdentity identity = ServerIdentity.parse(pem.certificatePem(), pem.keyPem());
        assertThat(identity.key()).isEqualTo(pem.key());
        assertThat(identity.chain()).containsExactly(pem.certificate());
    }

    @ParameterizedTest
    @ValueSource(strings = {"RSA", "EC"})
    void so_is_the_older_form_that_cert_manager_still_writes(String algorithm) throws Exception {
        PemFiles pem = PemFiles.made(folder, algorithm);
        assertThat(pem.olderKeyPem()).startsWith("-----BEGIN " + algorithm + " PRIVATE KEY-----");
        ServerIdentity identity = ServerIdentity.parse(pem.certificatePem(), pem.olderKeyPem());
        assertThat(identity.key().getEncoded()).isEqualTo(pem.key().getEncoded());
    }

    @Test
    void the_certificates_of_the_authority_follow_the_servers() throws Exception {
        PemFiles server = PemFiles.made(folder, "EC");
        PemFiles authority = PemFiles.made(folder, "EC");
        assertThat(ServerIdentity.parse(server.certificatePem() + authority.certificatePem(), server.keyPem())
                        .chain())
                .containsExactly(server.certificate(), authority.certificate());
    }

    @Test
    void a_key_of_another_certificate_is_refused_and_no_key_is_shown() throws Exception {
        PemFiles one = PemFiles.made(folder, "EC");
        PemFiles other = PemFiles.made(folder, "EC");
        assertThatThrownBy(() -> ServerIdentity.parse(one.certificatePem(), other.keyPem()))
                .hasMessage("the private key is not that of the certificate");
        assertThatThrownBy(() -> ServerIdentity.parse("", one.keyPem())).hasMessage("there is no certificate in PEM");
        assertThatThrownBy(() -> ServerIdentity.parse(one.certificatePem(), one.certificatePem()))
                .hasMessageContaining("there is no private key in PEM");
        String torn = one.keyPem().replaceFirst("\n[A-Za-z0-9+/]{10}", "\n");
        assertThatThrownBy(() -> ServerIdentity.parse(one.certificatePem(), torn))
                .hasMessage("the private key cannot be read as one for EC");
        assertThat(ServerIdentity.parse(one.certificatePem(), one.keyPem())).hasToString("CN=webhook");
    }
}
