package dev.laurel.launch.deeplinking;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.laurel.launch.DeepLinking.Exchange;
import dev.laurel.launch.Launches;
import dev.laurel.platform.Deployment;
import dev.laurel.platform.Platforms;
import dev.laurel.platform.Registration;
import dev.laurel.platform.ToolKeys;
import dev.laurel.platform.tool.LtiMessage;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Map;
import java.util.Objects;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * Signs answers with the tool's key. The nonce is the answer's own, so that a platform which remembers them takes each
 * answer once.
 *
 * @see <a href="https://www.imsglobal.org/spec/lti-dl/v2p0#deep-linking-response-message">LTI Deep Linking 2.0, response</a>
 */
@Component
class DeepLinkingResponses {

    static final Duration LIFE = Duration.ofMinutes(5);

    private static final String LTI = "https://purl.imsglobal.org/spec/lti/claim/";

    private static final String DATA = "https://purl.imsglobal.org/spec/lti-dl/claim/data";

    private final Platforms platforms;

    private final ToolKeys keys;

    private final JsonMapper json;

    DeepLinkingResponses(Platforms platforms, ToolKeys keys, JsonMapper json) {
        this.platforms = platforms;
        this.keys = keys;
        this.json = json;
    }

    /** The JWT of an exchange that was answered. */
    String sign(Launches.Stored launch, Exchange exchange) {
        Registration registration =
                platforms.registration(launch.registrationId()).orElseThrow();
        Deployment deployment = platforms.deployment(launch.deploymentPk()).orElseThrow();
        Instant issued = Objects.requireNonNull(exchange.answeredAt(), "not answered");
        // The roles of the two sides are swapped: here the tool is the issuer.
        JWTClaimsSet.Builder claims = new JWTClaimsSet.Builder()
                .issuer(registration.clientId())
                .audience(registration.issuer())
                .issueTime(Date.from(issued))
                .expirationTime(Date.from(issued.plus(LIFE)))
                .claim("nonce", exchange.nonce())
                .claim(LTI + "message_type", LtiMessage.DEEP_LINKING_RESPONSE)
                .claim(LTI + "version", "1.3.0")
                .claim(LTI + "deployment_id", deployment.deploymentId());
        String data = exchange.request().data();
        if (data != null) {
            claims.claim(DATA, json.readValue(data, Object.class));
        }
        json.readValue(
                        Objects.requireNonNull(exchange.answer(), "not answered"),
                        new TypeReference<Map<String, Object>>() {})
                .forEach(claims::claim);
        return sign(claims.build());
    }

    private String sign(JWTClaimsSet claims) {
        RSAKey key = keys.signing();
        JWSHeader header = new JWSHeader.Builder(JWSAlgorithm.RS256)
                .keyID(key.getKeyID())
                .type(JOSEObjectType.JWT)
                .build();
        SignedJWT jwt = new SignedJWT(header, claims);
        try {
            jwt.sign(new RSASSASigner(key));
        } catch (JOSEException e) {
            throw new IllegalStateException("The tool's key does not sign", e);
        }
        return jwt.serialize();
    }
}
