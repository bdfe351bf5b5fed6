package solo.app.conversion;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import solo.app.StartupProblem;

/**
 * The identity of a TLS server in two PEM files, which are looked at with every handshake: whoever renews them restarts
 * nothing. While only one of them is renewed, or one is broken, the identity before goes on serving.
 */
final class ServingCertificate extends X509ExtendedKeyManager {

    private static final Logger log = LoggerFactory.getLogger(ServingCertificate.class);

    private final Path certificateFile;
    private final Path keyFile;

    private Texts read;
    private Named current;
    private Named before;
    private String told = "";

    /** What the files hold. */
    private record Texts(String certificates, String key) {
        @Override
        public String toString() {
            return "two PEM texts";
        }
    }

    /** A handshake asks by alias, several times, and must get one identity each time. */
    private record Named(long alias, ServerIdentity identity) {}

    private ServingCertificate(Path certificateFile, Path keyFile, Texts read, ServerIdentity identity) {
        this.certificateFile = certificateFile;
        this.keyFile = keyFile;
        this.read = read;
        this.current = new Named(0, identity);
        this.before = current;
    }

    static ServingCertificate open(Path certificateFile, Path keyFile) throws StartupProblem {
        Texts texts = new Texts(text("--tls-cert-file", certificateFile), text("--tls-private-key-file", keyFile));
        try {
            return new ServingCertificate(
                    certificateFile, keyFile, texts, ServerIdentity.parse(texts.certificates, texts.key));
        } catch (GeneralSecurityException unusable) {
            throw new StartupProblem(
                    "--tls-cert-file " + certificateFile + ", --tls-private-key-file " + keyFile + ": "
                            + unusable.getMessage(),
                    unusable);
        }
    }

    private static String text(String flag, Path file) throws StartupProblem {
        try {
            return text(file);
        } catch (NoSuchFileException missing) {
            throw new StartupProblem(flag + " " + file + ": there is no such file", missing);
        } catch (IOException unreadable) {
            throw new StartupProblem(flag + " " + file + ": it cannot be read", unreadable);
        }
    }

    /** Each byte a letter, so that a file that is no text is told by its parser. */
    private static String text(Path file) throws IOException {
        return Files.readString(file, StandardCharsets.ISO_8859_1);
    }

    SSLContext context() {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(new KeyManager[] {this}, null, null);
            return context;
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private synchronized Named now() {
        try {
            Texts texts = new Texts(text(certificateFile), text(keyFile));
            if (!texts.equals(read)) {
                read = texts;
                Named next = new Named(current.alias + 1, ServerIdentity.parse(texts.certificates, texts.key));
                before = current;
                current = next;
                told = "";
                log.info("serves with the renewed certificate of {}", certificateFile);
            }
        } catch (IOException unreadable) {
            tell("they cannot be read");
        } catch (GeneralSecurityException unusable) {
            tell(String.valueOf(unusable.getMessage()));
        }
        return current;
    }

    /** Once, not with every handshake. */
    private void tell(String problem) {
        if (!problem.equals(told)) {
            told = problem;
            log.warn("{} and {} are served as they were before: {}", certificateFile, keyFile, problem);
        }
    }

    private synchronized @Nullable ServerIdentity named(@Nullable String alias) {
        for (Named each : new Named[] {current, before}) {
            if (String.valueOf(each.alias).equals(alias)) {
                return each.identity;
            }
        }
        return null;
    }

    @Override
    public @Nullable String chooseEngineServerAlias(
            String keyType, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
        Named named = now();
        return keyType.equals(named.identity.key().getAlgorithm()) ? String.valueOf(named.alias) : null;
    }

    @Override
    public X509Certificate @Nullable [] getCertificateChain(@Nullable String alias) {
        ServerIdentity identity = named(alias);
        return identity == null ? null : identity.chain().toArray(X509Certificate[]::new);
    }

    @Override
    public @Nullable PrivateKey getPrivateKey(@Nullable String alias) {
        ServerIdentity identity = named(alias);
        return identity == null ? null : identity.key();
    }

    // The rest is for sockets without an engine and for clients, which there are none of.

    @Override
    public String @Nullable [] getServerAliases(String keyType, Principal @Nullable [] issuers) {
        return null;
    }

    @Override
    public @Nullable String chooseServerAlias(String keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return null;
    }

    @Override
    public String @Nullable [] getClientAliases(String keyType, Principal @Nullable [] issuers) {
        return null;
    }

    @Override
    public @Nullable String chooseClientAlias(
            String[] keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return null;
    }
}
