package dev.laurel.launch.oidc;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Who speaks to whom, and when. */
class SecurityClaimsConformanceTests extends LaunchConformance {

    @Test
    @DisplayName("S20 iss unknown")
    void unknownIssuer() {
        refused(Refusal.ISSUER, a -> a.claim("iss", "https://evil.example"));
    }

    @Test
    @DisplayName("S21 iss with a trailing slash")
    void issuerWithASlash() {
        refused(Refusal.ISSUER, a -> a.claim("iss", platform.issuer() + "/"));
    }

    @Test
    @DisplayName("S22 iss ok, client_id of another tenant")
    void clientOfAnotherTenant() {
        String foreign = platform.clientId() + "-foreign";
        platforms.register(platform.registration(foreign, "/jwks"), false);

        refused(Refusal.AUDIENCE, a -> a.claim("aud", foreign));
    }

    @Test
    @DisplayName("S22b login of another registration")
    void loginOfAnotherRegistration() {
        refused(Refusal.ISSUER, a -> {
            Map<String, String> other = a.newLogin(otherPlatform, Map.of());
            a.form.put("state", other.get("state"));
            a.claim("nonce", other.get("nonce"));
            a.signedBy(otherPlatform.key());
        });
    }

    @Test
    @DisplayName("S22c aud of nobody whom we know")
    void strangeAudience() {
        refused(Refusal.AUDIENCE, a -> a.claim("aud", "somebody-else"));
        refused(Refusal.AUDIENCE, a -> a.claim("aud", null));
        refused(Refusal.AUDIENCE, a -> a.claim("aud", List.of()));
    }

    @Test
    @DisplayName("S23 aud is an array of ours alone: accepted")
    void audienceAsArray() {
        letIn(TEACHER, a -> a.claim("aud", List.of(platform.clientId())));
    }

    @Test
    @DisplayName("S24 aud names another one too, without azp")
    void severalAudiences() {
        refused(Refusal.AUTHORIZED_PARTY, a -> a.claim("aud", List.of(platform.clientId(), "other")));
    }

    @Test
    @DisplayName("S24b aud names another one too, azp is ours: accepted")
    void severalAudiencesWithAzp() {
        letIn(
                TEACHER,
                a -> a.claim("aud", List.of(platform.clientId(), "other")).claim("azp", platform.clientId()));
    }

    @Test
    @DisplayName("S25 azp is not ours")
    void authorizedPartyOfSomebodyElse() {
        refused(Refusal.AUTHORIZED_PARTY, a -> a.claim("azp", "other"));
        refused(Refusal.AUTHORIZED_PARTY, a -> a.claim("azp", List.of(platform.clientId())));
    }

    @Test
    @DisplayName("S26 aud is the text \"[id]\" (Schoology): accepted")
    void audienceInBrackets() {
        letIn(TEACHER, a -> a.claim("aud", "[" + platform.clientId() + "]"));
        refused(Refusal.AUDIENCE, a -> a.claim("aud", "[other]"));
        refused(Refusal.AUDIENCE, a -> a.claim("aud", List.of("[" + platform.clientId() + "]", "other")));
    }

    @Test
    @DisplayName("S27 exp 30 s ago is accepted")
    void expiredAMomentAgo() {
        letIn(TEACHER, a -> a.time("exp", -30));
    }

    @Test
    @DisplayName("S27b exp 90 s ago is refused")
    void expired() {
        refused(Refusal.EXPIRED, a -> a.time("iat", -150).time("exp", -90));
    }

    @Test
    @DisplayName("S28 iat 30 s ahead is accepted")
    void issuedInAMoment() {
        letIn(TEACHER, a -> a.time("iat", 30));
    }

    @Test
    @DisplayName("S28b iat 90 s ahead is refused")
    void issuedInTheFuture() {
        refused(Refusal.ISSUED_AT, a -> a.time("iat", 90).time("exp", 240));
    }

    @Test
    @DisplayName("S28c nbf 90 s ahead is refused")
    void notYetValid() {
        refused(Refusal.ISSUED_AT, a -> a.time("nbf", 90).time("exp", 240));
    }

    @Test
    @DisplayName("S29 iat a day old: the nonce did not exist then")
    void issuedADayAgo() {
        refused(Refusal.ISSUED_AT, a -> a.time("iat", -86_400));
    }

    @Test
    @DisplayName("S29b iat five minutes old is accepted: a clock behind, or a person who had to sign in")
    void issuedMinutesAgo() {
        letIn(TEACHER, a -> a.time("iat", -300));
    }

    @Test
    @DisplayName("S30 exp ten years away is accepted: the nonce lets it in once, within ten minutes")
    void expiresInTenYears() {
        Attempt attempt = attempt().time("exp", 10 * 365 * 86_400L);
        letIn(attempt);
        refused(Refusal.STATE_UNKNOWN, again(attempt));
    }

    @Test
    @DisplayName("S31 no exp")
    void noExpiry() {
        refused(Refusal.EXPIRED, a -> a.claim("exp", null));
    }

    @Test
    @DisplayName("S32 no iat")
    void noIssueTime() {
        refused(Refusal.ISSUED_AT, a -> a.claim("iat", null));
    }

    @Test
    @DisplayName("S33 exp as a text")
    void expiryAsText() {
        refused(Refusal.TOKEN_MALFORMED, a -> a.claim("exp", "soon"));
        refused(Refusal.TOKEN_MALFORMED, a -> a.claim("exp", String.valueOf(System.currentTimeMillis() / 1000 + 60)));
    }

    @Test
    @DisplayName("S33b exp with a fraction is a NumericDate: accepted")
    void expiryWithAFraction() {
        letIn(TEACHER, a -> a.claim("exp", System.currentTimeMillis() / 1000 + 60.5));
    }

    @Test
    @DisplayName("S33c exp beyond all times")
    void expiryBeyondAllTimes() {
        refused(Refusal.EXPIRED, a -> a.claim("exp", -1e300));
        refused(Refusal.EXPIRED, a -> a.claim("exp", Long.MIN_VALUE));
    }

    /** The same once more, in the browser that was let in: signed out, so that only the launch could let it in. */
    private static Attempt again(Attempt attempt) {
        attempt.browser.cookies().clear();
        return attempt;
    }
}
