package dev.laurel.publication.backpack;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.server.authorization.OAuth2ClientRegistration;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2ClientRegistrationAuthenticationContext;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2ClientRegistrationAuthenticationToken;

/**
 * Who may register: anybody who names a https host and stays on it, and who keeps a secret.
 *
 * @see <a href="https://www.imsglobal.org/spec/ob/v3p0/#dynamic-client-registration">Open Badges 3.0, 7.2.2</a>
 */
final class RegistrationRules implements Consumer<OAuth2ClientRegistrationAuthenticationContext> {

    /** Members of the request that are addresses. */
    private static final List<String> ADDRESSES =
            List.of("client_uri", "logo_uri", "tos_uri", "policy_uri", "jwks_uri");

    private static final Set<String> GRANTS = Set.of("authorization_code", "refresh_token");

    private static final int MOST_REDIRECTS = 5;

    /** Of a name and of a redirect URI, of which there may be several. */
    private static final int LONGEST = 180;

    private static final int LONGEST_ADDRESS = 2_000;

    private static final String BAD = "invalid_client_metadata";

    @Override
    public void accept(OAuth2ClientRegistrationAuthenticationContext context) {
        OAuth2ClientRegistrationAuthenticationToken request = context.getAuthentication();
        OAuth2ClientRegistration wanted = request.getClientRegistration();
        requireText(wanted.getClientName(), "client_name");
        List<String> redirects = wanted.getRedirectUris();
        if (redirects == null || redirects.isEmpty() || redirects.size() > MOST_REDIRECTS) {
            throw refused("invalid_redirect_uri", "redirect_uris");
        }
        List<URI> all = new ArrayList<>();
        redirects.forEach(uri -> all.add(https(uri, LONGEST, "invalid_redirect_uri", "redirect_uris")));
        addresses(wanted.getClaims(), all);
        for (String member : List.of("software_id", "software_version")) {
            Object value = wanted.getClaims().get(member);
            if (value != null) {
                requireText(value instanceof String text ? text : null, member);
            }
        }
        if (all.stream()
                        .map(uri -> uri.getHost().toLowerCase(Locale.ROOT))
                        .distinct()
                        .count()
                != 1) {
            throw refused(BAD, "all addresses must be on one host");
        }
        String method = wanted.getTokenEndpointAuthenticationMethod();
        if (method != null && !"client_secret_basic".equals(method)) {
            throw refused(BAD, "token_endpoint_auth_method");
        }
        requireAmong(wanted.getGrantTypes(), GRANTS, "grant_types");
        requireAmong(wanted.getResponseTypes(), Set.of("code"), "response_types");
        // Of several those are registered that there are, and the answer says which.
        if (Scopes.known(wanted.getScopes()).isEmpty()) {
            throw refused(BAD, "scope");
        }
    }

    private static void requireText(@Nullable String text, String member) {
        if (text == null
                || text.isBlank()
                || text.length() > LONGEST
                || text.codePoints().anyMatch(RegistrationRules::isUnseen)) {
            throw refused(BAD, member);
        }
    }

    /** It stands on the page on which a student decides, and must not turn or hide what is around it. */
    private static boolean isUnseen(int c) {
        int type = Character.getType(c);
        return type == Character.CONTROL
                || type == Character.FORMAT
                || type == Character.LINE_SEPARATOR
                || type == Character.PARAGRAPH_SEPARATOR;
    }

    private static void addresses(Map<String, Object> claims, List<URI> all) {
        for (String member : ADDRESSES) {
            Object value = claims.get(member);
            if (value instanceof String || value instanceof URL) {
                all.add(https(value.toString(), LONGEST_ADDRESS, BAD, member));
            } else if (value != null) {
                throw refused(BAD, member);
            }
        }
    }

    private static URI https(String text, int longest, String error, String member) {
        try {
            URI uri = new URI(text);
            if (text.length() <= longest
                    && "https".equalsIgnoreCase(uri.getScheme())
                    && uri.getHost() != null
                    && uri.getRawUserInfo() == null
                    && uri.getRawFragment() == null
                    // Spring keeps redirect URIs as a list with commas.
                    && text.indexOf(',') < 0) {
                return uri;
            }
        } catch (URISyntaxException e) {
            // Said below.
        }
        throw refused(error, member);
    }

    private static void requireAmong(@Nullable List<String> wanted, Set<String> known, String member) {
        if (wanted != null && !known.containsAll(wanted)) {
            throw refused(BAD, member);
        }
    }

    private static OAuth2AuthenticationException refused(String error, String what) {
        return new OAuth2AuthenticationException(new OAuth2Error(
                error, "Invalid client registration: " + what, "https://www.rfc-editor.org/rfc/rfc7591#section-3.2.2"));
    }
}
