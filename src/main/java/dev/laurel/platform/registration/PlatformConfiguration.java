package dev.laurel.platform.registration;

import dev.laurel.platform.tool.ProductFamily;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a platform says of itself.
 *
 * @param source where it was read
 * @param authorizationServer {@code aud} of the client assertion, where the platform names one
 * @param scopes those it supports; empty where it does not say
 * @param messages the types it supports; empty where it does not say
 * @param accountName of the institution, where the platform names it (Canvas)
 * @param accountGuid what {@code tool_platform.guid} will be in launches of the account that registers (Canvas)
 * @see <a href="https://www.imsglobal.org/spec/lti-dr/v1p0#platform-configuration">Dynamic Registration 1.0, 3.1</a>
 */
record PlatformConfiguration(
        URI source,
        String issuer,
        URI authorizationEndpoint,
        URI tokenEndpoint,
        URI jwksUri,
        URI registrationEndpoint,
        @Nullable String authorizationServer,
        Set<String> scopes,
        ProductFamily family,
        Set<String> messages,
        @Nullable String accountName,
        @Nullable String accountGuid) {

    private static final String LTI = "https://purl.imsglobal.org/spec/lti-platform-configuration";

    private static final String CANVAS = "https://canvas.instructure.com/lti/";

    private static final int LONGEST_ADDRESS = 1_000;

    /** @throws RegistrationRefusedException where a part is missing or of another type */
    static PlatformConfiguration read(URI source, byte[] body, JsonMapper json) {
        JsonNode all = parse(body, json);
        JsonNode lti = all.path(LTI);
        Set<String> messages = new LinkedHashSet<>();
        lti.path("messages_supported")
                .valueStream()
                .map(message -> message.path("type").asString(""))
                .forEach(messages::add);
        Set<String> scopes = new LinkedHashSet<>();
        all.path("scopes_supported")
                .valueStream()
                .map(scope -> scope.asString(""))
                .forEach(scopes::add);
        return new PlatformConfiguration(
                source,
                text(all, "issuer"),
                address(all, "authorization_endpoint"),
                address(all, "token_endpoint"),
                address(all, "jwks_uri"),
                address(all, "registration_endpoint"),
                optional(all, "authorization_server", LONGEST_ADDRESS),
                scopes,
                ProductFamily.of(lti.path("product_family_code").asString("")),
                messages,
                optional(lti, CANVAS + "account_name", 150),
                optional(lti, CANVAS + "account_lti_guid", 255));
    }

    private static JsonNode parse(byte[] body, JsonMapper json) {
        try {
            JsonNode all = json.readTree(new String(body, StandardCharsets.UTF_8));
            if (all.isObject()) {
                return all;
            }
        } catch (JacksonException e) {
            // The sentence below says it.
        }
        throw RegistrationRefusal.CONFIGURATION_UNREADABLE.because("the openid configuration is no JSON object");
    }

    private static String text(JsonNode all, String name) {
        String value = all.path(name).asString("");
        if (value.isBlank() || value.length() > LONGEST_ADDRESS) {
            throw RegistrationRefusal.CONFIGURATION_UNREADABLE.because(
                    name + " of the openid configuration is missing or too long");
        }
        return value;
    }

    private static URI address(JsonNode all, String name) {
        try {
            URI uri = new URI(text(all, name));
            boolean web = "https".equalsIgnoreCase(uri.getScheme()) || "http".equalsIgnoreCase(uri.getScheme());
            if (web && uri.getHost() != null && uri.getUserInfo() == null) {
                return uri;
            }
        } catch (URISyntaxException e) {
            // The sentence below says it.
        }
        throw RegistrationRefusal.CONFIGURATION_UNREADABLE.because(
                name + " of the openid configuration is no web address");
    }

    private static @Nullable String optional(JsonNode all, String name, int longest) {
        String value = all.path(name).asString("").strip();
        return value.isEmpty() || value.length() > longest ? null : value;
    }
}
