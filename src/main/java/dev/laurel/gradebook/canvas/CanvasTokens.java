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
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpMethod;
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
        if (isOfUnknownKey(answer)) {
            grants.notRenewed(grant);
            throw CanvasProblems.keyUnknown();
        }
        if (answer.status() == 400 || answer.status() == 401) {
            throw end(grant);
        }
        Issued issued = answer.isSuccess() ? issued(answer).orElse(null) : null;
        if (issued == null) {
            grants.notRenewed(grant);
            throw answer.isSuccess()
                    ? ServiceProblem.unreadable("Canvas's answer about Laurel's permission cannot be read.")
                    : ServiceProblem.of(answer, clock.instant());
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

    /** Takes the grant back at Canvas, as far as Canvas can be reached; here it is over in any case. */
    void revoke(Grant grant, ReadingKey key) {
        try {
            String token = (isUsable(grant) ? grant : renew(grant, key)).accessToken();
            OutboundResponse answer = services.callWithoutToken(
                    grant.registrationId(),
                    new OutboundRequest(
                            HttpMethod.DELETE,
                            endpoint(key),
                            Map.of("Accept", "application/json", "Authorization", "Bearer " + token),
                            null));
            if (!answer.isSuccess()) {
                LOG.info(
                        "Canvas answered {} when a reading grant of tenant {} was taken back",
                        answer.status(),
                        grant.tenant());
            }
        } catch (OutboundException | ServiceProblem e) {
            LOG.info("Canvas was not told that a reading grant of tenant {} is over", grant.tenant());
        }
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

    /** What was allowed is as good as before: it is the key or its secret that is not. RFC 6749, section 5.2. */
    private boolean isOfUnknownKey(OutboundResponse answer) {
        try {
            return !answer.isSuccess()
                    && "invalid_client".equals(text(json.readTree(answer.text()).get("error")));
        } catch (JacksonException e) {
            return false;
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
