package dev.laurel.gradebook.moodle;

import dev.laurel.gradebook.key.ReadingKey;
import dev.laurel.gradebook.key.ReadingKeys;
import dev.laurel.platform.Registration;
import dev.laurel.platform.ServiceProblem;
import dev.laurel.platform.ServiceReader;
import dev.laurel.platform.tenant.TenantId;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Clock;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** The keys with which Laurel reads more of a Moodle, for the pages of an institution's administrator. */
@Component
public class MoodleKeys {

    private static final int LONGEST_TOKEN = 128;

    private static final int LONGEST_ADDRESS = 500;

    private final ReadingKeys keys;

    private final ServiceReader services;

    private final Clock clock;

    MoodleKeys(ReadingKeys keys, ServiceReader services, Clock clock) {
        this.keys = keys;
        this.services = services;
        this.clock = clock;
    }

    /** What there is, without the secret. */
    public record Connected(URI address, Set<MoodleCapability> works, long addedBy, Instant addedAt) {

        /** What one function more would unlock is what these are for. */
        public Set<MoodleCapability> missing() {
            Set<MoodleCapability> missing = new HashSet<>(Set.of(MoodleCapability.values()));
            missing.removeAll(works);
            return missing;
        }
    }

    /** What came of trying a key. */
    public enum Trial {
        WORKS,
        /** No address, or none that belongs to this Moodle. */
        BAD_ADDRESS,
        /** Nothing that can be a token. */
        BAD_TOKEN,
        NO_ANSWER,
        NO_MOODLE,
        REFUSED,
        /** It is accepted, and grades cannot be read with it. */
        NO_GRADES
    }

    public Optional<Connected> find(TenantId tenant, long registrationId) {
        return keys.find(tenant, registrationId, MoodleSource.NAME)
                .map(key -> new Connected(
                        key.address(), MoodleCapability.read(key.capabilities()), key.addedBy(), key.addedAt()));
    }

    /** Where the platform's Moodle is likely to be. */
    public static String proposedAddress(Registration registration) {
        return registration.issuer();
    }

    /**
     * Tries a key by one harmless call and keeps it if grades can be read with it (HTTP: never inside a transaction).
     *
     * @param address of the Moodle, as typed; it must be the platform's own, since the token is sent there
     * @param token as typed
     */
    public Trial connect(TenantId tenant, Registration registration, String address, String token, long byPerson) {
        URI moodle = address(registration, address);
        if (moodle == null) {
            return Trial.BAD_ADDRESS;
        }
        String secret = token.strip();
        if (secret.isEmpty() || secret.length() > LONGEST_TOKEN || !secret.matches("[A-Za-z0-9]+")) {
            return Trial.BAD_TOKEN;
        }
        return tryAndKeep(
                tenant, registration, new ReadingKey(moodle, null, secret, Set.of(), byPerson, clock.instant()));
    }

    /** Tries the key that there is once more; what it may read now is what is read from now on. */
    public Optional<Trial> tryAgain(TenantId tenant, Registration registration) {
        return keys.find(tenant, registration.id(), MoodleSource.NAME)
                .map(key -> tryAndKeep(tenant, registration, key));
    }

    private Trial tryAndKeep(TenantId tenant, Registration registration, ReadingKey key) {
        Set<MoodleCapability> works;
        try {
            works = MoodleCapability.with(functions(registration, key));
        } catch (MoodleRefusal refusal) {
            return Trial.REFUSED;
        } catch (ServiceProblem problem) {
            return problem.status() == 0 && problem.getCause() == null || problem.status() == 404
                    ? Trial.NO_MOODLE
                    : Trial.NO_ANSWER;
        }
        if (!works.contains(MoodleCapability.GRADES)) {
            return Trial.NO_GRADES;
        }
        keys.save(
                tenant,
                registration.id(),
                MoodleSource.NAME,
                new ReadingKey(
                        key.address(),
                        null,
                        key.secret(),
                        works.stream().map(MoodleCapability::key).collect(Collectors.toSet()),
                        key.addedBy(),
                        key.addedAt()));
        return Trial.WORKS;
    }

    private Set<String> functions(Registration registration, ReadingKey key) {
        JsonNode site =
                new MoodleCalls(services, registration.id(), key, clock, () -> {}).call(MoodleFunction.SITE_INFO);
        Set<String> functions = new HashSet<>();
        for (JsonNode function : MoodleCalls.list(site, "functions")) {
            functions.add(function.path("name").asString(""));
        }
        return functions;
    }

    /** From now on nothing is read with it. Answers whether there was one. */
    public boolean remove(TenantId tenant, long registrationId) {
        return keys.remove(tenant, registrationId, MoodleSource.NAME);
    }

    private static @Nullable URI address(Registration registration, String typed) {
        String bare = typed.strip();
        while (bare.endsWith("/")) {
            bare = bare.substring(0, bare.length() - 1);
        }
        try {
            URI address = new URI(bare);
            boolean usable = bare.length() <= LONGEST_ADDRESS
                    && address.getHost() != null
                    && address.getRawUserInfo() == null
                    && address.getRawQuery() == null
                    && address.getRawFragment() == null;
            return usable && registration.owns(address) ? address : null;
        } catch (URISyntaxException e) {
            return null;
        }
    }
}
