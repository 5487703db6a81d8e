package dev.laurel.publication.backpack;

import java.util.function.Consumer;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AuthorizationCodeRequestAuthenticationContext;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AuthorizationCodeRequestAuthenticationException;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AuthorizationCodeRequestAuthenticationToken;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AuthorizationCodeRequestAuthenticationValidator;

/**
 * What Open Badges asks of an authorization request beyond OAuth: a state, and a challenge of S256.
 *
 * @see <a href="https://www.imsglobal.org/spec/ob/v3p0/#request-authorization">Open Badges 3.0, 7.2.3</a>
 */
final class AuthorizationRules implements Consumer<OAuth2AuthorizationCodeRequestAuthenticationContext> {

    private final Consumer<OAuth2AuthorizationCodeRequestAuthenticationContext> usual =
            new OAuth2AuthorizationCodeRequestAuthenticationValidator();

    @Override
    public void accept(OAuth2AuthorizationCodeRequestAuthenticationContext context) {
        usual.accept(context);
        OAuth2AuthorizationCodeRequestAuthenticationToken request = context.getAuthentication();
        if (request.getState() == null || request.getState().isBlank()) {
            throw refused("state", request);
        }
        if (!"S256".equals(request.getAdditionalParameters().get("code_challenge_method"))) {
            throw refused("code_challenge_method", request);
        }
        if (request.getScopes().isEmpty()) {
            throw refused("scope", request);
        }
    }

    /** The redirect URI was found to be one of the client's. */
    private static OAuth2AuthorizationCodeRequestAuthenticationException refused(
            String parameter, OAuth2AuthorizationCodeRequestAuthenticationToken request) {
        return new OAuth2AuthorizationCodeRequestAuthenticationException(
                new OAuth2Error("invalid_request", "OAuth 2.0 Parameter: " + parameter, null), request);
    }
}
