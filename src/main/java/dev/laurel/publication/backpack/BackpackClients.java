package dev.laurel.publication.backpack;

import java.time.Duration;
import java.util.Set;
import org.springframework.core.convert.converter.Converter;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.server.authorization.OAuth2ClientRegistration;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.converter.OAuth2ClientRegistrationRegisteredClientConverter;
import org.springframework.security.oauth2.server.authorization.settings.OAuth2TokenFormat;
import org.springframework.security.oauth2.server.authorization.settings.TokenSettings;

/** A registered backpack: Spring's converter, with what Open Badges asks of tokens and with all scopes where none was named. */
final class BackpackClients implements Converter<OAuth2ClientRegistration, RegisteredClient> {

    private static final Duration CODE = Duration.ofMinutes(5);

    private static final Duration ACCESS = Duration.ofHours(1);

    private static final Duration REFRESH = Duration.ofDays(180);

    private final OAuth2ClientRegistrationRegisteredClientConverter usual =
            new OAuth2ClientRegistrationRegisteredClientConverter();

    private final BackpackPermissions permissions;

    BackpackClients(BackpackPermissions permissions) {
        this.permissions = permissions;
    }

    /** Who comes new makes room: registration is open to anybody. */
    @Override
    public RegisteredClient convert(OAuth2ClientRegistration registration) {
        permissions.tidy();
        Set<String> scopes =
                registration.getScopes() == null || registration.getScopes().isEmpty()
                        ? Scopes.ALL
                        : Set.copyOf(registration.getScopes());
        return RegisteredClient.from(usual.convert(registration))
                .scopes(all -> all.addAll(scopes))
                .authorizationGrantTypes(grants -> {
                    grants.add(AuthorizationGrantType.AUTHORIZATION_CODE);
                    if (scopes.contains(Scopes.OFFLINE)) {
                        grants.add(AuthorizationGrantType.REFRESH_TOKEN);
                    } else {
                        grants.remove(AuthorizationGrantType.REFRESH_TOKEN);
                    }
                })
                .tokenSettings(TokenSettings.builder()
                        .accessTokenFormat(OAuth2TokenFormat.REFERENCE)
                        .authorizationCodeTimeToLive(CODE)
                        .accessTokenTimeToLive(ACCESS)
                        .refreshTokenTimeToLive(REFRESH)
                        .reuseRefreshTokens(false)
                        .build())
                .build();
    }
}
