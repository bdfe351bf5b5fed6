package solo.app.conversion;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** A certificate of 127.0.0.1 that vouches for itself, made by the JDK's keytool, as PEM texts. */
record PemFiles(X509Certificate certificate, PrivateKey key) {

    private static final String PASSWORD = "changeit";

    /** @param algorithm RSA, EC or Ed25519 */
    static PemFiles made(Path folder, String algorithm) throws IOException, InterruptedException {
        Path store = Files.createTempDirectory(folder, "keys").resolve("store.p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "it",
                        "-keyalg",
                        algorithm,
                        "-dname",
                        "CN=webhook",
                        "-ext",
                        "SAN=ip:127.0.0.1",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        store.toString(),
                        "-storepass",
                        PASSWORD)
                .redirectErrorStream(true)
                .start();
        String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (keytool.waitFor() != 0) {
            throw new IOException("keytool: " + said);
        }
        try (InputStream in = Files.newInputStream(store)) {
            KeyStore keys = KeyStore.getInstance("PKCS12");
            keys.load(in, PASSWORD.toCharArray());
            return new PemFiles((X509Certificate) keys.getCertificate("it"), (PrivateKey)
                    keys.getKey("it", PASSWORD.toCharArray()));
        } catch (GeneralSecurityException unreadable) {
            throw new IOException(unreadable);
        }
    }

    String certificatePem() throws GeneralSecurityException {
        return pem("CERTIFICATE", certificate.getEncoded());
    }

    String keyPem() {
        return pem("PRIVATE KEY", key.getEncoded());
    }

    /** The form that OpenSSL wrote for RSA and EC before PKCS#8: what PKCS#8 holds behind the algorithm. */
    String olderKeyPem() {
        byte[] whole = key.getEncoded();
        byte[] algorithm = Der.firstInside(certificate.getPublicKey().getEncoded());
        for (int content = 2; content < whole.length; content++) {
            byte[] inner = Arrays.copyOfRange(whole, content, whole.length);
            byte[] again = Der.around(
                    Der.SEQUENCE, new byte[] {Der.INTEGER, 1, 0}, algorithm, Der.around(Der.OCTET_STRING, inner));
            if (Arrays.equals(again, whole)) {
                return pem(key.getAlgorithm() + " PRIVATE KEY", inner);
            }
        }
        throw new AssertionError("no older form of " + key.getAlgorithm());
    }

    void writeTo(Path certificateFile, Path keyFile) throws IOException, GeneralSecurityException {
        Files.writeString(certificateFile, certificatePem());
        Files.writeString(keyFile, keyPem());
    }

    /** What a client has that trusts this certificate alone. */
    SSLContext trusted() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setCertificateEntry("it", certificate);
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        SSLContext tls = SSLContext.getInstance("TLS");
        tls.init(null, trust.getTrustManagers(), null);
        return tls;
    }

    private static String pem(String what, byte[] der) {
        String lines = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        return String.join("\n", List.of("-----BEGIN " + what + "-----", lines, "-----END " + what + "-----", ""));
    }
}
