package dev.laurel.launch.oidc;

import com.nimbusds.jwt.JWTClaimsSet;
import java.net.URI;
import java.net.URISyntaxException;
import java.text.ParseException;
import java.time.Instant;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The claims of an id_token, read without trusting their types: what has the wrong one counts as missing. */
public record Claims(JWTClaimsSet set) {

    /** Claims that {@link #toJson()} wrote, and that were validated before. */
    static Claims ofJson(String json) {
        try {
            return new Claims(JWTClaimsSet.parse(json));
        } catch (ParseException e) {
            throw new IllegalStateException("These claims are not as they were written", e);
        }
    }

    String toJson() {
        return set.toString();
    }

    public Optional<String> text(String name) {
        return text(set.getClaim(name));
    }

    /** The member of an object claim. */
    public Optional<String> text(String object, String member) {
        return text(object(object).get(member));
    }

    public boolean has(String name) {
        return set.getClaim(name) != null;
    }

    Map<?, ?> object(String name) {
        return set.getClaim(name) instanceof Map<?, ?> map ? map : Map.of();
    }

    /** The texts of an array claim, or the one of a text claim. */
    public List<String> texts(String name) {
        return texts(set.getClaim(name));
    }

    static List<String> texts(@Nullable Object value) {
        if (value instanceof Collection<?> many) {
            return many.stream()
                    .filter(String.class::isInstance)
                    .map(String.class::cast)
                    .toList();
        }
        return value instanceof String one ? List.of(one) : List.of();
    }

    /** An absolute http or https address. */
    static Optional<URI> address(@Nullable Object value) {
        try {
            return text(value).isEmpty()
                    ? Optional.empty()
                    : Optional.of(new URI(text(value).get()))
                            .filter(uri -> "https".equals(uri.getScheme()) || "http".equals(uri.getScheme()))
                            .filter(uri -> uri.getHost() != null && uri.getUserInfo() == null);
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    static Optional<String> text(@Nullable Object value) {
        return value instanceof String text && !text.isBlank() ? Optional.of(text) : Optional.empty();
    }

    public static Optional<Instant> instant(@Nullable Date date) {
        return Optional.ofNullable(date).map(Date::toInstant);
    }
}
