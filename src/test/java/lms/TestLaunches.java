package lms;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import java.net.URI;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Valid id_tokens without any LMS behind them, of which each test changes one thing. Launches that go over HTTP come from
 * {@link ReferenceLms#idToken}.
 */
public final class TestLaunches {

    public static final String ISSUER = "https://lms.example";

    public static final String CLIENT_ID = "client-1";

    public static final String DEPLOYMENT_ID = "deployment-1";

    public static final String NONCE = "nonce-1";

    public static final URI TARGET = URI.create("http://localhost:8080/lti/launch");

    private static final RSAKey KEY = Keys.generate("test-1");

    private static final RSASSASigner SIGNER = signer();

    private TestLaunches() {}

    /** The key that signs, with its private half. */
    public static RSAKey key() {
        return KEY;
    }

    /** A key that nobody published. */
    public static RSAKey anotherKey(String kid) {
        return Keys.generate(kid);
    }

    /** The published JWKS. */
    public static String jwks() {
        return new JWKSet(KEY).toPublicJWKSet().toString();
    }

    /** An instructor opens a link in a course, now. */
    public static LaunchBuilder resourceLinkLaunch() {
        return resourceLinkLaunch(Instant.now());
    }

    public static LaunchBuilder resourceLinkLaunch(Instant now) {
        var claims = new LinkedHashMap<String, Object>();
        claims.put("iss", ISSUER);
        claims.put("aud", CLIENT_ID);
        claims.put("azp", CLIENT_ID);
        claims.put("sub", "user-1");
        claims.put("iat", now.getEpochSecond());
        claims.put("exp", now.getEpochSecond() + 300);
        claims.put("nonce", NONCE);
        claims.put("name", "Tina Marlow");
        claims.put("given_name", "Tina");
        claims.put("family_name", "Marlow");
        claims.put("email", "tina@northfield.example");
        claims.put(LtiNames.MESSAGE_TYPE, "LtiResourceLinkRequest");
        claims.put(LtiNames.VERSION, "1.3.0");
        claims.put(LtiNames.DEPLOYMENT_ID, DEPLOYMENT_ID);
        claims.put(LtiNames.TARGET_LINK_URI, TARGET.toString());
        claims.put(LtiNames.RESOURCE_LINK, Map.of("id", "link-1", "title", "Essay 1"));
        claims.put(LtiNames.ROLES, LmsRole.INSTRUCTOR.inLaunch(Mode.GENERIC));
        claims.put(
                LtiNames.CONTEXT,
                Map.of(
                        "id",
                        "course-1",
                        "label",
                        "WRI-101",
                        "title",
                        "Academic writing",
                        "type",
                        List.of("CourseSection")));
        claims.put(
                LtiNames.AGS_ENDPOINT,
                Map.of(
                        "scope",
                        List.of(LtiNames.SCOPE_LINE_ITEM, LtiNames.SCOPE_RESULT_READ, LtiNames.SCOPE_SCORE),
                        "lineitems",
                        ISSUER + "/lineitems"));
        claims.put(
                LtiNames.NAMES_AND_ROLES,
                Map.of("context_memberships_url", ISSUER + "/memberships", "service_versions", List.of("2.0")));
        return new LaunchBuilder(KEY, SIGNER, claims);
    }

    private static RSASSASigner signer() {
        try {
            return new RSASSASigner(KEY);
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }
}
