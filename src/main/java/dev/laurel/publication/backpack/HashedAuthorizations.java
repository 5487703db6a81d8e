package dev.laurel.publication.backpack;

import dev.laurel.platform.secrets.Sha256;
import java.util.HexFormat;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.core.OAuth2AccessToken;
import org.springframework.security.oauth2.core.OAuth2RefreshToken;
import org.springframework.security.oauth2.core.OAuth2Token;
import org.springframework.security.oauth2.core.endpoint.OAuth2ParameterNames;
import org.springframework.security.oauth2.server.authorization.OAuth2Authorization;
import org.springframework.security.oauth2.server.authorization.OAuth2AuthorizationCode;
import org.springframework.security.oauth2.server.authorization.OAuth2AuthorizationService;
import org.springframework.security.oauth2.server.authorization.OAuth2TokenType;

/**
 * Stores codes and tokens as their hashes: whoever reads the database, or a backup of it, can use none of them. What somebody
 * comes with is looked up by its hash; the token that was found has then the value that was brought, the others their hashes.
 * Tokens are long and random, so a plain SHA-256 of them cannot be guessed back.
 */
final class HashedAuthorizations implements OAuth2AuthorizationService {

    /** In no token that Spring makes: those are Base64. */
    private static final String HASHED = "sha256:";

    private final OAuth2AuthorizationService stored;

    private final BackpackPermissions permissions;

    HashedAuthorizations(OAuth2AuthorizationService stored, BackpackPermissions permissions) {
        this.stored = stored;
        this.permissions = permissions;
    }

    @Override
    public void save(OAuth2Authorization authorization) {
        stored.save(with(authorization, value -> value.startsWith(HASHED) ? value : hash(value)));
        if (authorization.getAccessToken() != null) {
            permissions.used(authorization.getRegisteredClientId());
        }
    }

    @Override
    public void remove(OAuth2Authorization authorization) {
        stored.remove(authorization);
    }

    @Override
    public @Nullable OAuth2Authorization findById(String id) {
        return stored.findById(id);
    }

    /** A state is no token: it is kept as it is, and good for nothing without the session of whoever is asked. */
    @Override
    public @Nullable OAuth2Authorization findByToken(String token, @Nullable OAuth2TokenType type) {
        if (type != null && OAuth2ParameterNames.STATE.equals(type.getValue())) {
            return stored.findByToken(token, type);
        }
        String hash = hash(token);
        OAuth2Authorization found = stored.findByToken(hash, type);
        return found == null ? null : with(found, value -> value.equals(hash) ? token : value);
    }

    private static String hash(String token) {
        return HASHED + HexFormat.of().formatHex(Sha256.of(token));
    }

    private static OAuth2Authorization with(OAuth2Authorization authorization, UnaryOperator<String> change) {
        OAuth2Authorization.Builder changed = OAuth2Authorization.from(authorization);
        replace(
                changed,
                authorization.getToken(OAuth2AuthorizationCode.class),
                code -> new OAuth2AuthorizationCode(
                        change.apply(code.getTokenValue()),
                        Objects.requireNonNull(code.getIssuedAt()),
                        Objects.requireNonNull(code.getExpiresAt())));
        replace(
                changed,
                authorization.getAccessToken(),
                access -> new OAuth2AccessToken(
                        access.getTokenType(),
                        change.apply(access.getTokenValue()),
                        access.getIssuedAt(),
                        access.getExpiresAt(),
                        access.getScopes()));
        replace(
                changed,
                authorization.getRefreshToken(),
                refresh -> new OAuth2RefreshToken(
                        change.apply(refresh.getTokenValue()), refresh.getIssuedAt(), refresh.getExpiresAt()));
        return changed.build();
    }

    /** What is known of the token beside its value stays. */
    private static <T extends OAuth2Token> void replace(
            OAuth2Authorization.Builder builder,
            OAuth2Authorization.@Nullable Token<T> token,
            UnaryOperator<T> change) {
        if (token != null) {
            builder.token(change.apply(token.getToken()));
        }
    }
}
