package dev.laurel.credential.issuer;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/** @param keys keys of issuers that lie outside the database */
@ConfigurationProperties("laurel.credential")
record GivenKeysSettings(@DefaultValue List<Key> keys) {

    GivenKeysSettings {
        keys = List.copyOf(keys);
    }

    /**
     * One of them.
     *
     * @param issuer the last part of its address, {@code …/issuers/{issuer}}
     * @param algorithm {@code Ed25519}, {@code RS256} or {@code ES256}
     * @param file path of a PEM file
     * @param env name of a variable of the environment that holds the PEM
     */
    record Key(
            @Nullable UUID issuer,
            @Nullable String algorithm,
            @Nullable String file,
            @Nullable String env) {}
}
