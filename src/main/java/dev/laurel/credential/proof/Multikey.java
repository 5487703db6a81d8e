package dev.laurel.credential.proof;

import java.util.Arrays;
import java.util.Optional;

/**
 * A public key as {@code publicKeyMultibase}, with the kind of key in front: {@code z6Mk…} is an Ed25519 one.
 *
 * @see <a href="https://www.w3.org/TR/controller-document/#Multikey">Controlled Identifiers, Multikey</a>
 */
public final class Multikey {

    private static final byte[] ED25519 = {(byte) 0xed, 0x01};

    private static final int ED25519_LENGTH = 32;

    private static final byte[] P256 = {(byte) 0x80, 0x24};

    private static final int P256_LENGTH = 33;

    private Multikey() {}

    public static String ofEd25519(byte[] publicKey) {
        byte[] bytes = Arrays.copyOf(ED25519, ED25519.length + ED25519_LENGTH);
        System.arraycopy(publicKey, 0, bytes, ED25519.length, ED25519_LENGTH);
        return Base58.encode(bytes);
    }

    /** @throws BadCredentialException where it is not an Ed25519 public key */
    public static byte[] toEd25519(String multibase) {
        return ed25519(multibase).orElseThrow(() -> new BadCredentialException("Not an Ed25519 public key"));
    }

    /**
     * Empty where it is of another kind.
     *
     * @throws BadCredentialException where it is not base58btc
     */
    public static Optional<byte[]> ed25519(String multibase) {
        return key(multibase, ED25519, ED25519_LENGTH);
    }

    /**
     * A compressed point, which may be none of the curve; empty where the key is of another kind.
     *
     * @throws BadCredentialException where it is not base58btc
     */
    public static Optional<byte[]> p256(String multibase) {
        return key(multibase, P256, P256_LENGTH);
    }

    private static Optional<byte[]> key(String multibase, byte[] kind, int length) {
        byte[] bytes = Base58.decode(multibase);
        return bytes.length == kind.length + length && Arrays.equals(bytes, 0, kind.length, kind, 0, kind.length)
                ? Optional.of(Arrays.copyOfRange(bytes, kind.length, bytes.length))
                : Optional.empty();
    }
}
