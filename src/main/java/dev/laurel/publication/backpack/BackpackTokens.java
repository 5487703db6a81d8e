package dev.laurel.publication.backpack;

import java.util.Map;
import java.util.Optional;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.oauth2.core.DefaultOAuth2AuthenticatedPrincipal;
import org.springframework.security.oauth2.core.OAuth2AccessToken;
import org.springframework.security.oauth2.core.OAuth2AuthenticatedPrincipal;
import org.springframework.security.oauth2.server.authorization.OAuth2Authorization;
import org.springframework.security.oauth2.server.authorization.OAuth2AuthorizationService;
import org.springframework.security.oauth2.server.authorization.OAuth2TokenType;
import org.springframework.security.oauth2.server.resource.introspection.BadOpaqueTokenException;
import org.springframework.security.oauth2.server.resource.introspection.OpaqueTokenIntrospector;
import org.springframework.stereotype.Component;

/** What an access token allows, and whose badges. */
@Component
class BackpackTokens implements OpaqueTokenIntrospector {

    private final OAuth2AuthorizationService authorizations;

    BackpackTokens(OAuth2AuthorizationService authorizations) {
        this.authorizations = authorizations;
    }

    @Override
    public OAuth2AuthenticatedPrincipal introspect(String token) {
        OAuth2Authorization authorization = Optional.ofNullable(
                        authorizations.findByToken(token, OAuth2TokenType.ACCESS_TOKEN))
                .orElseThrow(() -> new BadOpaqueTokenException("No such token"));
        OAuth2Authorization.Token<OAuth2AccessToken> access = authorization.getAccessToken();
        if (access == null || !access.isActive()) {
            throw new BadOpaqueTokenException("The token does not count any more");
        }
        String[] scopes = access.getToken().getScopes().stream()
                .map(scope -> "SCOPE_" + scope)
                .toArray(String[]::new);
        return new DefaultOAuth2AuthenticatedPrincipal(
                authorization.getPrincipalName(),
                Map.of("client_id", authorization.getRegisteredClientId()),
                AuthorityUtils.createAuthorityList(scopes));
    }
}
