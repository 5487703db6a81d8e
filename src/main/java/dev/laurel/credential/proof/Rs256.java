package dev.laurel.credential.proof;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.PKCS8EncodedKeySpec;

/** RSASSA-PKCS1-v1_5 with SHA-256 and 2048 bits, with the JDK. A private key is PKCS #8. */
public final class Rs256 {

    private static final int BITS = 2048;

    private Rs256() {}

    public static KeyPair newKey() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(BITS);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    public static Signer signer(String verificationMethod, byte[] pkcs8) {
        try {
            return new KeySigner(
                    verificationMethod, KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(pkcs8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("The stored RSA key cannot be read", e);
        }
    }

    public static boolean verify(RSAPublicKey key, byte[] data, byte[] signature) {
        try {
            Signature verifier = Signature.getInstance("SHA256withRSA");
            verifier.initVerify(key);
            verifier.update(data);
            return verifier.verify(signature);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private record KeySigner(String verificationMethod, PrivateKey key) implements Signer {

        @Override
        public byte[] sign(byte[] data) {
            try {
                Signature signer = Signature.getInstance("SHA256withRSA");
                signer.initSign(key);
                signer.update(data);
                return signer.sign();
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("RS256 failed", e);
            }
        }
    }
}
