package dev.laurel.platform;

import dev.laurel.platform.http.OutboundException;
import dev.laurel.platform.http.OutboundResponse;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The platform answered the request for an access token, but gave none that is good for the purpose. */
final class TokenRefusedException extends OutboundException {

    private static final long serialVersionUID = 1L;

    private final transient @Nullable OutboundResponse response;

    private final Set<String> notGranted;

    private TokenRefusedException(String message, @Nullable OutboundResponse response, Set<String> notGranted) {
        super(message);
        this.response = response;
        this.notGranted = Set.copyOf(notGranted);
    }

    /** The answer was an error, with this error code of OAuth where it could be read. */
    static TokenRefusedException of(
            Registration registration, OutboundResponse response, String code, Set<String> scopes) {
        return new TokenRefusedException(
                registration.name() + " refuses an access token: HTTP " + response.status()
                        + (code.isEmpty() ? "" : " (" + code + ")"),
                response,
                code.equals("invalid_scope") ? scopes : Set.of());
    }

    /** There is a token, but not for these scopes. */
    static TokenRefusedException notGranted(Registration registration, Set<String> scopes) {
        return new TokenRefusedException(
                registration.name() + " does not grant " + String.join(" ", scopes), null, scopes);
    }

    ServiceProblem problem(Instant now) {
        if (response == null || !notGranted.isEmpty()) {
            return ServiceProblem.notGranted(notGranted, this);
        }
        boolean busy = response.status() == 429 || response.status() >= 500 || response.status() == 403;
        return busy ? ServiceProblem.of(response, now) : ServiceProblem.noAnswer(this);
    }
}
