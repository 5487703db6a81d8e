package dev.laurel.platform.registration;

import dev.laurel.platform.http.OutboundException;
import dev.laurel.platform.http.OutboundHttp;
import dev.laurel.platform.http.OutboundRequest;
import dev.laurel.platform.http.OutboundResponse;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The two calls of a registration, through the guarded client. */
@Component
class PlatformCalls {

    private static final int LONGEST_WORD = 300;

    private final OutboundHttp http;

    private final JsonMapper json;

    PlatformCalls(OutboundHttp http, JsonMapper json) {
        this.http = http;
        this.json = json;
    }

    /**
     * What a platform answered to a registration.
     *
     * @param deploymentId {@code null} where the platform tells it only in launches (Canvas)
     */
    record Registered(String clientId, @Nullable String deploymentId) {}

    /** Canvas wants the token here too; Moodle does not mind it. */
    PlatformConfiguration configuration(URI address, @Nullable RegistrationToken token) {
        OutboundResponse response;
        try {
            response = http.send(new OutboundRequest(
                    HttpMethod.GET, address, headers(token, Map.of("Accept", "application/json")), null));
        } catch (OutboundException e) {
            throw RegistrationRefusal.CONFIGURATION_UNREACHABLE.because(
                    "the openid configuration: " + silent(String.valueOf(e.getMessage()), token));
        }
        if (response.status() == 401 || response.status() == 403) {
            // Whoever has a link may name any address that is allowed: what answers inside may be no LMS at all.
            String said = http.isPrivateHost(address) ? "" : said(response, token);
            throw RegistrationRefusal.TOKEN_REFUSED.because(
                    "the openid configuration answers HTTP " + response.status(), said);
        }
        if (!response.isSuccess()) {
            throw RegistrationRefusal.CONFIGURATION_UNREACHABLE.because(
                    "the openid configuration answers HTTP " + response.status());
        }
        return PlatformConfiguration.read(address, response.body(), json);
    }

    Registered register(PlatformConfiguration platform, Map<String, Object> body, @Nullable RegistrationToken token) {
        OutboundResponse response;
        try {
            response = http.send(new OutboundRequest(
                    HttpMethod.POST,
                    platform.registrationEndpoint(),
                    headers(token, Map.of("Content-Type", "application/json", "Accept", "application/json")),
                    json.writeValueAsBytes(body)));
        } catch (OutboundException e) {
            throw RegistrationRefusal.PLATFORM_UNREACHABLE.because(
                    "the registration endpoint: " + silent(String.valueOf(e.getMessage()), token));
        }
        if (!response.isSuccess()) {
            String said = said(response, token);
            RegistrationRefusal refusal =
                    response.status() == 401 ? RegistrationRefusal.TOKEN_REFUSED : RegistrationRefusal.PLATFORM_REFUSED;
            throw refusal.because("the registration endpoint answers HTTP " + response.status() + ": " + said, said);
        }
        JsonNode answer = parse(response)
                .orElseThrow(() -> RegistrationRefusal.ANSWER_UNREADABLE.because("the answer is no JSON object"));
        String clientId = answer.path("client_id").asString("").strip();
        String deployment =
                answer.path(ClientRegistration.TOOL).path("deployment_id").asString("");
        if (clientId.isEmpty() || clientId.length() > 500 || deployment.length() > 255) {
            throw RegistrationRefusal.ANSWER_UNREADABLE.because("the answer has no client_id, or one too long");
        }
        return new Registered(clientId, deployment.isBlank() ? null : deployment);
    }

    private static Map<String, String> headers(@Nullable RegistrationToken token, Map<String, String> more) {
        Map<String, String> headers = new LinkedHashMap<>(more);
        if (token != null) {
            headers.put("Authorization", "Bearer " + token.value());
        }
        return headers;
    }

    /** Canvas lists {@code errors}, or has an {@code errorMessage}; others use OAuth's words; Moodle writes plain text. */
    private String said(OutboundResponse response, @Nullable RegistrationToken token) {
        String words = parse(response)
                .map(PlatformCalls::words)
                .orElseGet(() -> response.text().startsWith("<") ? "" : response.text());
        return silent(words.strip(), token);
    }

    private static String words(JsonNode body) {
        String errors = body.path("errors")
                .valueStream()
                .map(error -> error.isString() ? error.asString() : error.toString())
                .collect(Collectors.joining("; "));
        if (!errors.isEmpty()) {
            return errors;
        }
        for (String name : new String[] {"errorMessage", "error_description", "message", "error"}) {
            if (body.path(name).isString()) {
                return body.path(name).asString();
            }
        }
        return "";
    }

    /** A platform may say the token back to us; a page or a log must not. */
    private static String silent(String words, @Nullable RegistrationToken token) {
        String without = token == null ? words : token.removedFrom(words);
        return without.length() > LONGEST_WORD ? without.substring(0, LONGEST_WORD) + "..." : without;
    }

    private Optional<JsonNode> parse(OutboundResponse response) {
        try {
            JsonNode body = json.readTree(new String(response.body(), StandardCharsets.UTF_8));
            return body.isObject() ? Optional.of(body) : Optional.empty();
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }
}
