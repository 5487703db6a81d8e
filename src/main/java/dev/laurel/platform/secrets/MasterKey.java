package dev.laurel.platform.secrets;

import org.springframework.stereotype.Component;

/**
 * Encryption (AES-256-GCM) and keyed hashes (HMAC-SHA-256) under keys derived from the master key of the environment.
 * A purpose separates uses: what was sealed for one cannot be opened for another.
 */
@Component
public class MasterKey {

    public byte[] seal(String purpose, byte[] plain) {
        throw new UnsupportedOperationException();
    }

    /** @throws IllegalStateException where the bytes were not sealed under this master key and purpose */
    public byte[] open(String purpose, byte[] sealed) {
        throw new UnsupportedOperationException();
    }

    public byte[] keyedHash(String purpose, byte[] value) {
        throw new UnsupportedOperationException();
    }
}
