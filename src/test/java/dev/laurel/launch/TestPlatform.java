package dev.laurel.launch;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jose.util.JSONObjectUtils;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import dev.laurel.platform.RegistrationEntry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import lms.FreshPort;
import org.jspecify.annotations.Nullable;

/** The least that a platform is: a key set at an address, and somebody who signs whatever a test wants. */
public final class TestPlatform implements AutoCloseable {

    public static final String DEPLOYMENT = "deployment-1";

    public static final String TENANT = "Example University";

    private static final String LTI = "https://purl.imsglobal.org/spec/lti/claim/";

    private final HttpServer server;

    private final AtomicReference<RSAKey> key = new AtomicReference<>(newKey("key-1"));

    private final AtomicReference<HttpHandler> keySet = new AtomicReference<>(this::sendKey);

    private final AtomicInteger keySetReads = new AtomicInteger();

    private final @Nullable String issuer;

    private final String clientId;

    private final String deployment;

    private final String tenant;

    public TestPlatform() {
        this(null, "client-" + UUID.randomUUID(), DEPLOYMENT, TENANT);
    }

    public static TestPlatform ofTenant(String tenant) {
        return new TestPlatform(null, "client-" + UUID.randomUUID(), DEPLOYMENT, tenant);
    }

    /** @param issuer {@code null}: its own address */
    public TestPlatform(@Nullable String issuer, String clientId, String deployment, String tenant) {
        this.issuer = issuer;
        this.clientId = clientId;
        this.deployment = deployment;
        this.tenant = tenant;
        try {
            server = FreshPort.bind();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/jwks", exchange -> {
            keySetReads.incrementAndGet();
            keySet.get().handle(exchange);
        });
        server.start();
    }

    public static RSAKey newKey(String kid) {
        try {
            return new RSAKeyGenerator(2048).keyID(kid).generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Where it can be called. */
    public String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    public String issuer() {
        return issuer == null ? address() : issuer;
    }

    public String clientId() {
        return clientId;
    }

    public RSAKey key() {
        return key.get();
    }

    /** From now on this key is published, and no other. */
    public void rotateTo(RSAKey next) {
        key.set(next);
    }

    /** From now on these keys are published. */
    public void publish(JWK... keys) {
        String body = new JWKSet(List.of(keys)).toString();
        answerKeySetWith(exchange -> answer(exchange, 200, body));
    }

    public void answerKeySetWith(HttpHandler handler) {
        keySet.set(handler);
    }

    /** How often the key set was asked for. */
    public int keySetReads() {
        return keySetReads.get();
    }

    public static void answer(HttpExchange exchange, int status, String text) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private void sendKey(HttpExchange exchange) throws IOException {
        answer(exchange, 200, new JWKSet(List.<JWK>of(key.get().toPublicJWK())).toString());
    }

    public RegistrationEntry registration() {
        return registration(clientId, "/jwks");
    }

    /** Another registration at the same platform. */
    public RegistrationEntry registration(String clientId, String jwksPath) {
        return new RegistrationEntry(
                "Test platform",
                issuer(),
                clientId,
                URI.create(address() + "/auth?tenant=1"),
                URI.create(address() + "/token"),
                null,
                URI.create(address() + jwksPath),
                null,
                null,
                null,
                List.of(new RegistrationEntry.DeploymentEntry(deployment, tenant)));
    }

    /** A valid launch of an instructor; a test changes one thing. */
    public JWTClaimsSet.Builder claims(String nonce, String publicUrl) {
        Instant now = Instant.now();
        return new JWTClaimsSet.Builder()
                .issuer(issuer())
                .audience(clientId)
                .subject("teacher-1")
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plusSeconds(60)))
                .claim("nonce", nonce)
                .claim("name", "Ada Teacher")
                .claim("email", "ada@example.edu")
                .claim(LTI + "version", "1.3.0")
                .claim(LTI + "message_type", "LtiResourceLinkRequest")
                .claim(LTI + "deployment_id", deployment)
                .claim(LTI + "target_link_uri", publicUrl + "/lti/launch")
                .claim(LTI + "roles", List.of("http://purl.imsglobal.org/vocab/lis/v2/membership#Instructor"))
                .claim(
                        LTI + "context",
                        Map.of("id", "course-1", "title", "Badges 101", "type", List.of("CourseSection")))
                .claim(LTI + "resource_link", Map.of("id", "link-1", "title", "Badges"));
    }

    public String sign(JWTClaimsSet claims) {
        return sign(
                new JWSHeader.Builder(JWSAlgorithm.RS256)
                        .keyID(key().getKeyID())
                        .build(),
                claims,
                signer(key()));
    }

    public static String sign(JWSHeader header, JWTClaimsSet claims, JWSSigner signer) {
        try {
            SignedJWT jwt = new SignedJWT(header, claims);
            jwt.sign(signer);
            return jwt.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A token of exactly this header and these claims, however wrong, signed with RS256. */
    public static String sign(Map<String, Object> header, Map<String, Object> claims, RSAKey key) {
        String input = Base64URL.encode(JSONObjectUtils.toJSONString(header)) + "."
                + Base64URL.encode(JSONObjectUtils.toJSONString(claims));
        try {
            return input + "."
                    + signer(key).sign(new JWSHeader(JWSAlgorithm.RS256), input.getBytes(StandardCharsets.UTF_8));
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    public static JWSSigner signer(RSAKey key) {
        try {
            return new RSASSASigner(key);
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
