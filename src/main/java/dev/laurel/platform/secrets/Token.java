package dev.laurel.platform.secrets;

import java.security.SecureRandom;
import java.util.Base64;

/** What makes an address or a permission unguessable. Only its hash is stored, or it is sealed. */
public final class Token {

    /** 192 bits: nobody finds one by trying. */
    private static final int LENGTH = 24;

    private static final SecureRandom RANDOM = new SecureRandom();

    private Token() {}

    /** A new one: 32 characters that need no escaping in an address. */
    public static String next() {
        byte[] bytes = new byte[LENGTH];
        RANDOM.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
