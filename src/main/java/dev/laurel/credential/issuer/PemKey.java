package dev.laurel.credential.issuer;

import dev.laurel.credential.proof.Ed25519;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.Base64;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.util.PrivateKeyFactory;
import org.bouncycastle.math.ec.FixedPointCombMultiplier;

/**
 * A private key as {@code openssl genpkey} writes it: PKCS #8 as PEM. Line breaks may be gone or written as {@code \\n}, as in
 * a variable of the environment.
 */
final class PemKey {

    private static final String BEGIN = "-----BEGIN PRIVATE KEY-----";

    private static final String END = "-----END PRIVATE KEY-----";

    private static final int LEAST_RSA_BITS = 2048;

    private final KeyAlgorithm algorithm;

    private final byte[] pkcs8;

    private PemKey(KeyAlgorithm algorithm, byte[] pkcs8) {
        this.algorithm = algorithm;
        this.pkcs8 = pkcs8;
    }

    /** @throws IllegalStateException that says what is wrong and nothing of the key */
    static PemKey read(KeyAlgorithm algorithm, String pem) {
        String text = pem.replace("\\n", "\n").strip();
        if (!text.startsWith(BEGIN) || !text.endsWith(END)) {
            throw new IllegalStateException("it does not begin with " + BEGIN + " and end with " + END);
        }
        String base64 = text.substring(BEGIN.length(), text.length() - END.length());
        try {
            PemKey key = new PemKey(algorithm, Base64.getMimeDecoder().decode(base64));
            key.requireFits();
            return key;
        } catch (IllegalArgumentException | IOException | GeneralSecurityException e) {
            throw new IllegalStateException("it is no private key of " + algorithm.stored());
        }
    }

    private void requireFits() throws IOException, GeneralSecurityException {
        AsymmetricKeyParameter key = PrivateKeyFactory.createKey(pkcs8);
        boolean fits = switch (algorithm) {
            case ED25519 -> key instanceof Ed25519PrivateKeyParameters;
            case RS256 -> rsa().getModulus().bitLength() >= LEAST_RSA_BITS;
            case ES256 ->
                key instanceof ECPrivateKeyParameters ec
                        && ec.getParameters().getCurve().getFieldSize() == 256;
        };
        if (!fits) {
            throw new IllegalStateException("it is no private key of " + algorithm.stored());
        }
    }

    /** As {@link KeyAlgorithm#signer} takes it: a seed of Ed25519, PKCS #8 of the others. */
    byte[] plain() {
        return algorithm == KeyAlgorithm.ED25519 ? seed() : pkcs8.clone();
    }

    /** Of Ed25519: 32 bytes. */
    byte[] ed25519Public() {
        return Ed25519.publicKey(seed());
    }

    private byte[] seed() {
        try {
            return ((Ed25519PrivateKeyParameters) PrivateKeyFactory.createKey(pkcs8)).getEncoded();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Of one that signs JWTs. */
    PublicKey publicKey() {
        try {
            return algorithm == KeyAlgorithm.RS256 ? rsaPublic() : ecPublic();
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException("it is no private key of " + algorithm.stored());
        }
    }

    private RSAPrivateCrtKey rsa() throws GeneralSecurityException {
        if (KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(pkcs8))
                instanceof RSAPrivateCrtKey key) {
            return key;
        }
        throw new GeneralSecurityException("Without its public exponent");
    }

    private PublicKey rsaPublic() throws GeneralSecurityException {
        RSAPrivateCrtKey key = rsa();
        return KeyFactory.getInstance("RSA")
                .generatePublic(new RSAPublicKeySpec(key.getModulus(), key.getPublicExponent()));
    }

    private PublicKey ecPublic() throws IOException, GeneralSecurityException {
        ECPrivateKeyParameters key = (ECPrivateKeyParameters) PrivateKeyFactory.createKey(pkcs8);
        var point = new FixedPointCombMultiplier()
                .multiply(key.getParameters().getG(), key.getD())
                .normalize();
        BigInteger x = point.getAffineXCoord().toBigInteger();
        BigInteger y = point.getAffineYCoord().toBigInteger();
        KeyFactory factory = KeyFactory.getInstance("EC");
        ECPrivateKey known = (ECPrivateKey) factory.generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
        return factory.generatePublic(new ECPublicKeySpec(new ECPoint(x, y), known.getParams()));
    }
}
