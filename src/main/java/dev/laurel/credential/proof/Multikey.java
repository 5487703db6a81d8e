package dev.laurel.credential.proof;

/**
 * An Ed25519 public key as {@code publicKeyMultibase}: {@code z6Mk…}.
 *
 * @see <a href="https://www.w3.org/TR/controller-document/#Multikey">Controlled Identifiers, Multikey</a>
 */
public final class Multikey {

    private static final int KEY_LENGTH = 32;

    private static final byte PREFIX_1 = (byte) 0xed;

    private static final byte PREFIX_2 = 0x01;

    private Multikey() {}

    public static String ofEd25519(byte[] publicKey) {
        byte[] bytes = new byte[KEY_LENGTH + 2];
        bytes[0] = PREFIX_1;
        bytes[1] = PREFIX_2;
        System.arraycopy(publicKey, 0, bytes, 2, KEY_LENGTH);
        return Base58.encode(bytes);
    }

    /** @throws BadCredentialException where it is not an Ed25519 public key */
    public static byte[] toEd25519(String multibase) {
        byte[] bytes = Base58.decode(multibase);
        if (bytes.length != KEY_LENGTH + 2 || bytes[0] != PREFIX_1 || bytes[1] != PREFIX_2) {
            throw new BadCredentialException("Not an Ed25519 public key");
        }
        byte[] key = new byte[KEY_LENGTH];
        System.arraycopy(bytes, 2, key, 0, KEY_LENGTH);
        return key;
    }
}
