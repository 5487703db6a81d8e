package dev.laurel.gradebook.key;

import java.net.URI;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What an institution's admin gave Laurel to read one of its platforms with.
 *
 * @param address of the LMS, up to where its own paths begin
 * @param clientId of a developer key; {@code null} where the secret is all
 * @param secret never shown again, never logged
 * @param capabilities what is to be read, in the words of the source; empty where the source knows none
 * @param addedBy our number of the person
 */
public record ReadingKey(
        URI address,
        @Nullable String clientId,
        String secret,
        Set<String> capabilities,
        long addedBy,
        Instant addedAt) {

    public ReadingKey {
        capabilities = Set.copyOf(capabilities);
    }

    @Override
    public String toString() {
        return "ReadingKey[" + address + "]";
    }
}
