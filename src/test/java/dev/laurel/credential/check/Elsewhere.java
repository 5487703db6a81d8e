package dev.laurel.credential.check;

import dev.laurel.credential.proof.Canonicalizer;
import dev.laurel.credential.proof.Ed25519;
import dev.laurel.credential.proof.EddsaRdfc2022;
import dev.laurel.credential.proof.JsonBytes;
import dev.laurel.credential.proof.JwsKeys;
import dev.laurel.credential.proof.Multikey;
import dev.laurel.credential.proof.PinnedContexts;
import dev.laurel.credential.proof.VcJwt;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.interfaces.ECPublicKey;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;

/** Another issuer, its site, and a verifier that can reach nothing but that site. */
final class Elsewhere {

    static final Instant NOW = Instant.parse("2026-03-02T10:00:00Z");

    static final String DID = "did:web:badges.elsewhere.example";

    static final String SITE = "https://badges.elsewhere.example";

    static final String LIST = SITE + "/lists/1";

    private static final Instant CREATED = Instant.parse("2026-03-01T10:00:00Z");

    final Map<String, byte[]> site = new LinkedHashMap<>();

    final List<String> asked = new ArrayList<>();

    /** What is to happen at an address instead of an answer. */
    final Map<String, Reason> refusals = new LinkedHashMap<>();

    private final byte[] seed = "a foreign Ed25519 seed 32 bytes.".getBytes(StandardCharsets.US_ASCII);

    private final KeyPair ec = JwsKeys.ES256.newKey();

    private final EddsaRdfc2022 suite = new EddsaRdfc2022(new Canonicalizer(PinnedContexts.ofOthers()));

    final BadgeVerifier verifier = new BadgeVerifier(
            badges -> new StubWeb(), (issuer, badge) -> Optional.empty(), Clock.fixed(NOW, ZoneOffset.UTC));

    Elsewhere() {
        publish(SITE + "/.well-known/did.json", didDocument());
        publish(SITE + "/keys/es256", jwk());
        publish(LIST, list(DID, 7));
        site.put(SITE + "/badge.png", dev.laurel.credential.TestPictures.png());
    }

    private final class StubWeb implements Web {

        @Override
        public byte[] get(URI address) {
            asked.add(address.toString());
            if (!"https".equals(address.getScheme())) {
                throw new RefusedException(Reason.ADDRESS_REFUSED, address.toString());
            }
            Reason refusal = refusals.get(address.toString());
            if (refusal != null) {
                throw new RefusedException(refusal, address.toString());
            }
            byte[] found = site.get(address.toString());
            if (found == null) {
                throw new RefusedException(Reason.NOT_FOUND, address.toString());
            }
            return found;
        }

        @Override
        public void requireTime() {}
    }

    void publish(String address, String json) {
        site.put(address, json.getBytes(StandardCharsets.UTF_8));
    }

    BadgeReport verify(String badge) {
        return verifier.verify(badge.getBytes(StandardCharsets.UTF_8));
    }

    BadgeReport verify(JsonObject badge) {
        return verifier.verify(JsonBytes.write(badge));
    }

    String multikey() {
        return Multikey.ofEd25519(Ed25519.publicKey(seed));
    }

    String didDocument() {
        return """
                {"@context": ["https://www.w3.org/ns/did/v1"], "id": "%1$s",
                 "verificationMethod": [
                  {"id": "%1$s#key-1", "type": "Multikey", "controller": "%1$s", "publicKeyMultibase": "%2$s"},
                  {"id": "%1$s#es256", "type": "JsonWebKey", "controller": "%1$s", "publicKeyJwk": %3$s},
                  {"id": "%1$s#login", "type": "Multikey", "controller": "%1$s", "publicKeyMultibase": "%2$s"}],
                 "assertionMethod": ["%1$s#key-1", "#es256"]}""".formatted(DID, multikey(), jwk());
    }

    String jwk() {
        ECPublicKey key = (ECPublicKey) ec.getPublic();
        return new com.nimbusds.jose.jwk.ECKey.Builder(com.nimbusds.jose.jwk.Curve.P_256, key)
                .build()
                .toJSONString();
    }

    /** Version 2.0 of Verifiable Credentials; from this issuer. */
    JsonObject credential() {
        return credential(DID);
    }

    JsonObject credential(String issuer) {
        return json("""
                {"@context": ["https://www.w3.org/ns/credentials/v2", "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"],
                 "id": "urn:uuid:11111111-3a3b-4f3e-a3c5-5f3a8f7b9c11",
                 "type": ["VerifiableCredential", "OpenBadgeCredential"],
                 "issuer": {"id": "%s", "type": ["Profile"], "name": "Elsewhere College"},
                 "validFrom": "2026-03-01T10:00:00Z",
                 "name": "Welder",
                 "credentialSubject": {"id": "did:example:ada", "type": ["AchievementSubject"],
                  "achievement": {"id": "%s/achievements/1", "type": ["Achievement"], "name": "Welder",
                   "description": "Can weld", "criteria": {"narrative": "Welded"},
                   "image": {"id": "%s/badge.png", "type": "Image"},
                   "alignment": [{"type": ["Alignment"], "targetName": "Welding", "targetUrl": "https://skills.example/1"}]}}}""".formatted(issuer, SITE, SITE));
    }

    /** Version 1.1, as older issuers write it. */
    JsonObject credential11() {
        JsonObject two = credential();
        return JsonBytes.JSON
                .createObjectBuilder()
                .add("@context", json("""
                        {"c": ["https://www.w3.org/2018/credentials/v1", "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.2.json",
                         "https://w3id.org/security/data-integrity/v2"]}""").get("c"))
                .add("id", two.get("id"))
                .add("type", two.get("type"))
                .add("issuer", two.get("issuer"))
                .add("issuanceDate", "2026-03-01T10:00:00Z")
                .add("expirationDate", "2027-03-01T10:00:00Z")
                .add("name", "Welder")
                .add("credentialSubject", two.get("credentialSubject"))
                .build();
    }

    JsonObject signed(JsonObject credential) {
        return signed(credential, DID + "#key-1");
    }

    JsonObject signed(JsonObject credential, String method) {
        return suite.sign(credential, Ed25519.signer(method, seed), CREATED);
    }

    String jwt(JsonObject credential) {
        return jwt(credential, SITE + "/keys/es256");
    }

    String jwt(JsonObject credential, String kid) {
        byte[] pkcs8 = ec.getPrivate().getEncoded();
        return new String(VcJwt.sign(credential, JwsKeys.ES256.signer(kid, pkcs8), kid), StandardCharsets.US_ASCII);
    }

    /** A JWS of whatever, signed with the key of the issuer. */
    String jws(String header, String payload) {
        Base64.Encoder base64 = Base64.getUrlEncoder().withoutPadding();
        String signed = base64.encodeToString(header.getBytes(StandardCharsets.UTF_8)) + "."
                + base64.encodeToString(payload.getBytes(StandardCharsets.UTF_8));
        byte[] signature =
                JwsKeys.ES256.signer("", ec.getPrivate().getEncoded()).sign(signed.getBytes(StandardCharsets.US_ASCII));
        return signed + "." + base64.encodeToString(signature);
    }

    JsonObject withStatus(int place, String purpose) {
        return with(credential(), "credentialStatus", json("""
                {"id": "%1$s#%2$d", "type": "BitstringStatusListEntry", "statusPurpose": "%3$s", "statusListIndex": "%2$d",
                 "statusListCredential": "%1$s"}""".formatted(LIST, place, purpose)));
    }

    /** A signed list in which one place is set. */
    String list(String issuer, int place) {
        byte[] bits = new byte[16_384];
        bits[place / 8] |= (byte) (0x80 >> place % 8);
        return list(issuer, gzip(bits));
    }

    String list(String issuer, byte[] gzipped) {
        return signed(json("""
                {"@context": ["https://www.w3.org/ns/credentials/v2"], "id": "%1$s",
                 "type": ["VerifiableCredential", "BitstringStatusListCredential"], "issuer": "%2$s",
                 "validFrom": "2026-03-01T10:00:00Z",
                 "credentialSubject": {"id": "%1$s#list", "type": "BitstringStatusList", "statusPurpose": "revocation",
                  "encodedList": "u%3$s"}}""".formatted(
                        LIST, issuer, Base64.getUrlEncoder().withoutPadding().encodeToString(gzipped))))
                .toString();
    }

    static byte[] gzip(byte[] bytes) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    static JsonObject with(JsonObject object, String name, JsonValue value) {
        return JsonBytes.JSON.createObjectBuilder(object).add(name, value).build();
    }

    static JsonObject with(JsonObject object, String name, String value) {
        return with(object, name, JsonBytes.JSON.createValue(value));
    }

    static JsonObject without(JsonObject object, String name) {
        return JsonBytes.JSON.createObjectBuilder(object).remove(name).build();
    }

    static JsonObject json(String text) {
        return JsonBytes.JSON.createReader(new StringReader(text)).readObject();
    }
}
