package dev.laurel.publication.backpack;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.core.endpoint.OAuth2ParameterNames;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AuthorizationCodeRequestAuthenticationToken;
import org.springframework.security.web.authentication.AuthenticationSuccessHandler;
import org.springframework.web.util.UriComponentsBuilder;
import org.springframework.web.util.UriUtils;

/**
 * Back to the backpack with a code, and with the scopes that the student allowed: those OAuth leaves to the token, Open Badges wants
 * them here.
 *
 * @see <a href="https://www.imsglobal.org/spec/ob/v3p0/#request-authorization">Open Badges 3.0, 7.2.3</a>
 */
final class AuthorizationResponses implements AuthenticationSuccessHandler {

    @Override
    public void onAuthenticationSuccess(
            HttpServletRequest request, HttpServletResponse response, Authentication authentication)
            throws IOException {
        OAuth2AuthorizationCodeRequestAuthenticationToken allowed =
                (OAuth2AuthorizationCodeRequestAuthenticationToken) authentication;
        String code = Objects.requireNonNull(allowed.getAuthorizationCode()).getTokenValue();
        UriComponentsBuilder url = UriComponentsBuilder.fromUriString(Objects.requireNonNull(allowed.getRedirectUri()))
                .queryParam(OAuth2ParameterNames.CODE, encoded(code))
                .queryParam(OAuth2ParameterNames.SCOPE, encoded(String.join(" ", allowed.getScopes())))
                // Never missing: the rules of requests ask for it.
                .queryParam(OAuth2ParameterNames.STATE, encoded(Objects.requireNonNull(allowed.getState())));
        response.sendRedirect(url.build(true).toUriString());
    }

    private static String encoded(String value) {
        return UriUtils.encode(value, StandardCharsets.UTF_8);
    }
}
