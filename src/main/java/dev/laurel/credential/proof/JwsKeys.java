package dev.laurel.credential.proof;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.RSAKeyGenParameterSpec;
import java.util.Arrays;

/**
 * The algorithms of JWTs that Open Badges takes, with the JDK. A private key is PKCS #8.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7518#section-3.1">RFC 7518, 3.1</a>
 */
public enum JwsKeys {
    /** RSASSA-PKCS1-v1_5 with SHA-256 and 2048 bits. */
    RS256("RSA", "SHA256withRSA", new RSAKeyGenParameterSpec(2048, RSAKeyGenParameterSpec.F4)),
    /** ECDSA on P-256 with SHA-256; the signature is the two numbers one after the other. */
    ES256("EC", "SHA256withECDSAinP1363Format", new ECGenParameterSpec("secp256r1"));

    private final String family;

    private final String signature;

    private final AlgorithmParameterSpec size;

    JwsKeys(String family, String signature, AlgorithmParameterSpec size) {
        this.family = family;
        this.signature = signature;
        this.size = size;
    }

    /** @throws BadCredentialException where Open Badges knows no such algorithm */
    public static JwsKeys of(String alg) {
        return Arrays.stream(values())
                .filter(each -> each.name().equals(alg))
                .findFirst()
                .orElseThrow(() -> new BadCredentialException("Not an algorithm of a VC-JWT"));
    }

    public KeyPair newKey() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(family);
            generator.initialize(size);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** @throws IllegalStateException where the bytes are no such key */
    public Signer signer(String verificationMethod, byte[] pkcs8) {
        try {
            PrivateKey key = KeyFactory.getInstance(family).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
            return new KeySigner(this, verificationMethod, key);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("The stored key cannot be read", e);
        }
    }

    /** Whether it is a signature of this key; of a key of another family it never is. */
    public boolean verify(PublicKey key, byte[] data, byte[] signed) {
        if (!key.getAlgorithm().equals(family)) {
            return false;
        }
        try {
            Signature verifier = Signature.getInstance(signature);
            verifier.initVerify(key);
            verifier.update(data);
            return verifier.verify(signed);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private record KeySigner(JwsKeys algorithm, String verificationMethod, PrivateKey key) implements Signer {

        @Override
        public String alg() {
            return algorithm.name();
        }

        @Override
        public byte[] sign(byte[] data) {
            try {
                Signature signer = Signature.getInstance(algorithm.signature);
                signer.initSign(key);
                signer.update(data);
                return signer.sign();
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException(algorithm + " failed", e);
            }
        }
    }
}
