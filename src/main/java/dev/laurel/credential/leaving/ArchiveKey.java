package dev.laurel.credential.leaving;

import com.nimbusds.jose.EncryptionMethod;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWEAlgorithm;
import com.nimbusds.jose.JWEEncrypter;
import com.nimbusds.jose.JWEHeader;
import com.nimbusds.jose.JWEObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.DirectDecrypter;
import com.nimbusds.jose.crypto.DirectEncrypter;
import com.nimbusds.jose.crypto.PasswordBasedDecrypter;
import com.nimbusds.jose.crypto.PasswordBasedEncrypter;
import dev.laurel.credential.leaving.ArchiveRefusedException.Reason;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.text.Normalizer;
import java.text.ParseException;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The random key of one archive. The passphrase wraps it, once; it encrypts the private keys of each issuer and seals the end
 * of the archive. Both are JWE, so that they can be opened without Laurel.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7518#section-4.8">RFC 7518, 4.8 Key Encryption with PBES2</a>
 */
final class ArchiveKey {

    private static final int ENCRYPTING = 32;

    private static final int SEALING = 32;

    private static final int SALT = 16;

    /** As OWASP advises for PBKDF2 with HMAC-SHA-512, rounded up. */
    private static final int ITERATIONS = 250_000;

    /** More would keep us busy for whoever made the archive. */
    private static final int MOST_ITERATIONS = 2_000_000;

    private static final SecureRandom RANDOM = new SecureRandom();

    private final byte[] bytes;

    private ArchiveKey(byte[] bytes) {
        this.bytes = bytes;
    }

    /** One that was open before. */
    static ArchiveKey of(byte[] bytes) {
        return new ArchiveKey(bytes.clone());
    }

    byte[] bytes() {
        return bytes.clone();
    }

    static ArchiveKey fresh() {
        byte[] bytes = new byte[ENCRYPTING + SEALING];
        RANDOM.nextBytes(bytes);
        return new ArchiveKey(bytes);
    }

    /** Compact JWE, PBES2-HS512+A256KW and A256GCM; the content is 32 bytes that encrypt and 32 that seal. */
    byte[] wrapped(String passphrase) {
        return encrypt(
                JWEAlgorithm.PBES2_HS512_A256KW,
                new Payload(bytes),
                new PasswordBasedEncrypter(secret(passphrase), SALT, ITERATIONS));
    }

    /** @throws ArchiveRefusedException where it is another passphrase */
    static ArchiveKey open(byte[] wrapped, String passphrase) {
        JWEObject jwe = parse(wrapped);
        JWEHeader header = jwe.getHeader();
        if (!JWEAlgorithm.PBES2_HS512_A256KW.equals(header.getAlgorithm())
                || header.getPBES2Count() < 1
                || header.getPBES2Count() > MOST_ITERATIONS) {
            throw new ArchiveRefusedException(Reason.NOT_AN_ARCHIVE);
        }
        try {
            jwe.decrypt(new PasswordBasedDecrypter(secret(passphrase)));
        } catch (JOSEException | IllegalStateException e) {
            throw new ArchiveRefusedException(Reason.PASSPHRASE);
        }
        byte[] bytes = jwe.getPayload().toBytes();
        if (bytes.length != ENCRYPTING + SEALING) {
            throw new ArchiveRefusedException(Reason.NOT_AN_ARCHIVE);
        }
        return new ArchiveKey(bytes);
    }

    /** Compact JWE, {@code dir} and A256GCM. */
    byte[] encrypt(byte[] plain) {
        try {
            return encrypt(JWEAlgorithm.DIR, new Payload(plain), new DirectEncrypter(Arrays.copyOf(bytes, ENCRYPTING)));
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    /** @throws ArchiveRefusedException where it was encrypted with another key, or changed */
    byte[] decrypt(byte[] encrypted) {
        JWEObject jwe = parse(encrypted);
        try {
            jwe.decrypt(new DirectDecrypter(Arrays.copyOf(bytes, ENCRYPTING)));
            return jwe.getPayload().toBytes();
        } catch (JOSEException | IllegalStateException e) {
            throw new ArchiveRefusedException(Reason.DAMAGED);
        }
    }

    /** HMAC-SHA-256 over everything in the archive. */
    Mac seal() {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(Arrays.copyOfRange(bytes, ENCRYPTING, ENCRYPTING + SEALING), "HmacSHA256"));
            return mac;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] encrypt(JWEAlgorithm alg, Payload payload, JWEEncrypter encrypter) {
        JWEObject jwe = new JWEObject(new JWEHeader(alg, EncryptionMethod.A256GCM), payload);
        try {
            jwe.encrypt(encrypter);
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
        return jwe.serialize().getBytes(StandardCharsets.US_ASCII);
    }

    private static JWEObject parse(byte[] compact) {
        try {
            return JWEObject.parse(new String(compact, StandardCharsets.US_ASCII));
        } catch (ParseException e) {
            throw new ArchiveRefusedException(Reason.DAMAGED);
        }
    }

    /** The same however a keyboard composes its letters. */
    private static byte[] secret(String passphrase) {
        return Normalizer.normalize(passphrase, Normalizer.Form.NFC).getBytes(StandardCharsets.UTF_8);
    }
}
