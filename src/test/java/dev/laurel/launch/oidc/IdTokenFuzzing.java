package dev.laurel.launch.oidc;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jose.util.JSONObjectUtils;
import com.nimbusds.jwt.JWTClaimsSet;
import dev.laurel.launch.TestPlatform;
import dev.laurel.launch.browser.Secret;
import dev.laurel.platform.Deployment;
import dev.laurel.platform.Registration;
import dev.laurel.platform.road.Reference;
import dev.laurel.platform.tenant.PublicUrl;
import dev.laurel.platform.tenant.TenantId;
import dev.laurel.platform.tool.LtiMessage;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.text.ParseException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a browser, or a platform gone bad, may send as an id_token: text at random, JSON at random under a good signature,
 * and a good launch with some claims replaced. It becomes a launch or is refused; nothing else happens.
 */
public final class IdTokenFuzzing {

    private static final String LTI = Attempt.LTI;

    private static final List<String> NAMES = List.of(
            "iss",
            "aud",
            "azp",
            "sub",
            "iat",
            "nbf",
            "exp",
            "nonce",
            "name",
            "given_name",
            "email",
            "locale",
            LTI + "version",
            LTI + "message_type",
            LTI + "deployment_id",
            LTI + "target_link_uri",
            LTI + "roles",
            LTI + "context",
            LTI + "resource_link",
            LTI + "custom",
            LTI + "launch_presentation",
            LTI + "role_scope_mentor",
            "https://purl.imsglobal.org/spec/lti-ags/claim/endpoint",
            "https://purl.imsglobal.org/spec/lti-nrps/claim/namesroleservice",
            "https://purl.imsglobal.org/spec/lti-dl/claim/deep_linking_settings");

    private static final List<String> MEMBERS = List.of(
            "id",
            "title",
            "label",
            "type",
            "locale",
            "return_url",
            "lineitems",
            "lineitem",
            "scope",
            "context_memberships_url",
            "time_zone",
            "deep_link_return_url",
            "accept_types",
            "accept_multiple",
            "accept_lineitem",
            "data");

    private static final URI ADDRESS = URI.create("https://lms.example.edu/auth?tenant=1");

    private static final RSAKey KEY = TestPlatform.newKey("key-1");

    private static final Deployment.Seen SEEN = new Deployment.Seen(null, null, null, 0, null);

    static final Registration REGISTRATION = new Registration(
            1,
            "https://lms.example.edu",
            "client",
            "LMS",
            ADDRESS,
            ADDRESS,
            null,
            ADDRESS,
            "",
            true,
            null,
            EnumSet.allOf(LtiMessage.class),
            false,
            false,
            true);

    private static final Deployment DEPLOYMENT =
            new Deployment(1, 1, "1", new TenantId(1), Deployment.Status.ACTIVE, Instant.EPOCH, false, SEEN);

    private static final Secret NONCE = new Secret("n");

    private static final PendingLogin LOGIN =
            new PendingLogin(new byte[32], NONCE.hash(), new byte[32], 1, new Secret("1").hash(), false, null);

    private static final IdTokenChecks CHECKS =
            new IdTokenChecks(new PublicUrl(URI.create("https://laurel.example.edu")), Clock.systemUTC());

    private static final IdTokens ID_TOKENS = new IdTokens(
            new PlatformKeys(address -> new JWKSet(KEY.toPublicJWK()).toString(), KeySet.Keeping.USUAL),
            CHECKS,
            new LaunchClocks(Clock.systemUTC()));

    private IdTokenFuzzing() {}

    public static void fuzzerTestOneInput(FuzzedDataProvider data) {
        try {
            LaunchReader.read(
                    claims(data),
                    DEPLOYMENT,
                    new TenantId(1),
                    Reference.next(),
                    Instant.now(),
                    new LaunchReader.Tells(false, true, () -> true));
        } catch (LaunchRefusedException refused) {
            if (refused.getMessage() == null || !refused.getMessage().matches("[\\x20-\\x7e…]{1,201}")) {
                throw new IllegalStateException("This would be written into the log: " + refused.getMessage());
            }
        }
    }

    /** Signing takes most of the time, so that most claims come in without. */
    private static Claims claims(FuzzedDataProvider data) {
        switch (data.consumeInt(0, 7)) {
            case 0:
                return ID_TOKENS.validate(
                        signed(data.consumeString(100), data.consumeRemainingAsString()), REGISTRATION, LOGIN);
            case 1:
            case 2:
                return ID_TOKENS.validate(data.consumeRemainingAsString(), REGISTRATION, LOGIN);
            case 3:
                return checked(data.consumeRemainingAsString());
            default:
                Map<String, @Nullable Object> claims = new HashMap<>(good());
                int changes = data.consumeInt(1, 4);
                for (int i = 0; i < changes; i++) {
                    claims.put(data.pickValue(NAMES), value(data, 3));
                }
                return checked(JSONObjectUtils.toJSONString(claims));
        }
    }

    /** What comes after the signature. */
    private static Claims checked(String json) {
        Claims claims;
        try {
            // As SignedJWT reads its own: what is no object has no claims.
            Map<String, Object> object = new Payload(json).toJSONObject();
            if (object == null) {
                throw Refusal.TOKEN_MALFORMED.because("the claims are no object");
            }
            claims = new Claims(JWTClaimsSet.parse(object));
        } catch (ParseException e) {
            throw Refusal.TOKEN_MALFORMED.because("the claims are malformed");
        }
        CHECKS.check(claims, REGISTRATION, LOGIN);
        return claims;
    }

    private static Map<String, Object> good() {
        long now = System.currentTimeMillis() / 1000;
        Map<String, Object> claims = new HashMap<>(Map.of(
                "iss",
                "https://lms.example.edu",
                "aud",
                "client",
                "sub",
                "1",
                "iat",
                now,
                "exp",
                now + 60,
                "nonce",
                NONCE.value()));
        claims.putAll(Map.of(
                LTI + "version", "1.3.0",
                LTI + "message_type", "LtiResourceLinkRequest",
                LTI + "deployment_id", "1",
                LTI + "target_link_uri", "https://laurel.example.edu/lti/launch",
                LTI + "roles", List.of("Instructor"),
                LTI + "context", Map.of("id", "course-1"),
                LTI + "resource_link", Map.of("id", "link-1")));
        return claims;
    }

    private static @Nullable Object value(FuzzedDataProvider data, int depth) {
        switch (data.consumeInt(0, depth > 0 ? 8 : 5)) {
            case 0:
                return null;
            case 1:
                return data.consumeLong();
            case 2:
                return data.consumeRegularDouble();
            case 3:
                return data.consumeBoolean();
            case 4:
                return data.consumeString(40);
            case 5:
                return data.pickValue(List.of(
                        "https://[::1",
                        "$User.id",
                        "",
                        " ",
                        "LtiDeepLinkingRequest",
                        "DataPrivacyLaunchRequest",
                        "\u0000",
                        "http://a b"));
            case 6:
                List<@Nullable Object> list = new ArrayList<>();
                for (int i = data.consumeInt(0, 3); i > 0; i--) {
                    list.add(value(data, depth - 1));
                }
                return list;
            default:
                Map<String, @Nullable Object> map = new HashMap<>();
                for (int i = data.consumeInt(0, 3); i > 0; i--) {
                    map.put(
                            data.consumeBoolean() ? data.pickValue(MEMBERS) : data.consumeString(10),
                            value(data, depth - 1));
                }
                return map;
        }
    }

    private static String signed(String header, String claims) {
        String input = Base64URL.encode(header) + "." + Base64URL.encode(claims);
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(KEY.toRSAPrivateKey());
            signature.update(input.getBytes(StandardCharsets.US_ASCII));
            return input + "." + Base64URL.encode(signature.sign());
        } catch (GeneralSecurityException | JOSEException e) {
            throw new IllegalStateException(e);
        }
    }
}
