package dev.laurel.platform.secrets;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Encryption (AES-256-GCM) and keyed hashes (HMAC-SHA-256) under keys derived from the master key of the environment.
 * A purpose separates uses: what was sealed for one cannot be opened for another.
 */
public final class MasterKey {

    /** Length of the master key in bytes. */
    public static final int LENGTH = 32;

    private static final byte FORMAT = 1;

    private static final int NONCE = 12;

    private static final int TAG_BITS = 128;

    private static final SecureRandom RANDOM = new SecureRandom();

    private final SecretKeySpec master;

    private final Map<String, SecretKeySpec> derived = new ConcurrentHashMap<>();

    /** @throws IllegalArgumentException where the key has not {@value #LENGTH} bytes */
    public MasterKey(byte[] key) {
        if (key.length != LENGTH) {
            throw new IllegalArgumentException("The master key must have " + LENGTH + " bytes");
        }
        this.master = new SecretKeySpec(key, "HmacSHA256");
    }

    /** @throws IllegalArgumentException where the text is not the Base64 of {@value #LENGTH} bytes */
    public static MasterKey fromBase64(String text) {
        return new MasterKey(Base64.getDecoder().decode(text.strip()));
    }

    /** Format byte, random nonce, ciphertext with its tag; the purpose is authenticated with it. */
    public byte[] seal(String purpose, byte[] plain) {
        byte[] nonce = new byte[NONCE];
        RANDOM.nextBytes(nonce);
        byte[] encrypted = gcm(Cipher.ENCRYPT_MODE, purpose, nonce, plain, 0, plain.length);
        return ByteBuffer.allocate(1 + NONCE + encrypted.length)
                .put(FORMAT)
                .put(nonce)
                .put(encrypted)
                .array();
    }

    /** @throws IllegalStateException where the bytes were not sealed under this master key and purpose */
    public byte[] open(String purpose, byte[] sealed) {
        int header = 1 + NONCE;
        if (sealed.length < header + TAG_BITS / 8 || sealed[0] != FORMAT) {
            throw new IllegalStateException("Not sealed by this version of Laurel");
        }
        byte[] nonce = new byte[NONCE];
        System.arraycopy(sealed, 1, nonce, 0, NONCE);
        return gcm(Cipher.DECRYPT_MODE, purpose, nonce, sealed, header, sealed.length - header);
    }

    /** HMAC-SHA-256 of the value: 32 bytes, the same for the same master key, purpose and value. */
    public byte[] keyedHash(String purpose, byte[] value) {
        return hmac(key("hash", purpose, "HmacSHA256"), value);
    }

    private byte[] gcm(int mode, String purpose, byte[] nonce, byte[] input, int offset, int length) {
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(mode, key("seal", purpose, "AES"), new GCMParameterSpec(TAG_BITS, nonce));
            cipher.updateAAD(purpose.getBytes(StandardCharsets.UTF_8));
            return cipher.doFinal(input, offset, length);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Not sealed under this master key for " + purpose, e);
        }
    }

    /** One block of HKDF-Expand (RFC 5869): the master key is uniformly random already. */
    private SecretKeySpec key(String use, String purpose, String algorithm) {
        return derived.computeIfAbsent(use + '/' + purpose, info -> {
            byte[] label = ("laurel/" + info + "\u0001").getBytes(StandardCharsets.UTF_8);
            return new SecretKeySpec(hmac(master, label), algorithm);
        });
    }

    private static byte[] hmac(SecretKeySpec key, byte[] value) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            return mac.doFinal(value);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This Java has no HmacSHA256", e);
        }
    }
}
