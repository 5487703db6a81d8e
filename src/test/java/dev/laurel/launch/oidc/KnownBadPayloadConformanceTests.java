package dev.laurel.launch.oidc;

import static dev.laurel.launch.oidc.Attempt.LTI;
import static org.assertj.core.api.Assertions.assertThat;

import dev.laurel.launch.TestPlatform;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The known bad payloads, with the values that the validator of 1EdTech sends.
 *
 * @see <a href="https://www.imsglobal.org/spec/lti/v1p3/cert/">LTI Advantage Conformance Certification Guide, 6.1</a>
 */
class KnownBadPayloadConformanceTests extends LaunchConformance {

    private static TestPlatform validator;

    @BeforeAll
    static void startValidator() {
        validator = new TestPlatform(
                "https://ltiadvantagevalidator.imsglobal.org", "imstester_4dd76b5", "testdeploy", "Certification");
    }

    @AfterAll
    static void stopValidator() {
        validator.close();
    }

    @BeforeEach
    void registerValidator() {
        platforms.register(validator.registration(), false);
    }

    private void refusedByValidator(Refusal refusal, Consumer<Attempt> change) {
        for (String sub : List.of("40899", "39890")) {
            Attempt attempt = attempt(validator, Map.of());
            attempt.claim("sub", sub).time("exp", 300);
            change.accept(attempt);
            refused(refusal, attempt);
        }
    }

    @Test
    @DisplayName("B01 No KID sent in JWT header")
    void noKid() {
        refusedByValidator(Refusal.KEY_ID_MISSING, a -> {
            a.header.clear();
            a.header("badtestonly", "12345").header("alg", "RS256");
        });
    }

    @Test
    @DisplayName("B02 Incorrect KID in JWT header")
    void incorrectKid() {
        refusedByValidator(Refusal.KEY_UNKNOWN, a -> a.header("typ", null).header("kid", "imstester_66067"));
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("B03 Wrong LTI version")
    @ValueSource(strings = {"11.3", "1.2.0", "1.3", "LTI-1p3"})
    void wrongVersion(String version) {
        refusedByValidator(Refusal.VERSION, a -> a.lti("version", version));
    }

    @Test
    @DisplayName("B04 No LTI version")
    void noVersion() {
        refusedByValidator(Refusal.VERSION, a -> a.lti("version", null));
    }

    @Test
    @DisplayName("B05 Invalid LTI message, with an empty header")
    void invalidMessageWithAnEmptyHeader() {
        refusedByValidator(Refusal.TOKEN_MALFORMED, a -> {
            a.header.clear();
            a.claims.clear();
            a.claim("name", "badltilaunch");
        });
    }

    @Test
    @DisplayName("B05b Invalid LTI message, with a valid header")
    void invalidMessage() {
        refusedByValidator(Refusal.ISSUER, a -> {
            a.claims.clear();
            a.claim("name", "badltilaunch");
        });
    }

    @Test
    @DisplayName("B06 Missing LTI claims: message_type, version and roles")
    void missingMessageClaims() {
        refusedByValidator(
                Refusal.VERSION,
                a -> a.lti("message_type", null).lti("version", null).lti("roles", null));
    }

    @Test
    @DisplayName("B06b Missing LTI claims: aud, iss, sub, deployment_id and roles")
    void missingSecurityClaims() {
        refusedByValidator(
                Refusal.ISSUER,
                a -> a.claim("aud", null)
                        .claim("iss", null)
                        .claim("sub", null)
                        .lti("deployment_id", null)
                        .lti("roles", null));
    }

    @Test
    @DisplayName("B07 Timestamps incorrect")
    void timestampsIncorrect() {
        refusedByValidator(Refusal.EXPIRED, a -> a.claim("iat", 11111).claim("exp", 22222));
    }

    @Test
    @DisplayName("B08 message_type claim missing")
    void noMessageType() {
        refusedByValidator(Refusal.MESSAGE_TYPE, a -> a.lti("message_type", null));
    }

    @Test
    @DisplayName("B09 role claim missing")
    void noRoles() {
        refusedByValidator(Refusal.ROLES_MISSING, a -> a.lti("roles", null));
    }

    @Test
    @DisplayName("B10 deployment_id claim missing")
    void noDeployment() {
        refusedByValidator(Refusal.DEPLOYMENT_MISSING, a -> a.lti("deployment_id", null));
    }

    @Test
    @DisplayName("B11 resource_link_id claim missing")
    void noResourceLink() {
        refusedByValidator(Refusal.RESOURCE_LINK_MISSING, a -> a.lti("resource_link", null));
    }

    @Test
    @DisplayName("B11b resource_link claim without an id")
    void resourceLinkWithoutId() {
        refusedByValidator(Refusal.RESOURCE_LINK_MISSING, a -> a.lti("resource_link", Map.of("title", "x")));
    }

    @Test
    @DisplayName("B12 user claim missing, names and e-mail still there")
    void noSub() {
        refusedByValidator(Refusal.SUBJECT_MISSING, a -> {
            a.claim("sub", null);
            assertThat(a.claims).containsKeys("name", "email", LTI + "version");
        });
    }
}
