package dev.laurel.gradebook.canvas;

import dev.laurel.gradebook.key.ReadingKey;
import dev.laurel.platform.PlatformServices;
import dev.laurel.platform.ServiceProblem;
import dev.laurel.platform.http.OutboundException;
import dev.laurel.platform.http.OutboundRequest;
import dev.laurel.platform.http.OutboundResponse;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Canvas's token endpoint. Tokens and secrets go to the address of the key and nowhere else, and into no log.
 *
 * @see <a href="https://canvas.instructure.com/doc/api/file.oauth_endpoints.html">Canvas, OAuth2 endpoints</a>
 */
@Component
class CanvasTokens {

    private static final Logger LOG = LoggerFactory.getLogger(CanvasTokens.class);

    private static final Duration RENEWAL = Duration.ofSeconds(30);

    private static final Duration LOOK_AGAIN = Duration.ofMillis(250);

    /** A token that ends this soon is not begun with. */
    private static final Duration SPARE = Duration.ofMinutes(1);

    private static final int LONGEST_TOKEN = 1_000;

    private final PlatformServices services;

    private final ReadingGrants grants;

    private final JsonMapper json;

    private final Clock clock;

    CanvasTokens(PlatformServices services, ReadingGrants grants, JsonMapper json, Clock clock) {
        this.services = services;
        this.grants = grants;
        this.json = json;
        this.clock = clock;
    }

    /**
     * What the token endpoint gave.
     *
     * @param refreshToken {@code null} where a token is renewed: the old one stays good
     * @param user Canvas's number of whoever allowed it
     * @param globalUser the same with the number of their shard
     */
    record Issued(
            String accessToken,
            @Nullable String refreshToken,
            @Nullable Instant until,
            @Nullable String user,
            @Nullable String globalUser) {

        @Override
        public String toString() {
            return "Issued[" + user + "]";
        }
    }

    /** The token of a code that came back; empty where Canvas does not take it. */
    Optional<Issued> ofCode(long registrationId, ReadingKey key, String redirectUri, String code) {
        Map<String, String> form = form(key, "authorization_code");
        form.put("redirect_uri", redirectUri);
        form.put("code", code);
        OutboundResponse answer = post(registrationId, key, form);
        return answer.isSuccess() ? issued(answer) : Optional.empty();
    }

    /** Whether its access token is not about to end. */
    boolean isUsable(Grant grant) {
        Instant until = grant.accessUntil();
        return until == null || until.isAfter(clock.instant().plus(SPARE));
    }

    /**
     * The grant with another access token than the one that it has. Canvas ends the old one with each new one, so one at a
     * time asks for it and the others wait for what comes.
     *
     * @throws ServiceProblem where there is none now
     */
    Grant renew(Grant grant, ReadingKey key) {
        Instant giveUp = clock.instant().plus(RENEWAL);
        while (!grants.mayRenew(grant, clock.instant(), RENEWAL)) {
            Optional<Grant> now = grants.find(grant.tenant(), grant.registrationId(), grant.contextId());
            if (now.filter(other -> !other.accessToken().equals(grant.accessToken()))
                    .isPresent()) {
                return now.get();
            }
            if (now.isEmpty() || clock.instant().isAfter(giveUp)) {
                throw CanvasProblems.permissionEnded();
            }
            pause();
        }
        Optional<Grant> meanwhile = grants.find(grant.tenant(), grant.registrationId(), grant.contextId())
                .filter(other -> !other.accessToken().equals(grant.accessToken()));
        if (meanwhile.isPresent()) {
            grants.notRenewed(grant);
            return meanwhile.get();
        }
        return ask(grant, key);
    }

    private Grant ask(Grant grant, ReadingKey key) {
        String refreshToken = grant.refreshToken();
        if (refreshToken == null) {
            throw end(grant);
        }
        Map<String, String> form = form(key, "refresh_token");
        form.put("refresh_token", refreshToken);
        OutboundResponse answer;
        try {
            answer = post(grant.registrationId(), key, form);
        } catch (ServiceProblem problem) {
            grants.notRenewed(grant);
            throw problem;
        }
        if (endsGrant(answer)) {
            throw end(grant);
        }
        Issued issued = answer.isSuccess() ? issued(answer).orElse(null) : null;
        if (issued == null) {
            grants.notRenewed(grant);
            throw notIssued(answer);
        }
        long shard = issued.globalUser() == null ? grant.shard() : CanvasIds.shard(issued.user(), issued.globalUser());
        Grant renewed = grant.renewed(issued.accessToken(), issued.until(), shard);
        grants.renewed(renewed, issued.accessToken(), issued.until());
        return renewed;
    }

    /** Canvas does not accept the grant any more. */
    ServiceProblem end(Grant grant) {
        LOG.info(
                "Canvas does not accept the reading grant of tenant {} for course {} any more",
                grant.tenant(),
                grant.contextId());
        grants.ended(grant, clock.instant());
        return CanvasProblems.permissionEnded();
    }

    /**
     * Takes the grant back at Canvas.
     *
     * @return whether Canvas accepts it no more; otherwise asking again may help
     * @throws ServiceProblem where Canvas does not answer, or has a fault of its own
     */
    boolean revoke(Grant grant, ReadingKey key) {
        if (isUsable(grant)) {
            OutboundResponse answer = delete(grant.registrationId(), key, grant.accessToken());
            if (!isDead(answer)) {
                return isRevoked(answer, grant);
            }
        }
        String refreshToken = grant.refreshToken();
        if (refreshToken == null) {
            return true;
        }
        Map<String, String> form = form(key, "refresh_token");
        form.put("refresh_token", refreshToken);
        OutboundResponse answer = post(grant.registrationId(), key, form);
        if (endsGrant(answer)) {
            return true;
        }
        String token =
                answer.isSuccess() ? issued(answer).map(Issued::accessToken).orElse(null) : null;
        return token != null && isRevoked(delete(grant.registrationId(), key, token), grant);
    }

    private OutboundResponse delete(long registrationId, ReadingKey key, String token) {
        try {
            return services.callWithoutToken(
                    registrationId,
                    new OutboundRequest(
                            HttpMethod.DELETE,
                            endpoint(key),
                            Map.of("Accept", "application/json", "Authorization", "Bearer " + token),
                            null));
        } catch (OutboundException e) {
            throw ServiceProblem.noAnswer(e);
        }
    }

    private boolean isRevoked(OutboundResponse answer, Grant grant) {
        if (!answer.isSuccess()) {
            LOG.info(
                    "Canvas answered {} when a reading grant of tenant {} was taken back",
                    answer.status(),
                    grant.tenant());
        }
        if (answer.status() >= 500) {
            throw ServiceProblem.of(answer, clock.instant());
        }
        return answer.isSuccess();
    }

    /** 401 with a challenge to bring another token: this one is dead. Without, it lives and may not do this. */
    static boolean isDead(OutboundResponse answer) {
        return answer.status() == HttpStatus.UNAUTHORIZED.value()
                && answer.headers().getOrEmpty(HttpHeaders.WWW_AUTHENTICATE).stream()
                        .anyMatch(challenge -> challenge.regionMatches(true, 0, "Bearer", 0, "Bearer".length()));
    }

    private static URI endpoint(ReadingKey key) {
        return URI.create(key.address() + "/login/oauth2/token");
    }

    private static Map<String, String> form(ReadingKey key, String grantType) {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("grant_type", grantType);
        form.put("client_id", String.valueOf(key.clientId()));
        form.put("client_secret", key.secret());
        return form;
    }

    private OutboundResponse post(long registrationId, ReadingKey key, Map<String, String> form) {
        String body = form.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        try {
            return services.callWithoutToken(
                    registrationId,
                    new OutboundRequest(
                            HttpMethod.POST,
                            endpoint(key),
                            Map.of("Accept", "application/json", "Content-Type", "application/x-www-form-urlencoded"),
                            body.getBytes(StandardCharsets.UTF_8)));
        } catch (OutboundException e) {
            throw ServiceProblem.noAnswer(e);
        }
    }

    /**
     * Whether Canvas itself says that the permission is gone: what stands before it refuses requests, too. Of a refresh token
     * that it does not have, Canvas says {@code invalid_request} where RFC 6749, section 5.2, has {@code invalid_grant}.
     */
    private boolean endsGrant(OutboundResponse answer) {
        return switch (error(answer, "error")) {
            case "invalid_grant" -> true;
            case "invalid_request" -> error(answer, "error_description").contains("refresh_token not found");
            default -> false;
        };
    }

    private ServiceProblem notIssued(OutboundResponse answer) {
        if (error(answer, "error").equals("invalid_client")) {
            // What was allowed is as good as before: it is the key or its secret that is not.
            return CanvasProblems.keyUnknown();
        }
        boolean isRefused = answer.status() == 400 || answer.status() == 401;
        return answer.isSuccess() || isRefused
                ? ServiceProblem.unreadable("Canvas's answer about Laurel's permission cannot be read.")
                : ServiceProblem.of(answer, clock.instant());
    }

    /** A member of an error of OAuth 2; empty where the answer is none. */
    private String error(OutboundResponse answer, String member) {
        try {
            return answer.isSuccess()
                    ? ""
                    : Objects.requireNonNullElse(
                            text(json.readTree(answer.text()).get(member)), "");
        } catch (JacksonException e) {
            return "";
        }
    }

    private Optional<Issued> issued(OutboundResponse answer) {
        try {
            JsonNode said = json.readTree(answer.text());
            String access = text(said.get("access_token"));
            if (access == null) {
                return Optional.empty();
            }
            long seconds = said.path("expires_in").asLong(0);
            JsonNode user = said.path("user");
            return Optional.of(new Issued(
                    access,
                    text(said.get("refresh_token")),
                    seconds <= 0 ? null : clock.instant().plusSeconds(Math.min(seconds, 365L * 24 * 3600)),
                    CanvasIds.of(user.get("id")),
                    CanvasIds.of(user.get("global_id"))));
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }

    private static @Nullable String text(@Nullable JsonNode node) {
        return node != null
                        && node.isString()
                        && !node.asString().isEmpty()
                        && node.asString().length() <= LONGEST_TOKEN
                ? node.asString()
                : null;
    }

    private static void pause() {
        try {
            Thread.sleep(LOOK_AGAIN.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw CanvasProblems.permissionEnded();
        }
    }
}
