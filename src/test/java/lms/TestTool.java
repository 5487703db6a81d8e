package lms;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;

/** The least that a tool must do, to test the LMS with: a login, a launch that shows the id_token, and service calls. */
final class TestTool implements AutoCloseable {

    private final RSAKey key = Keys.generate("tool-1");

    private final HttpClient http = HttpClient.newHttpClient();

    private final LmsServer server;

    private ReferenceLms lms;

    TestTool() {
        try {
            server = new LmsServer(0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.route(
                "GET",
                "/lti/jwks.json",
                null,
                call -> Answer.json(200, new JWKSet(key).toPublicJWKSet().toString()));
        server.route(
                "GET|POST",
                "/lti/login",
                null,
                call -> Answer.redirect(
                        lms.authUrl() + "?" + LaunchStart.encode(authenticationRequest(call.parameters()))));
        server.route("POST", "/lti/launch", null, call -> Answer.json(200, Json.write(call.form())));
        server.start();
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.port());
    }

    Tool registration(String clientId) {
        return Tool.laurel(url(), clientId, "1");
    }

    void knows(ReferenceLms platform) {
        lms = platform;
    }

    Map<String, String> authenticationRequest(Map<String, String> login) {
        var request = new LinkedHashMap<String, String>();
        request.put("scope", "openid");
        request.put("response_type", "id_token");
        request.put("response_mode", "form_post");
        request.put("prompt", "none");
        request.put("client_id", login.get("client_id"));
        request.put("redirect_uri", url() + "/lti/launch");
        request.put("login_hint", login.get("login_hint"));
        request.put("lti_message_hint", login.get("lti_message_hint"));
        request.put("state", "state-1");
        request.put("nonce", "nonce-1");
        return request;
    }

    // ---- services

    HttpResponse<String> askForToken(String clientId, String scopes, Consumer<JWTClaimsSet.Builder> change) {
        var form = new LinkedHashMap<String, String>();
        form.put("grant_type", "client_credentials");
        form.put("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer");
        form.put("client_assertion", assertion(clientId, change));
        form.put("scope", scopes);
        return send(HttpRequest.newBuilder(URI.create(lms.tokenUrl()))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(LaunchStart.encode(form))));
    }

    String token(String clientId, String... scopes) {
        HttpResponse<String> response = askForToken(clientId, String.join(" ", scopes), claims -> {});
        return json(response).path("access_token").asString();
    }

    private String assertion(String clientId, Consumer<JWTClaimsSet.Builder> change) {
        Instant now = Instant.now();
        var claims = new JWTClaimsSet.Builder()
                .issuer(clientId)
                .subject(clientId)
                .audience(lms.tokenUrl())
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plusSeconds(60)))
                .jwtID(UUID.randomUUID().toString());
        change.accept(claims);
        try {
            var jwt = new SignedJWT(
                    new JWSHeader.Builder(JWSAlgorithm.RS256)
                            .keyID(key.getKeyID())
                            .build(),
                    claims.build());
            jwt.sign(new RSASSASigner(key));
            return jwt.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    HttpResponse<String> get(String url, String mediaType, String token) {
        return send(HttpRequest.newBuilder(URI.create(url))
                .header("Accept", mediaType)
                .header("Authorization", "Bearer " + token));
    }

    HttpResponse<String> send(String method, String url, String mediaType, String token, String body) {
        return send(HttpRequest.newBuilder(URI.create(url))
                .header("Content-Type", mediaType)
                .header("Authorization", "Bearer " + token)
                .method(method, HttpRequest.BodyPublishers.ofString(body)));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    static JsonNode json(HttpResponse<String> response) {
        return Json.MAPPER.readTree(response.body());
    }

    @Override
    public void close() {
        server.close();
    }
}
