package dev.laurel.launch.oidc;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import dev.laurel.platform.Registration;
import java.text.ParseException;
import java.util.List;
import org.springframework.stereotype.Component;

/** From the text of an id_token to claims that hold: signature first, then every rule. */
@Component
public class IdTokens {

    private static final int LONGEST = 100_000;

    private final PlatformKeys keys;

    private final IdTokenChecks checks;

    private final LaunchClocks clocks;

    IdTokens(PlatformKeys keys, IdTokenChecks checks, LaunchClocks clocks) {
        this.keys = keys;
        this.checks = checks;
        this.clocks = clocks;
    }

    /** @throws LaunchRefusedException where anything is amiss */
    Claims validate(String idToken, Registration registration, PendingLogin login) {
        Claims claims = verify(idToken, registration);
        Claims.instant(claims.set().getIssueTime()).ifPresent(issued -> clocks.saw(registration.id(), issued));
        checks.check(claims, registration, login);
        return claims;
    }

    /**
     * The claims of any message that this platform signed; nothing is said yet about what they claim.
     *
     * @throws LaunchRefusedException where it did not
     */
    public Claims verify(String jwt, Registration registration) {
        SignedJWT token = parse(jwt);
        verifySignature(token, registration);
        return claims(token);
    }

    private static SignedJWT parse(String idToken) {
        if (idToken.length() > LONGEST) {
            throw Refusal.TOKEN_MALFORMED.because("id_token has " + idToken.length() + " characters");
        }
        try {
            return SignedJWT.parse(idToken);
        } catch (ParseException | RuntimeException e) {
            // The parser stumbles over some headers, "null" for one, with whatever exception comes.
            throw unsigned(idToken)
                    ? Refusal.ALGORITHM.because("id_token is not signed")
                    : Refusal.TOKEN_MALFORMED.because("id_token is no signed JWT");
        }
    }

    private static boolean unsigned(String idToken) {
        try {
            PlainJWT.parse(idToken);
            return true;
        } catch (ParseException | RuntimeException e) {
            return false;
        }
    }

    // Security Framework 5.1.3, steps 1 and 6: the platform's own key, and no algorithm but RS256. Keys that the token
    // brings along (jwk, jku, x5u) are never looked at.
    private void verifySignature(SignedJWT token, Registration registration) {
        JWSHeader header = token.getHeader();
        if (!JWSAlgorithm.RS256.equals(header.getAlgorithm())) {
            throw Refusal.ALGORITHM.because("alg is " + header.getAlgorithm());
        }
        if (header.getKeyID() == null || header.getKeyID().isBlank()) {
            throw Refusal.KEY_ID_MISSING.because("the header has no kid");
        }
        List<JWK> candidates = keys.candidates(registration.jwksUri(), header);
        if (candidates.isEmpty()) {
            throw Refusal.KEY_UNKNOWN.because("kid " + header.getKeyID() + " is not in the platform's key set");
        }
        for (JWK candidate : candidates) {
            if (verifies(token, candidate)) {
                return;
            }
        }
        throw Refusal.SIGNATURE.because("the signature does not fit kid " + header.getKeyID());
    }

    private static boolean verifies(SignedJWT token, JWK candidate) {
        try {
            return token.verify(new RSASSAVerifier(candidate.toRSAKey()));
        } catch (JOSEException e) {
            // A critical header or a key that is too short: it does not verify.
            return false;
        }
    }

    private static Claims claims(SignedJWT token) {
        try {
            return new Claims(token.getJWTClaimsSet());
        } catch (ParseException e) {
            throw Refusal.TOKEN_MALFORMED.because("the claims are malformed");
        }
    }
}
