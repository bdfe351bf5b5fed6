package solo.app.conversion;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A certificate with those that vouch for it, and its key; shows nothing of the key. */
record ServerIdentity(List<X509Certificate> chain, PrivateKey key) {

    /** PKCS#8, or what OpenSSL wrote for a kind of key before there was PKCS#8. */
    private static final Pattern KEY =
            Pattern.compile("-----BEGIN (RSA |EC )?PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END");

    /** From two PEM texts. What they cannot be is the exception's message, one sentence. */
    static ServerIdentity parse(String certificates, String key) throws GeneralSecurityException {
        List<X509Certificate> chain = chain(certificates);
        PublicKey certified = chain.getFirst().getPublicKey();
        PrivateKey secret = key(key, certified);
        if (!belongTogether(secret, certified)) {
            throw new InvalidKeyException("the private key is not that of the certificate");
        }
        return new ServerIdentity(chain, secret);
    }

    private static List<X509Certificate> chain(String pem) throws CertificateException {
        try {
            List<X509Certificate> chain = CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)))
                    .stream()
                    .map(X509Certificate.class::cast)
                    .toList();
            if (!chain.isEmpty()) {
                return chain;
            }
        } catch (CertificateException malformed) {
            throw new CertificateException("the certificate cannot be read", malformed);
        }
        throw new CertificateException("there is no certificate in PEM");
    }

    private static PrivateKey key(String pem, PublicKey certified) throws GeneralSecurityException {
        Matcher found = KEY.matcher(pem);
        if (!found.find()) {
            throw new InvalidKeyException("there is no private key in PEM, or it has a passphrase");
        }
        try {
            byte[] der = Base64.getMimeDecoder().decode(found.group(2));
            byte[] pkcs8 = found.group(1) == null ? der : wrapped(der, certified);
            return KeyFactory.getInstance(certified.getAlgorithm()).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
        } catch (GeneralSecurityException | IllegalArgumentException malformed) {
            throw new InvalidKeyException(
                    "the private key cannot be read as one for " + certified.getAlgorithm(), malformed);
        }
    }

    /**
     * PKCS#8 around an older form (RFC 5958: version, algorithm, key). The algorithm with its curve is what the
     * certificate's own key begins with.
     */
    private static byte[] wrapped(byte[] key, PublicKey certified) {
        byte[] version = {Der.INTEGER, 1, 0};
        byte[] algorithm = Der.firstInside(certified.getEncoded());
        return Der.around(Der.SEQUENCE, version, algorithm, Der.around(Der.OCTET_STRING, key));
    }

    private static boolean belongTogether(PrivateKey secret, PublicKey certified) throws GeneralSecurityException {
        String algorithm = switch (certified.getAlgorithm()) {
            case "RSA" -> "SHA256withRSA";
            case "EC" -> "SHA256withECDSA";
            default -> certified.getAlgorithm();
        };
        Signature signature = Signature.getInstance(algorithm);
        byte[] anything = {1, 2, 3};
        signature.initSign(secret);
        signature.update(anything);
        byte[] signed = signature.sign();
        signature.initVerify(certified);
        signature.update(anything);
        return signature.verify(signed);
    }

    @Override
    public String toString() {
        return chain.getFirst().getSubjectX500Principal().getName();
    }
}
