package dev.laurel.launch.oidc;

import dev.laurel.launch.browser.Secret;
import dev.laurel.platform.Registration;
import dev.laurel.platform.tenant.PublicUrl;
import dev.laurel.platform.tool.LtiMessage;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;

/**
 * What an id_token must say, one stateless check per rule. What is absent fails.
 *
 * @see <a href="https://www.imsglobal.org/spec/security/v1p0/#authentication-response-validation">1EdTech Security Framework, 5.1.3</a>
 * @see <a href="https://www.imsglobal.org/spec/lti/v1p3/#required-message-claims">LTI 1.3, 5.3</a>
 */
@Component
class IdTokenChecks {

    private static final Duration LEEWAY = Duration.ofSeconds(60);

    /** LTI 1.3 counts ASCII characters; anything else in an identifier could look like another's. */
    private static final Pattern IDENTIFIER = Pattern.compile("[\\x20-\\x7e]{1,255}");

    /** No page of ours has a longer address. */
    private static final int LONGEST_TARGET = 2_000;

    private final List<Check> checks;

    IdTokenChecks(PublicUrl publicUrl, Clock clock) {
        this.checks = List.of(
                IdTokenChecks::issuer,
                IdTokenChecks::audience,
                IdTokenChecks::authorizedParty,
                (claims, expected) -> expiry(claims, clock.instant()),
                (claims, expected) -> issuedAt(claims, clock.instant()),
                IdTokenChecks::nonce,
                IdTokenChecks::version,
                IdTokenChecks::messageType,
                IdTokenChecks::deployment,
                IdTokenChecks::subject,
                IdTokenChecks::roles,
                IdTokenChecks::resourceLink,
                IdTokenChecks::context,
                (claims, expected) -> targetLink(claims, publicUrl),
                IdTokenChecks::deepLinking);
    }

    /** One rule. */
    private interface Check {

        void on(Claims claims, Expected expected);
    }

    private record Expected(Registration registration, PendingLogin login) {}

    /** @throws LaunchRefusedException for the first rule that is broken */
    void check(Claims claims, Registration registration, PendingLogin login) {
        Expected expected = new Expected(registration, login);
        checks.forEach(check -> check.on(claims, expected));
    }

    // Security Framework 5.1.3, step 2: iss is exactly the issuer of the registration.
    private static void issuer(Claims claims, Expected expected) {
        String issuer = claims.set().getIssuer();
        if (!expected.registration().issuer().equals(issuer)) {
            throw Refusal.ISSUER.because("iss is " + issuer);
        }
    }

    // Step 3: aud names our client_id, as a text or in an array; nobody else is trusted as another audience. Schoology
    // writes the array into a text: "[id]".
    private static void audience(Claims claims, Expected expected) {
        List<String> audience = claims.set().getAudience();
        String clientId = expected.registration().clientId();
        if (!audience.contains(clientId) && !audience.equals(List.of("[" + clientId + "]"))) {
            throw Refusal.AUDIENCE.because("aud does not name this registration's client_id");
        }
        if (audience.size() > 1 && !claims.has("azp")) {
            throw Refusal.AUTHORIZED_PARTY.because("aud names several, and azp is missing");
        }
    }

    // Steps 4 and 5: azp, where it is there, is our client_id.
    private static void authorizedParty(Claims claims, Expected expected) {
        if (claims.has("azp")
                && !claims.text("azp")
                        .equals(Optional.of(expected.registration().clientId()))) {
            throw Refusal.AUTHORIZED_PARTY.because("azp is another client");
        }
    }

    // Step 7: the time is before exp. How far ahead exp may be is the platform's choice: the state and the nonce let a
    // token in once, within ten minutes of its login, whatever it says.
    private static void expiry(Claims claims, Instant now) {
        Instant expires = Claims.instant(claims.set().getExpirationTime())
                .orElseThrow(() -> Refusal.EXPIRED.because("exp is missing"));
        if (!now.isBefore(expires.plus(LEEWAY))) {
            throw Refusal.EXPIRED.because(
                    "exp was " + Duration.between(expires, now).toSeconds()
                            + " s ago; 60 s are allowed for, are the clocks right?");
        }
    }

    // Step 8: iat (and nbf, where it is there) is not in the future, and iat not before the nonce can have been made.
    private static void issuedAt(Claims claims, Instant now) {
        Instant issued = Claims.instant(claims.set().getIssueTime())
                .orElseThrow(() -> Refusal.ISSUED_AT.because("iat is missing"));
        if (issued.isBefore(now.minus(PendingLogins.LIFE).minus(LEEWAY))) {
            throw Refusal.ISSUED_AT.because(
                    "iat was " + Duration.between(issued, now).toSeconds() + " s ago, before this login began");
        }
        Instant from = Claims.instant(claims.set().getNotBeforeTime())
                .filter(issued::isBefore)
                .orElse(issued);
        if (from.isAfter(now.plus(LEEWAY))) {
            throw Refusal.ISSUED_AT.because(
                    "iat or nbf is " + Duration.between(now, from).toSeconds()
                            + " s ahead; 60 s are allowed for, are the clocks right?");
        }
    }

    // Step 9: the nonce is the one of this login, which works once.
    private static void nonce(Claims claims, Expected expected) {
        Secret nonce =
                claims.text("nonce").map(Secret::new).orElseThrow(() -> Refusal.NONCE.because("nonce is missing"));
        if (!nonce.matches(expected.login().nonceHash())) {
            throw Refusal.NONCE.because("nonce belongs to another login");
        }
    }

    // LTI 1.3, 5.3.2
    private static void version(Claims claims, Expected expected) {
        if (!claims.text(ClaimNames.VERSION).equals(Optional.of("1.3.0"))) {
            throw Refusal.VERSION.because(
                    "version is " + claims.text(ClaimNames.VERSION).orElse("missing"));
        }
    }

    // LTI 1.3, 5.3.1
    private static void messageType(Claims claims, Expected expected) {
        String type = claims.text(ClaimNames.MESSAGE_TYPE)
                .orElseThrow(() -> Refusal.MESSAGE_TYPE.because("message_type is missing"));
        LtiMessage message =
                LtiMessage.of(type).orElseThrow(() -> Refusal.MESSAGE_TYPE.because("message_type is " + type));
        if (!expected.registration().sends(message)) {
            throw Refusal.MESSAGE_TYPE.because(type + " is not switched on for this registration");
        }
    }

    // LTI 1.3, 5.3.3 and 4.1.2: the deployment that the login named. Whether it is known is asked after all checks.
    private static void deployment(Claims claims, Expected expected) {
        String deployment =
                identifier(claims.text(ClaimNames.DEPLOYMENT_ID), "deployment_id", Refusal.DEPLOYMENT_MISSING);
        byte[] named = expected.login().deploymentHash();
        if (named != null && !new Secret(deployment).matches(named)) {
            throw Refusal.DEPLOYMENT_OTHER.because("deployment_id is not the one that the login named");
        }
    }

    // LTI 1.3, 5.3.6: we know nobody without a sub.
    private static void subject(Claims claims, Expected expected) {
        identifier(claims.text("sub"), "sub", Refusal.SUBJECT_MISSING);
    }

    private static String identifier(Optional<String> value, String name, Refusal refusal) {
        String text = value.orElseThrow(() -> refusal.because(name + " is missing"));
        if (!IDENTIFIER.matcher(text).matches()) {
            throw refusal.because(name + " is not made of 1 to 255 ASCII characters");
        }
        return text;
    }

    // LTI 1.3, 5.3.7: the claim must be there; it may be empty.
    private static void roles(Claims claims, Expected expected) {
        Object roles = claims.set().getClaim(ClaimNames.ROLES);
        if (!(roles instanceof List<?>)) {
            throw Refusal.ROLES_MISSING.because(roles == null ? "roles is missing" : "roles is no array");
        }
    }

    // LTI 1.3, 5.3.5
    private static void resourceLink(Claims claims, Expected expected) {
        if (message(claims).isOfALink()) {
            identifier(claims.text(ClaimNames.RESOURCE_LINK, "id"), "resource_link.id", Refusal.RESOURCE_LINK_MISSING);
        }
    }

    // LTI 1.3, 5.4.1: the claim is optional, but one that is there has an id.
    private static void context(Claims claims, Expected expected) {
        if (claims.has(ClaimNames.CONTEXT)) {
            identifier(claims.text(ClaimNames.CONTEXT, "id"), "context.id", Refusal.CONTEXT);
        }
    }

    // LTI 1.3, 5.3.4: it is signed, and still it must be one of our own pages.
    private static void targetLink(Claims claims, PublicUrl publicUrl) {
        // The certification's deep linking request has none (LTI Deep Linking 2.0, 4.4.1, says it should).
        if (!claims.has(ClaimNames.TARGET_LINK_URI) && message(claims) == LtiMessage.DEEP_LINKING) {
            return;
        }
        URI target = Claims.address(claims.set().getClaim(ClaimNames.TARGET_LINK_URI))
                .filter(uri -> uri.toString().length() <= LONGEST_TARGET)
                .orElseThrow(() -> Refusal.TARGET_LINK.because("target_link_uri is missing or no usable web address"));
        String origin = target.getScheme() + "://" + target.getRawAuthority();
        if (!origin.equalsIgnoreCase(publicUrl.origin())) {
            throw Refusal.TARGET_LINK.because("target_link_uri points to " + origin + ", not to us");
        }
    }

    // LTI Deep Linking 2.0, 4.4.2: where the answer goes. The form that carries it leaves our pages, so its address is
    // the platform's own, signed or not.
    private static void deepLinking(Claims claims, Expected expected) {
        if (message(claims) != LtiMessage.DEEP_LINKING) {
            return;
        }
        URI returnUrl = DeepLinkingReader.returnUrl(claims)
                .orElseThrow(() ->
                        Refusal.DEEP_LINKING.because("deep_link_return_url is missing, too long or no web address"));
        if (!expected.registration().owns(returnUrl)) {
            throw Refusal.DEEP_LINKING.because("deep_link_return_url leads to " + returnUrl.getScheme() + "://"
                    + returnUrl.getRawAuthority() + ", which is not this platform's");
        }
    }

    /** Known, once its check is passed. */
    private static LtiMessage message(Claims claims) {
        return claims.text(ClaimNames.MESSAGE_TYPE).flatMap(LtiMessage::of).orElseThrow();
    }
}
