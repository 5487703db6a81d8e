package dev.laurel.publication.backpack;

import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.server.authorization.OAuth2AuthorizationConsent;
import org.springframework.security.oauth2.server.authorization.OAuth2AuthorizationConsentService;

/**
 * What students allowed backpacks. What was allowed for an hour is kept only to be shown and taken back: it answers no later
 * question for her.
 */
final class LastingConsents implements OAuth2AuthorizationConsentService {

    private final OAuth2AuthorizationConsentService stored;

    LastingConsents(OAuth2AuthorizationConsentService stored) {
        this.stored = stored;
    }

    @Override
    public void save(OAuth2AuthorizationConsent consent) {
        stored.save(consent);
    }

    @Override
    public void remove(OAuth2AuthorizationConsent consent) {
        stored.remove(consent);
    }

    @Override
    public @Nullable OAuth2AuthorizationConsent findById(String clientId, String principal) {
        OAuth2AuthorizationConsent consent = stored.findById(clientId, principal);
        return consent != null && consent.getScopes().contains(Scopes.OFFLINE) ? consent : null;
    }
}
