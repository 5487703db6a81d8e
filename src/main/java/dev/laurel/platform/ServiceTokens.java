package dev.laurel.platform;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.laurel.platform.http.OutboundException;
import dev.laurel.platform.http.OutboundHttp;
import dev.laurel.platform.http.OutboundRequest;
import dev.laurel.platform.http.OutboundResponse;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Access tokens per registration and scope set, asked for once however many callers wait. */
@Component
class ServiceTokens {

    private static final Duration ASSERTION_LIFE = Duration.ofMinutes(5);

    /** A token is given up this long before it ends. */
    private static final Duration MARGIN = Duration.ofSeconds(60);

    /** Where the platform does not say: what Moodle and Canvas give is an hour. */
    private static final long DEFAULT_SECONDS = 300;

    /** More tokens than this, and those that have ended are dropped. */
    private static final int MOST_SLOTS = 2_000;

    private final OutboundHttp http;

    private final ToolKeys keys;

    private final JsonMapper json;

    private final Clock clock;

    private final Map<Key, Slot> slots = new ConcurrentHashMap<>();

    ServiceTokens(OutboundHttp http, ToolKeys keys, JsonMapper json, Clock clock) {
        this.http = http;
        this.keys = keys;
        this.json = json;
        this.clock = clock;
    }

    String token(Registration registration, Set<String> scopes) {
        if (slots.size() > MOST_SLOTS) {
            slots.values().removeIf(this::isOver);
        }
        Slot slot = slots.computeIfAbsent(new Key(registration.id(), Set.copyOf(scopes)), key -> new Slot());
        slot.lock.lock();
        try {
            Token known = slot.token;
            if (known == null || !known.goodUntil().isAfter(clock.instant())) {
                known = request(registration, scopes);
                slot.token = known;
            }
            return known.value();
        } finally {
            slot.lock.unlock();
        }
    }

    /** Nobody has it in hand and its time has passed. */
    private boolean isOver(Slot slot) {
        if (!slot.lock.tryLock()) {
            return false;
        }
        try {
            return slot.token == null || !slot.token.goodUntil().isAfter(clock.instant());
        } finally {
            slot.lock.unlock();
        }
    }

    /** Gives up a token that the platform refused, unless somebody else has renewed it already. */
    void forget(Registration registration, Set<String> scopes, String refused) {
        Slot slot = slots.get(new Key(registration.id(), Set.copyOf(scopes)));
        if (slot == null) {
            return;
        }
        slot.lock.lock();
        try {
            if (slot.token != null && slot.token.value().equals(refused)) {
                slot.token = null;
            }
        } finally {
            slot.lock.unlock();
        }
    }

    private Token request(Registration registration, Set<String> scopes) {
        OutboundResponse response = ask(registration, scopes);
        if (!response.isSuccess()) {
            throw TokenRefusedException.of(registration, response, error(response), scopes);
        }
        return read(registration, response, scopes);
    }

    /** What the platform says to being asked for one scope alone, whatever tokens are at hand. */
    ScopeAnswer tryScope(Registration registration, String scope) {
        OutboundResponse response = ask(registration, Set.of(scope));
        JsonNode body = parse(response);
        boolean token = body != null && !body.path("access_token").asString("").isBlank();
        String granted = body == null ? "" : body.path("scope").asString("");
        boolean covers = granted.isBlank() || List.of(granted.split(" ")).contains(scope);
        return new ScopeAnswer(
                response.isSuccess() && token && covers,
                response.status(),
                error(response).isEmpty() ? "" : "(" + error(response) + ")");
    }

    private OutboundResponse ask(Registration registration, Set<String> scopes) {
        String form = "grant_type=client_credentials"
                + "&client_assertion_type=" + encode("urn:ietf:params:oauth:client-assertion-type:jwt-bearer")
                + "&client_assertion=" + encode(assertion(registration))
                + "&scope=" + encode(String.join(" ", new TreeSet<>(scopes)));
        return http.send(new OutboundRequest(
                HttpMethod.POST,
                registration.tokenUri(),
                Map.of("Content-Type", "application/x-www-form-urlencoded", "Accept", "application/json"),
                form.getBytes(StandardCharsets.UTF_8)));
    }

    /** The type of the answer is not looked at: Moodle says {@code text/html}. */
    private Token read(Registration registration, OutboundResponse response, Set<String> scopes) {
        JsonNode body = parse(response);
        String value = body == null ? "" : body.path("access_token").asString("");
        if (body == null || value.isBlank()) {
            throw new OutboundException(registration.name() + " answered the token request without a token");
        }
        Set<String> missing = notGranted(body.path("scope").asString(""), scopes);
        if (!missing.isEmpty()) {
            throw TokenRefusedException.notGranted(registration, missing);
        }
        long seconds = body.path("expires_in").asLong(DEFAULT_SECONDS);
        long margin = Math.min(MARGIN.toSeconds(), seconds / 2);
        return new Token(value, clock.instant().plusSeconds(Math.max(0, seconds - margin)));
    }

    private String error(OutboundResponse response) {
        JsonNode body = parse(response);
        String code = body == null ? "" : body.path("error").asString("");
        return code.matches("[a-z_]{1,40}") ? code : "";
    }

    /**
     * What was asked for and not given. A platform that does not say gave everything; a right to write includes the one
     * to read.
     *
     * @see <a href="https://www.rfc-editor.org/rfc/rfc6749#section-3.3">RFC 6749, access token scope</a>
     */
    private static Set<String> notGranted(String granted, Set<String> scopes) {
        if (granted.isBlank()) {
            return Set.of();
        }
        Set<String> given = new HashSet<>(Arrays.asList(granted.strip().split("\\s+")));
        Set<String> missing = new TreeSet<>(scopes);
        missing.removeIf(scope -> given.contains(scope) || given.contains(scope.replaceFirst("\\.readonly$", "")));
        return missing;
    }

    private @Nullable JsonNode parse(OutboundResponse response) {
        try {
            return json.readTree(response.body());
        } catch (JacksonException e) {
            return null;
        }
    }

    private String assertion(Registration registration) {
        Instant now = clock.instant();
        RSAKey key = keys.signing();
        String audience = registration.tokenAudience();
        JWTClaimsSet claims = new JWTClaimsSet.Builder()
                .issuer(registration.clientId())
                .subject(registration.clientId())
                .audience(audience == null ? registration.tokenUri().toString() : audience)
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plus(ASSERTION_LIFE)))
                .jwtID(UUID.randomUUID().toString())
                .build();
        SignedJWT jwt = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.RS256)
                        .keyID(key.getKeyID())
                        .type(JOSEObjectType.JWT)
                        .build(),
                claims);
        try {
            jwt.sign(new RSASSASigner(key));
        } catch (JOSEException e) {
            throw new IllegalStateException("The tool key does not sign", e);
        }
        return jwt.serialize();
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private record Key(long registrationId, Set<String> scopes) {}

    private record Token(String value, Instant goodUntil) {}

    /** One lock per token: many callers, one request. */
    private static final class Slot {

        private final ReentrantLock lock = new ReentrantLock();

        private @Nullable Token token;
    }
}
