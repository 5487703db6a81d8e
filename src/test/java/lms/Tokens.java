package lms;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The token endpoint: client credentials with {@code private_key_jwt}, and the tokens it gave out.
 *
 * @see <a href="https://www.imsglobal.org/spec/security/v1p0/#using-oauth-2-0-client-credentials-grant">1EdTech Security
 *     Framework 1.0, client credentials</a>
 */
final class Tokens {

    private static final Duration LIFETIME = Duration.ofHours(1);

    private static final String HTML = "text/html; charset=utf-8";

    private static final String UNKNOWN_KEY = "kid is not in the tool's JWKS";

    private static final Duration LEEWAY = Duration.ofSeconds(60);

    /** What a token is good for. */
    record Grant(Tool tool, Set<String> scopes, Instant expires) {}

    private static final class RefusedException extends Exception {

        private static final long serialVersionUID = 1L;

        RefusedException(String message) {
            super(message);
        }
    }

    private final ReferenceLms lms;

    private final Map<String, Grant> grants = new ConcurrentHashMap<>();

    private final Map<String, Instant> usedAssertions = new ConcurrentHashMap<>();

    private final Map<String, JWKSet> toolKeys = new ConcurrentHashMap<>();

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();

    Tokens(ReferenceLms lms) {
        this.lms = lms;
    }

    /** The grant of a token that is known and has not expired. */
    Optional<Grant> grant(String token) {
        return Optional.ofNullable(grants.get(token))
                .filter(grant -> grant.expires().isAfter(lms.clock().instant()));
    }

    Answer answer(Call call) {
        Map<String, String> form = call.form();
        String assertion = form.getOrDefault("client_assertion", "");
        Mode mode = claimed(assertion).map(Tool::mode).orElse(Mode.GENERIC);
        return answer(form, assertion, mode);
    }

    private Answer answer(Map<String, String> form, String assertion, Mode mode) {
        if (!"client_credentials".equals(form.get("grant_type"))) {
            return error(mode, "unsupported_grant_type", "Only client_credentials");
        }
        if (!"urn:ietf:params:oauth:client-assertion-type:jwt-bearer".equals(form.get("client_assertion_type"))) {
            return error(mode, "invalid_request", "client_assertion_type must be jwt-bearer");
        }
        Tool tool;
        try {
            tool = authenticate(assertion);
        } catch (RefusedException e) {
            return error(mode, "invalid_client", e.getMessage());
        }
        var scopes = new TreeSet<>(Arrays.asList(form.getOrDefault("scope", "").split(" ")));
        scopes.retainAll(tool.scopes());
        if (scopes.isEmpty()) {
            return error(mode, "invalid_scope", "None of the scopes is granted");
        }
        return token(tool, scopes);
    }

    private Answer token(Tool tool, Set<String> scopes) {
        String token = Launches.randomText();
        grants.put(
                token, new Grant(tool, Set.copyOf(scopes), lms.clock().instant().plus(LIFETIME)));
        var body = new LinkedHashMap<String, Object>();
        body.put("access_token", token);
        boolean moodle = tool.mode() == Mode.MOODLE;
        body.put("token_type", moodle ? "Bearer" : "bearer");
        body.put("expires_in", LIFETIME.toSeconds());
        body.put("scope", String.join(" ", scopes));
        return Answer.of(200, moodle ? HTML : "application/json", Json.write(lms.tamperWithToken(body)))
                .with("Cache-Control", "no-store");
    }

    private Tool authenticate(String assertion) throws RefusedException {
        try {
            SignedJWT jwt = SignedJWT.parse(assertion);
            JWTClaimsSet claims = jwt.getJWTClaimsSet();
            Tool tool = lms.tool(claims.getSubject()).orElseThrow(() -> new RefusedException("Unknown client"));
            if (!tool.clientId().equals(claims.getIssuer())) {
                throw new RefusedException("iss and sub must both be the client_id");
            }
            if (!JWSAlgorithm.RS256.equals(jwt.getHeader().getAlgorithm())) {
                throw new RefusedException("Only RS256");
            }
            if (!jwt.verify(
                    new RSASSAVerifier(key(tool, jwt.getHeader().getKeyID()).toRSAKey()))) {
                throw new RefusedException("The signature does not verify");
            }
            checkTimes(claims);
            if (tool.mode() != Mode.MOODLE) {
                checkAudienceAndReplay(tool, claims);
            }
            return tool;
        } catch (ParseException | JOSEException e) {
            throw new RefusedException("The client_assertion is not a signed JWT");
        }
    }

    /** What is wrong with the signature of a message of this tool; empty where it verifies with a key of its JWKS. */
    Optional<String> signatureFault(Tool tool, SignedJWT jwt) {
        try {
            return jwt.verify(new RSASSAVerifier(
                            key(tool, jwt.getHeader().getKeyID()).toRSAKey()))
                    ? Optional.empty()
                    : Optional.of("The signature does not verify.");
        } catch (RefusedException | JOSEException e) {
            return Optional.of(e.getMessage() + ".");
        }
    }

    private void checkTimes(JWTClaimsSet claims) throws RefusedException {
        Instant now = lms.clock().instant();
        if (claims.getExpirationTime() == null || claims.getIssueTime() == null) {
            throw new RefusedException("iat and exp are required");
        }
        if (claims.getExpirationTime().toInstant().isBefore(now.minus(LEEWAY))) {
            throw new RefusedException("Expired token");
        }
        if (claims.getIssueTime().toInstant().isAfter(now.plus(LEEWAY))) {
            throw new RefusedException("Issued in the future");
        }
    }

    private void checkAudienceAndReplay(Tool tool, JWTClaimsSet claims) throws RefusedException {
        if (!claims.getAudience().contains(lms.tokenUrl())) {
            throw new RefusedException("aud must be " + lms.tokenUrl());
        }
        Instant now = lms.clock().instant();
        Instant expires = claims.getExpirationTime().toInstant();
        usedAssertions.values().removeIf(end -> end.isBefore(now.minus(LEEWAY)));
        if (claims.getJWTID() == null
                || usedAssertions.putIfAbsent(tool.clientId() + " " + claims.getJWTID(), expires) != null) {
            throw new RefusedException("jti is missing or was used before");
        }
    }

    /** The tool's key, read again once where the copy at hand does not have it. */
    private JWK key(Tool tool, String kid) throws RefusedException {
        if (kid == null) {
            throw new RefusedException("kid is missing");
        }
        JWKSet known = toolKeys.get(tool.clientId());
        JWK key = known == null ? null : known.getKeyByKeyId(kid);
        if (key == null) {
            JWKSet fresh = read(tool);
            toolKeys.put(tool.clientId(), fresh);
            key = fresh.getKeyByKeyId(kid);
        }
        if (key == null) {
            throw new RefusedException(UNKNOWN_KEY);
        }
        return key;
    }

    private JWKSet read(Tool tool) throws RefusedException {
        try {
            HttpResponse<String> response = http.send(
                    HttpRequest.newBuilder(tool.jwksUrl())
                            .timeout(Duration.ofSeconds(10))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            return JWKSet.parse(response.body());
        } catch (IOException | ParseException e) {
            throw new RefusedException("The tool's JWKS cannot be read");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RefusedException("Interrupted");
        }
    }

    /** Whose word the assertion claims to be, before anything of it is checked. */
    private Optional<Tool> claimed(String assertion) {
        try {
            return lms.tool(SignedJWT.parse(assertion).getJWTClaimsSet().getSubject());
        } catch (ParseException e) {
            return Optional.empty();
        }
    }

    private static Answer error(Mode mode, String error, String description) {
        if (mode == Mode.MOODLE && description.equals(UNKNOWN_KEY)) {
            return Answer.of(400, HTML, "{\n  \"error\" : \"\"kid\" invalid, unable to lookup correct key\"\n}");
        }
        String body = Json.write(Map.of("error", error, "error_description", description));
        return mode == Mode.MOODLE
                ? Answer.of(400, HTML, body)
                : Answer.json(error.equals("invalid_client") ? 401 : 400, body);
    }
}
