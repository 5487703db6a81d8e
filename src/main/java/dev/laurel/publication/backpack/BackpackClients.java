package dev.laurel.publication.backpack;

import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.springframework.core.convert.converter.Converter;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.server.authorization.OAuth2ClientRegistration;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.converter.OAuth2ClientRegistrationRegisteredClientConverter;
import org.springframework.security.oauth2.server.authorization.converter.RegisteredClientOAuth2ClientRegistrationConverter;
import org.springframework.security.oauth2.server.authorization.settings.ClientSettings;
import org.springframework.security.oauth2.server.authorization.settings.OAuth2TokenFormat;
import org.springframework.security.oauth2.server.authorization.settings.TokenSettings;

/**
 * A registered backpack: Spring's converters, with what Open Badges asks of tokens, with those scopes that there are (all where none
 * was named), and with what the backpack says of itself.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7591#section-3.2.1">RFC 7591, 3.2.1 Client Information Response</a>
 */
final class BackpackClients implements Converter<OAuth2ClientRegistration, RegisteredClient> {

    static final String TERMS = "tos_uri";

    static final String PRIVACY = "policy_uri";

    private static final String SCOPE = "scope";

    private static final Duration CODE = Duration.ofMinutes(5);

    private static final Duration ACCESS = Duration.ofHours(1);

    private static final Duration REFRESH = Duration.ofDays(180);

    /** What Spring does not keep. */
    private static final List<String> SAID =
            List.of("client_uri", "logo_uri", TERMS, PRIVACY, "software_id", "software_version");

    private static final String SETTING = "laurel.";

    private final OAuth2ClientRegistrationRegisteredClientConverter usual =
            new OAuth2ClientRegistrationRegisteredClientConverter();

    private final RegisteredClientOAuth2ClientRegistrationConverter usualAnswer =
            new RegisteredClientOAuth2ClientRegistrationConverter();

    private final BackpackPermissions permissions;

    BackpackClients(BackpackPermissions permissions) {
        this.permissions = permissions;
    }

    /** Who comes new makes room: registration is open to anybody. */
    @Override
    public RegisteredClient convert(OAuth2ClientRegistration registration) {
        // The rules have seen that there is one, and that all are on its host.
        String redirect = Objects.requireNonNull(registration.getRedirectUris()).get(0);
        permissions.tidy(URI.create(redirect).getHost().toLowerCase(Locale.ROOT));
        List<String> scopes = Scopes.known(registration.getScopes());
        OAuth2ClientRegistration known = OAuth2ClientRegistration.withClaims(registration.getClaims())
                .claim(SCOPE, scopes)
                .build();
        RegisteredClient client = usual.convert(known);
        return RegisteredClient.from(client)
                .authorizationGrantTypes(grants -> {
                    grants.add(AuthorizationGrantType.AUTHORIZATION_CODE);
                    if (scopes.contains(Scopes.OFFLINE)) {
                        grants.add(AuthorizationGrantType.REFRESH_TOKEN);
                    } else {
                        grants.remove(AuthorizationGrantType.REFRESH_TOKEN);
                    }
                })
                .clientSettings(withSaid(client.getClientSettings(), registration.getClaims()))
                .tokenSettings(TokenSettings.builder()
                        .accessTokenFormat(OAuth2TokenFormat.REFERENCE)
                        .authorizationCodeTimeToLive(CODE)
                        .accessTokenTimeToLive(ACCESS)
                        .refreshTokenTimeToLive(REFRESH)
                        .reuseRefreshTokens(false)
                        .build())
                .build();
    }

    private static ClientSettings withSaid(ClientSettings settings, Map<String, Object> claims) {
        Map<String, Object> all = new HashMap<>(settings.getSettings());
        SAID.forEach(member -> Optional.ofNullable(claims.get(member))
                .ifPresent(value -> all.put(SETTING + member, value.toString())));
        return ClientSettings.withSettings(all).build();
    }

    /** What the backpack is told that it registered. */
    OAuth2ClientRegistration answer(RegisteredClient client) {
        return OAuth2ClientRegistration.withClaims(usualAnswer.convert(client).getClaims())
                .claims(claims ->
                        SAID.forEach(member -> said(client, member).ifPresent(value -> claims.put(member, value))))
                .build();
    }

    /** What the backpack says of itself under this name of the registration; nobody checked it. */
    static Optional<String> said(RegisteredClient client, String member) {
        return Optional.ofNullable(client.getClientSettings().getSettings().get(SETTING + member))
                .map(Object::toString);
    }
}
