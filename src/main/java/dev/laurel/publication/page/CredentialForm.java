package dev.laurel.publication.page;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;

/** In which form a shared badge is wanted: the page, the signed JSON or the JWT. */
public record CredentialForm(Kind kind, MediaType type) {

    public enum Kind {
        PAGE,
        JSON,
        JWT
    }

    private static final Set<String> JSON =
            Set.of("json", "ld+json", "vc", "vc+ld+json", "vc+json", "credential+ld+json", "vnd.openbadges+json");

    private static final Set<String> JWT = Set.of("vc+jwt", "jwt", "jose", "vc-ld+jwt");

    private static final CredentialForm PAGE = new CredentialForm(Kind.PAGE, MediaType.TEXT_HTML);

    /** What the {@code Accept} header likes best; the page where it says nothing that we have. */
    public static CredentialForm of(@Nullable String accept) {
        if (accept == null || accept.length() > 2000) {
            return PAGE;
        }
        try {
            List<MediaType> types = MediaType.parseMediaTypes(accept);
            return types.stream()
                    .filter(type -> type.getQualityValue() > 0)
                    .sorted(Comparator.comparingDouble(MediaType::getQualityValue)
                            .reversed())
                    .map(CredentialForm::of)
                    .flatMap(Optional::stream)
                    .findFirst()
                    .orElse(PAGE);
        } catch (InvalidMediaTypeException e) {
            return PAGE;
        }
    }

    private static Optional<CredentialForm> of(MediaType type) {
        if (type.includes(MediaType.TEXT_HTML) || type.equalsTypeAndSubtype(MediaType.APPLICATION_XHTML_XML)) {
            return Optional.of(PAGE);
        }
        MediaType plain = new MediaType(type.getType(), type.getSubtype());
        if (!"application".equals(type.getType())) {
            return Optional.empty();
        }
        if (JSON.contains(type.getSubtype())) {
            return Optional.of(new CredentialForm(Kind.JSON, plain));
        }
        return JWT.contains(type.getSubtype()) ? Optional.of(new CredentialForm(Kind.JWT, plain)) : Optional.empty();
    }
}
