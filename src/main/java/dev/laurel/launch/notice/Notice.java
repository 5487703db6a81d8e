package dev.laurel.launch.notice;

import dev.laurel.launch.oidc.Claims;
import dev.laurel.platform.Registration;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a notice says, from claims whose signature holds.
 *
 * @param id tells a replay: the notice's own id, or what stands in its place
 * @param contextId the course it is about, where it is about one
 * @param origins the courses that it was copied from
 * @see <a href="https://www.imsglobal.org/spec/lti-pns/v1p0">LTI Platform Notification Service 1.0</a>
 */
record Notice(
        String deploymentId,
        String id,
        String type,
        @Nullable String contextId,
        List<String> origins) {

    private static final String LTI = "https://purl.imsglobal.org/spec/lti/claim/";

    private static final Duration LEEWAY = Duration.ofSeconds(60);

    private static final int LONGEST_ID = 255;

    /**
     * Checks what an id_token's claims are checked for too, as far as a notice has them.
     *
     * @param receivedAt it must have been good then; verifying may come later
     * @throws BadNoticeException for the first rule that is broken
     */
    static Notice read(Claims claims, Registration registration, Instant receivedAt) {
        checkParties(claims, registration);
        checkTimes(claims, receivedAt);
        require(claims.text(LTI + "version").equals(Optional.of("1.3.0")), "version is not 1.3.0");
        String notice = LTI + "notice";
        return new Notice(
                shortText(claims.text(LTI + "deployment_id"), "deployment_id"),
                shortText(
                        claims.text(notice, "id").or(() -> claims.text("jti")).or(() -> claims.text("nonce")),
                        "notice.id, jti or nonce"),
                shortText(claims.text(notice, "type"), "notice.type"),
                claims.text(LTI + "context", "id")
                        .filter(id -> id.length() <= LONGEST_ID)
                        .orElse(null),
                claims.texts(LTI + "origin_contexts"));
    }

    private static void checkParties(Claims claims, Registration registration) {
        require(registration.issuer().equals(claims.set().getIssuer()), "iss is another platform");
        List<String> audience = claims.set().getAudience();
        require(audience.contains(registration.clientId()), "aud does not name this registration's client_id");
        require(audience.size() == 1 || claims.has("azp"), "aud names several, and azp is missing");
        require(
                !claims.has("azp") || claims.text("azp").equals(Optional.of(registration.clientId())),
                "azp is another client");
    }

    private static void checkTimes(Claims claims, Instant receivedAt) {
        Instant expires = Claims.instant(claims.set().getExpirationTime()).orElse(Instant.MIN);
        require(receivedAt.minus(LEEWAY).isBefore(expires), "exp is missing or was over");
        Instant issued = Claims.instant(claims.set().getIssueTime()).orElse(Instant.MAX);
        require(!issued.isAfter(receivedAt.plus(LEEWAY)), "iat is missing or ahead");
    }

    private static String shortText(Optional<String> text, String name) {
        String value = text.orElse("");
        require(!value.isEmpty() && value.length() <= LONGEST_ID, name + " is missing or too long");
        return value;
    }

    private static void require(boolean holds, String reason) {
        if (!holds) {
            throw new BadNoticeException(reason);
        }
    }
}
