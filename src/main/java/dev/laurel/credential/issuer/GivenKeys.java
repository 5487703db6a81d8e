package dev.laurel.credential.issuer;

import dev.laurel.credential.issuer.GivenKeysSettings.Key;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Keys of issuers that the operator keeps outside the database: in a file, such as one that a secrets manager mounts, or in the
 * environment. A place that signs itself, such as a key management service, would be one more kind of {@code source}.
 */
public class GivenKeys {

    private static final String FILE = "file:";

    private static final String ENVIRONMENT = "env:";

    private final Map<Wanted, String> sources = new HashMap<>();

    private final UnaryOperator<@Nullable String> environment;

    private record Wanted(UUID issuer, KeyAlgorithm algorithm) {}

    /**
     * @param environment a variable of the environment by its name; {@code null} where it is not set
     * @throws IllegalStateException where a setting cannot be meant; it says which and why
     */
    GivenKeys(GivenKeysSettings settings, UnaryOperator<@Nullable String> environment) {
        this.environment = environment;
        for (int i = 0; i < settings.keys().size(); i++) {
            Key key = settings.keys().get(i);
            String name = "laurel.credential.keys[" + i + "]";
            if (key.issuer() == null || key.algorithm() == null || (key.file() == null) == (key.env() == null)) {
                throw new IllegalStateException(name + ": give issuer, algorithm, and either file or env");
            }
            KeyAlgorithm algorithm = algorithm(name, key.algorithm());
            String source = key.file() == null ? ENVIRONMENT + key.env() : FILE + key.file();
            if (sources.put(new Wanted(key.issuer(), algorithm), source) != null) {
                throw new IllegalStateException(name + ": a second " + key.algorithm() + " key of " + key.issuer());
            }
            read(source, algorithm);
        }
    }

    private static KeyAlgorithm algorithm(String name, String text) {
        return Arrays.stream(KeyAlgorithm.values())
                .filter(each -> each.stored().equalsIgnoreCase(text.strip()))
                .findFirst()
                .orElseThrow(
                        () -> new IllegalStateException(name + ".algorithm: Ed25519, RS256 or ES256, and not " + text));
    }

    /** Where the key of this kind lies that the issuer is to sign with; empty: in the database. */
    public Optional<String> source(UUID issuer, KeyAlgorithm algorithm) {
        return Optional.ofNullable(sources.get(new Wanted(issuer, algorithm)));
    }

    /** Whether any key of the issuer is kept outside. */
    public boolean any(UUID issuer) {
        return sources.keySet().stream().anyMatch(wanted -> wanted.issuer().equals(issuer));
    }

    /** @throws IllegalStateException where it is not there any more, or is no such key */
    PemKey read(String source, KeyAlgorithm algorithm) {
        try {
            return PemKey.read(algorithm, pem(source));
        } catch (IllegalStateException e) {
            throw new IllegalStateException("The key at " + source + " cannot be used: " + e.getMessage());
        }
    }

    private String pem(String source) {
        if (source.startsWith(ENVIRONMENT)) {
            String value = environment.apply(source.substring(ENVIRONMENT.length()));
            if (value == null || value.isBlank()) {
                throw new IllegalStateException("the variable is not set");
            }
            return value;
        }
        try {
            return Files.readString(Path.of(source.substring(FILE.length())));
        } catch (IOException e) {
            throw new IllegalStateException("the file cannot be read");
        }
    }
}
